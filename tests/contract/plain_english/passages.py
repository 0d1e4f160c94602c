"""Stretches of text that people read. In: nothing. Out: `Passage`, and what stands in for code in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CODE = "`…`"
"""Stands in for a code span, a command or a value that is filled in: one word."""


class Kind(StrEnum):
    """Where a passage stands, since not every rule holds everywhere."""

    PROSE = "prose"
    CELL = "cell"
    HEADING = "heading"
    MESSAGE = "message"
    DOCSTRING = "docstring"


@dataclass(frozen=True)
class Passage:
    """One paragraph, list item, table cell, heading, message or docstring paragraph."""

    line: int
    """Line of the file on which the text begins, from 1."""
    kind: Kind
    text: str
    """The words, with `CODE` for code. A line break of the source is a line break here."""
    characters: int = 0
    """What a cell takes up on the page, code included."""


@dataclass(frozen=True)
class Page:
    """All that one file says to people."""

    passages: tuple[Passage, ...]
    lines: tuple[tuple[int, str], ...] = ()
    """Number and text of each source line that the limit of a line holds for."""
