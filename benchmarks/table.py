"""The one table. In: rows. Out: a table for a terminal of 80 columns or more, JSON values, or Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from benchmarks.row import (
    Row,
    Verdict,
    goals_in_words,
    peer_in_words,
    ratio_in_words,
    words,
)

HEADS = ("figure", "ours", "instead", "floor", "ratio", "goal", "")
COLOURS = {Verdict.MET: "green", Verdict.SHORT: "red", Verdict.NONE: "dim"}
NARROW = 100
"""Columns below which one blank stands between cells, not three."""
LEGEND = (
    "instead: what a user would pick",
    "ratio: ours to that, or to the floor if there is nothing to pick",
    "x: a goal of the ratio",
)


def cells(row: Row) -> tuple[str, ...]:
    """Return the cells of a row in words."""
    unit = row.subject.unit
    return (
        row.subject.name,
        words(row.ours, unit),
        peer_in_words(row),
        words(row.floor, unit),
        ratio_in_words(row.ratio),
        goals_in_words(row.subject),
        row.verdict.value,
    )


def shown(rows: Sequence[Row], machine: Sequence[str], width: int) -> RenderableType:
    """Return the table with its notes below, for a terminal of this width."""
    gap = 1 if width < NARROW else 3
    table = Table(box=None, padding=(0, gap, 0, 0), pad_edge=False, header_style="bold")
    for head in HEADS:
        table.add_column(head, justify="left", overflow="fold")
    for row in rows:
        *most, verdict = cells(row)
        table.add_row(*map(Text, most), Text(verdict, COLOURS[row.verdict]))
    return Group(table, *(Text(line, "dim") for line in ("", *notes(rows), *LEGEND, *machine)))


def notes(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what a reader must know of a row, and why a figure is missing."""
    for row in rows:
        if row.subject.note:
            yield f"{row.subject.name}: {row.subject.note}"
        if row.why:
            yield f"{row.subject.name}: not measured, because {row.why}"


def markdown(rows: Sequence[Row]) -> list[str]:
    """Return the lines of the table for the page."""
    heads = [*HEADS[:-1], "met"]
    lines = [
        heads,
        ["---"] * len(heads),
        *([f"`{name}`", *rest] for name, *rest in map(cells, rows)),
    ]
    return [f"| {' | '.join(line)} |" for line in lines]


def plain(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows as plain JSON values."""
    return [
        {
            "figure": row.subject.name,
            "unit": row.subject.unit,
            "ours": row.ours,
            "instead": row.subject.peer or None,
            "theirs": row.peer,
            "floor": row.floor,
            "ratio": row.ratio,
            "goals": [{"most": goal.most, "of": goal.of.value} for goal in row.subject.goals],
            "verdict": row.verdict.value,
            "note": row.subject.note or None,
            "missing": row.why or None,
        }
        for row in rows
    ]
