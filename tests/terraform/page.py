"""The blocks of docs/beside/terraform.md by name: the comment in the first line of each."""

import re

from tests.served import ROOT

PAGE = ROOT / "docs/beside/terraform.md"
NAMED = re.compile(r"```hcl\n# ([\w-]+)\n(.*?)```", re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    return NAMED.findall(PAGE.read_text())


def unnamed() -> int:
    """Return how many blocks say no name, so that no test would run them."""
    return PAGE.read_text().count("```hcl") - len(blocks())
