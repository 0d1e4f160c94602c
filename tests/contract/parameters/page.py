"""docs/reference/parameters.md, written from the two templates. In: their parameters. Out: the page.

python -m tests.contract.parameters.page
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.contract.deploy.templates import HUB, SPOKE

PAGE = Path(__file__).parents[3] / "docs/reference/parameters.md"
PROSE = {"true", "false", "text", "chat", "Accounts", "Regions", "Mode"}
"""Names and values that are words of a sentence as well."""
HEAD = """# Parameters

Written by `make parameters` from `template.yaml` and `spoke.yaml`; change these, not this page.

A deploy changes the parameters that it names, and no others:

```sh
sam build && sam deploy --region ap-northeast-2 --parameter-overrides Mode=add-only
```

CloudFormation refuses a value of the wrong form before it changes anything.

"""


def page() -> str:
    """Return the page."""
    groups = HUB["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    parts = [HEAD, "## The hub's stack, `template.yaml`\n"]
    for group in groups:
        parts.append(f"\n### {group['Label']['default']}\n")
        parts += _each(HUB["Parameters"], group["Parameters"])
    parts.append("\n## A spoke's stack, `spoke.yaml`\n")
    parts += _each(SPOKE["Parameters"], list(SPOKE["Parameters"]))
    return "".join(parts)


def _each(parameters: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        stated = parameters[name]
        words = _marked(
            stated["Description"].strip(),
            {*HUB["Parameters"], *map(str, stated.get("AllowedValues", ()))},
        )
        filled = textwrap.fill(words, 120, break_on_hyphens=False, break_long_words=False)
        yield f"\n#### `{name}`\n\n{filled}\n\n{''.join(_facts(stated))}"


def _facts(stated: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the list: the default, and the form of a value."""
    default = stated.get("Default")
    yield (
        "- Default: "
        + ("none" if default is None else f"`{default}`" if default else "empty")
        + "\n"
    )
    if allowed := stated.get("AllowedValues"):
        yield f"- One of: {', '.join(f'`{value}`' for value in allowed)}\n"
    elif rule := stated.get("ConstraintDescription"):
        lines = textwrap.wrap(
            f"- Form: {rule}", 120, subsequent_indent="  ", break_on_hyphens=False
        )
        yield "\n".join(lines) + "\n"


def _marked(words: str, known: set[str]) -> str:
    """Return the words with names and values that a reader types set as code."""
    typed = r"peerkeeper:[a-z=-]+|[a-z]+\.yaml|docs/[a-z/.-]+|" + "|".join(
        sorted(map(re.escape, known - PROSE), key=len, reverse=True)
    )
    return re.sub(rf"(?<![\w:/=-])({typed})(?![\w/=-])", r"`\1`", words)


if __name__ == "__main__":
    PAGE.write_text(page())
