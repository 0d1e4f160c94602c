"""Sections of a comment that has room for so many characters. In: sections, room. Out: lines.

Rows are taken in turns: the first of each section, then the second of each. So a long section leaves room for
the first rows of the others. What does not fit is counted, with the command that has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from peerkeeper_cli.page.page import COMMAND
from peerkeeper_cli.page.shown import shown

MOST = 400
"""Characters of the prose of a cell."""
WHOLE = 10_000
"""Characters of a cell with its commands; no message is as long."""
_UNCUT = re.compile(f"(`[^`]*`|{COMMAND.pattern[1:-1]})")
"""What is a command in a message, and never cut."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines before the rows, the rows of a table, lines after them."""

    before: tuple[str, ...]
    rows: tuple[str, ...]
    after: tuple[str, ...] = ()

    def lines(self, count: int, all_of_it: str) -> Iterator[str]:
        """Yield the section with its first `count` rows. `all_of_it`: the command that has all rows."""
        yield from (*self.before, *self.rows[:count])
        if count < len(self.rows):
            yield from more(len(self.rows) - count, all_of_it)
        yield from self.after


def more(count: int, all_of_it: str) -> tuple[str, str]:
    """Return the lines that say how many rows are left out."""
    return "", f"and {count} more rows, left out here: `{all_of_it}` has all"


def fitted(sections: Sequence[Section], room: int, all_of_it: str) -> list[int]:
    """Return how many rows of each section fit into so many characters, taken in turns."""
    frames = (chain(one.before, one.after, more(len(one.rows), all_of_it)) for one in sections)
    left = room - sum(_cost(line) for line in chain.from_iterable(frames))
    taken = [0] * len(sections)
    open_ = {*range(len(sections))}
    while open_:
        for at in sorted(open_):
            rows = sections[at].rows
            if taken[at] == len(rows) or _cost(rows[taken[at]]) > left:
                open_.remove(at)
                continue
            left -= _cost(rows[taken[at]])
            taken[at] += 1
    return taken


def in_a_cell(message: str) -> str:
    """Return a message on one line: its prose cut to `MOST` characters, its commands whole."""
    kept, left = [], MOST
    for number, part in enumerate(_UNCUT.split(shown(message, WHOLE))):
        if number % 2 or len(part) <= left:
            kept.append(part)
        elif left > 0:
            kept.append(f"{part[:left].rstrip()}... ")
        left -= 0 if number % 2 else len(part)
    return "".join(kept).strip()


def _cost(line: str) -> int:
    return len(line) + 1
