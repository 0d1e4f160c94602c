"""Checkov and parliament over both templates, and the schemas of GitHub over .github; without the network.

    python -m checks

Runs in the environment of requirements/checkers.txt. Exit code 1 for what skips.yaml lacks.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from checks.chosen import DEPLOYED, Chosen
from checks.github_files import github_faults
from checks.skips import Finding, judged, skips_from


def findings() -> Iterator[Finding]:
    """Yield what both checkers find in each template, as each set of parameters deploys it."""
    for name, parameters in DEPLOYED:
        chosen = Chosen(name, parameters)
        yield from checkov(chosen)
        yield from parliament(chosen)


def checkov(chosen: Chosen) -> Iterator[Finding]:
    """Yield checkov's failed checks. Raises RuntimeError where it did not check: silence is no approval."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.json"
        path.write_text(json.dumps(chosen.template(), indent=1))
        command = Path(sys.executable).with_name("checkov")
        # --skip-download: it would ask its maker's server for guidelines.
        words = ["--skip-download", "--framework", "cloudformation", "--compact", "-o", "json"]
        done = subprocess.run(  # noqa: S603 - our own words
            [str(command), *words, "-f", str(path)], capture_output=True, text=True, check=False
        )
    said: Any = json.loads(done.stdout)
    summary = said.get("summary", {})
    if not summary.get("passed") or summary.get("parsing_errors"):
        raise RuntimeError(f"checkov did not read {chosen.name}: {done.stderr[-2000:]}")
    for check in said["results"]["failed_checks"]:
        resource = check["resource"].rpartition(".")[2]
        yield Finding(check["check_id"], chosen.name, resource, check["check_name"])


def parliament(chosen: Chosen) -> Iterator[Finding]:
    """Yield parliament's findings about each role's policies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about pkg_resources
        from parliament import analyze_policy_string  # noqa: PLC0415
    for role, document in chosen.policies():
        for each in analyze_policy_string(json.dumps(document)).findings:
            details = each.detail if isinstance(each.detail, list) else [each.detail]
            for detail in details:
                action = detail.get("action", "") if isinstance(detail, dict) else ""
                yield Finding(f"{each.issue} {action}".strip(), chosen.name, role, str(detail))


def main() -> int:
    """Print what is wrong, one line each; return the exit code."""
    skips = skips_from(yaml.safe_load(Path(__file__).with_name("skips.yaml").read_text()))
    found = set(findings())
    wrong = [*judged(found, skips), *github_faults()]
    for line in wrong:
        print(line)
    print(f"{len(found)} findings, {len(skips)} reasons to skip, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
