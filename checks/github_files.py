"""The workflows and issue forms of .github, read by the schemas that check-jsonschema brings.

In: the files. Out: one line for each that GitHub would not take.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".github"
SCHEMAS = {
    "workflows/*.yml": "vendor.github-workflows",
    "ISSUE_TEMPLATE/[!c]*.yml": "vendor.github-issue-forms",
    "ISSUE_TEMPLATE/config.yml": "vendor.github-issue-config",
}
"""The schema of each file. No form has a name that begins with the c of config.yml."""


def github_faults(folder: Path = FOLDER) -> Iterator[str]:
    """Yield what is wrong, in the words of the checker. Raises FileNotFoundError where a kind has no file."""
    command = Path(sys.executable).with_name("check-jsonschema")
    for pattern, schema in SCHEMAS.items():
        files = sorted(str(path) for path in folder.glob(pattern))
        if not files:
            raise FileNotFoundError(f"{folder / pattern}: no such file")
        done = subprocess.run(  # noqa: S603 - our own words
            [str(command), "--builtin-schema", schema, *files],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            yield from (done.stdout + done.stderr).strip().splitlines()
