"""Lines in the order in which a person reads them, and lines alike as one. In: lines. Out: `Folded` values.

What fails comes first, then what is not known, what is due, what waits; what is well comes last. Lines that
say the same of many tables are one: a VPC of 60 tables that are all well is one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from peerkeeper_cli.explain.line import Line

RANK = {result: at for at, result in enumerate(("fail", "unknown", "due", "wait", "pass", "-"))}
FAILED = frozenset({"fail", "unknown"})
TABLE = re.compile(r"\brtb-[0-9a-f]{8,17}\b")
FEW = 3
"""Tables that have a row of their own each; of more, one row stands for all that are alike."""


@dataclass(frozen=True, slots=True)
class Folded:
    """One line, and the tables of other lines that say the same."""

    line: Line
    others: tuple[str, ...] = ()


def ordered(lines: Iterable[Line], *, failed_only: bool = False) -> list[Line]:
    """Return the lines worst first, and otherwise as they come."""
    kept = (line for line in lines if not failed_only or line.result in FAILED)
    return sorted(kept, key=lambda line: RANK[line.result])


def folded(lines: Iterable[Line]) -> list[Folded]:
    """Return the lines, those alike folded. One that fails stays whole: its words may hold a command."""
    kinds: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        key = (line.side, line.part, TABLE.sub("", line.test), line.result, _shape(line))
        kinds.setdefault(key, []).append(line)
    return [one for alike in kinds.values() for one in _fold(alike)]


def _shape(line: Line) -> str:
    """Return its words without the table that it is about."""
    own = TABLE.search(line.words)
    return line.words.replace(own[0], "rtb") if own else line.words


def _fold(alike: list[Line]) -> list[Folded]:
    tables = [own[0] for line in alike if (own := TABLE.search(line.words))]
    first = alike[0]
    if len(alike) <= FEW or len({*tables}) < len(alike):
        return [Folded(line) for line in alike]
    if first.result == "fail":
        return [Folded(first, tuple(tables[1:]))]
    words = TABLE.sub("each", first.words, count=1)
    return [Folded(replace(first, test=f"{len(alike)} tables", words=words), tuple(tables))]
