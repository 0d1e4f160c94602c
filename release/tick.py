"""One line of the table of `make release-check`, and the table.

In: ticks. Out: a table on a terminal, plain lines elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The result of a check. `LATER`: it is right, and something follows."""

    GOOD = "✓"
    BAD = "✗"
    LATER = "-"


@dataclass(frozen=True, slots=True)
class Tick:
    """A check: what was seen, and what to do where it is not good."""

    name: str
    mark: Mark
    seen: str
    then: str = ""


COLOURS = {Mark.GOOD: "green", Mark.BAD: "red", Mark.LATER: "yellow"}


def show(ticks: Iterable[Tick]) -> None:
    """Print them, and how many are bad."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    listed, console = list(ticks), Console(highlight=False)
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for one in listed:
        words = Text(one.seen)
        if one.then:
            words.append(f"\n{one.then}", style="bold" if one.mark is Mark.BAD else "")
        table.add_row(Text(one.mark, style=COLOURS[one.mark]), one.name, words)
    if console.is_terminal:
        console.print(table)
    else:
        for one in listed:
            print(one.mark, one.name, one.seen, *([one.then] if one.then else []), sep="\t")
    bad = sum(one.mark is Mark.BAD for one in listed)
    print(f"{bad} of {len(listed)} checks failed" if bad else f"ready: {len(listed)} checks passed")
