"""The version, and the copies of it that a file cannot read from elsewhere.

    python -m release.version            the version
    python -m release.version 0.2.0      makes it the version, everywhere

In: a version. Out: `layers/peerkeeper/peerkeeper/__init__.py` says it, and both templates repeat it in their
output `Version`: CloudFormation reads no other file. Everything else asks the package.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = "layers/peerkeeper/peerkeeper/__init__.py"
SAID = re.compile(r'^__version__ = "(.*)"$', re.MULTILINE)
COPIES = ("template.yaml", "spoke.yaml")
COPIED = re.compile(r"^(  Version:\n    Description: .*\n    Value: )(.*)$", re.MULTILINE)
SEMANTIC = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
"""Three numbers. Source: semver.org, 2.0.0; the Serverless Application Repository asks for one as well."""


def said(root: Path = ROOT) -> str:
    """Return the version that the package of this checkout says. Raises ValueError where it says none."""
    if not (found := SAID.search((root / PLACE).read_text())):
        raise ValueError(f'{PLACE} has no line __version__ = "…"')
    return found[1]


def copied(root: Path = ROOT) -> dict[str, str]:
    """Return what each template says, by its file; empty where a template has no output `Version`."""
    found = {name: COPIED.search((root / name).read_text()) for name in COPIES}
    return {name: one[2] if one else "" for name, one in found.items()}


def make(version: str, root: Path = ROOT) -> None:
    """Make it the version, everywhere. Raises ValueError for what is no version; then nothing is written."""
    if not SEMANTIC.fullmatch(version):
        raise ValueError(f"{version} is no version: write three numbers, such as 0.2.0")
    texts = {PLACE: SAID.sub(f'__version__ = "{version}"', (root / PLACE).read_text())}
    for name in COPIES:
        texts[name] = COPIED.sub(rf"\g<1>{version}", (root / name).read_text())
    for name, text in texts.items():
        (root / name).write_text(text)


def main(words: list[str]) -> int:
    """Print the version, or make a new one; return the exit code."""
    if len(words) > 1:
        print("usage: python -m release.version [VERSION]", file=sys.stderr)
        return 2
    try:
        if words:
            make(words[0])
        print(said())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
