"""Where the sam command is, and the hub's template as SAM's own translator turns it into CloudFormation."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.deploy.templates import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]

TRANSLATE = """
import json, sys
from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse
with open(sys.argv[1]) as file:
    validator = SamTemplateValidator(yaml_parse(file.read()), None, region="ap-northeast-2")
print(json.dumps(yaml_parse(validator.get_translated_template_if_valid())))
"""


@pytest.fixture(scope="session")
def sam() -> Path:
    if given := os.environ.get("SAM"):
        return Path(given)
    own = ROOT / ".venv" / "sam" / "bin" / "sam"
    if not own.exists():
        pytest.skip("no sam command: `make test` installs one, or name it in the variable SAM")
    return own


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command without this process's import path, telemetry or credentials."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "PYTHONPATH"))
    }
    world = kept | {
        "SAM_CLI_TELEMETRY": "0",
        "AWS_DEFAULT_REGION": "ap-northeast-2",
        "NO_COLOR": "1",
    }

    def command(
        *words: str | Path,
        cwd: Path = ROOT,
        env: dict[str, str] | None = None,
        input: str | None = None,
    ) -> Any:
        return subprocess.run(  # noqa: PLW1510  the callers look at the exit status themselves
            [str(word) for word in words],
            input=input,
            cwd=cwd,
            env=world | (env or {}),
            capture_output=True,
            text=True,
        )

    return command


@pytest.fixture(scope="session")
def transformed(sam: Path, run: Run) -> dict[str, Any]:
    """The hub after the SAM transform, done by the translator that comes with sam."""
    done = run(sam.with_name("python3"), "-c", TRANSLATE, ROOT / "template.yaml")
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result
