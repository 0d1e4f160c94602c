"""docs/how/performance.md: the bench writes the last figures between two marks. People write the rest.

In: the page's text, rows, the machine. Out: the text with these figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.machine import Machine
from benchmarks.row import Row
from benchmarks.served import ROOT
from benchmarks.table import markdown, notes

PAGE = ROOT / "docs/how/performance.md"
BEGIN, END = "<!-- figures of `make bench WRITE=1` -->\n", "<!-- end of the figures -->\n"
FIGURES = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)


def with_figures(text: str, rows: Sequence[Row], machine: Machine) -> str:
    """Return the page with these figures in place of those before. Raises ValueError without the marks."""
    if not FIGURES.search(text):
        raise ValueError(f"{PAGE} has lost the marks around its figures")
    more = [
        f"- `{name}`: {said}." for name, _, said in (one.partition(": ") for one in notes(rows))
    ]
    day, *programs = machine.lines()
    lines = ["", day, "", *programs, "", *markdown(rows), "", *more, *([""] if more else [])]
    written = BEGIN + "\n".join(lines) + "\n" + END
    return FIGURES.sub(lambda _: written, text)


def figures(text: str) -> dict[str, list[str]]:
    """Return the cells of the page's figures by the names of their rows."""
    found = FIGURES.search(text)
    lines = re.findall(r"^\| `([\w-]+)` \| (.*) \|$", found[1] if found else "", re.MULTILINE)
    return {name: rest.split(" | ") for name, rest in lines}
