"""The section of a version in CHANGELOG.md.

In: the page. Out: the section, or what is wrong with it in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
DATED = re.compile(r"(?P<version>[0-9.]+) - (?P<date>\d{4}-\d{2}-\d{2})")
UPGRADE = "### Upgrade\n"


def sections(page: str) -> dict[str, str]:
    """Return the text of each section by its heading, in the order of the page."""
    parts = HEADING.split(page)[1:]
    return dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))


def notes(page: str, version: str) -> str:
    """Return the text of the version's section; empty where there is none."""
    return next((text for name, text in sections(page).items() if _is_of(name, version)), "")


def faults(page: str, version: str, today: date) -> Iterator[str]:
    """Yield what the page lacks for a release of the version on that day; each with what to do."""
    found = sections(page)
    names = [name for name in found if _is_of(name, version)]
    if not names:
        yield f"no section: write `## {version} - {today}`"
        return
    (name,) = names[:1]
    if next(iter(found)) != name:
        yield f"it begins with `## {next(iter(found))}`: move that into the section of {version}"
    if not DATED.fullmatch(name):
        yield f"`## {name}` has no date: write `## {version} - {today}`"
    elif date.fromisoformat(name.rpartition(" - ")[2]) > today:
        yield f"`## {name}` is a day to come: write `## {version} - {today}`"
    if UPGRADE not in f"{found[name]}\n":
        yield "the section lacks `### Upgrade`: say what an operator does"


def _is_of(name: str, version: str) -> bool:
    return name.partition(" ")[0] == version
