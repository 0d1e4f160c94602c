"""A page of text. In: headings, lines, commands. Out: text on a console, in the width that it has.

On a terminal lines wrap between words, and an id is never cut. In a pipe nothing wraps.
A command stands on its own line and never wraps, so that it can be copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from peerkeeper_cli.page.wrapped import wrapped

STEP = 2
"""Columns of one step to the right."""
NARROWEST = 24
"""Columns that a wrapped cell has at least."""
CELLS, CELLS_OF_AN_END = (23, 20, 9), (6, 12, 9)
"""Columns of the cells of a list of peerings, and of its ends: the widest word of each and a blank or two."""
COMMAND = re.compile(r"(aws [a-z0-9-]+ [a-z-]+ (?:[^;,'`]|,(?! )|'[^']*')+)")
"""A command of the AWS CLI in a sentence; a semicolon ends it, or a comma with a blank after it."""
COLOURS = {
    "carries": "green",
    "agreed": "green",
    "pass": "green",
    "read": "green",
    "active": "green",
    "partly": "yellow",
    "not agreed": "yellow",
    "due": "blue",
    "waits": "blue",
    "wait": "blue",
    "pending-acceptance": "blue",
    "provisioning": "blue",
    "nothing": "red",
    "blocked": "red",
    "fail": "red",
    "denied": "red",
    "failed": "red",
    "unread": "magenta",
    "unknown": "magenta",
    "not asked": "magenta",
    "exempt": "dim",
    "ended": "dim",
    "left": "dim",
    "-": "dim",
}
"""One colour a word, in every command; the word is always there as well."""
SIGNS = {
    "+": "green",
    "✓": "green",
    "-": "red",
    "✗": "red",
    "~": "yellow",
    "!": "red",
    "?": "magenta",
}


class Page:
    """Prints on one console."""

    def __init__(self, console: Console, before_words: str = "") -> None:
        """Take the console; its width counts where it is a terminal.

        `before_words`: stands before each line that is no command, as a comment in a script.
        """
        self._console, self._before = console, before_words
        self._width = console.width if console.is_terminal else 0

    @property
    def height(self) -> int:
        """Return how many lines the screen shows at once."""
        return self._console.height

    def heading(self, words: str, more: str = "") -> None:
        """Print a heading, with a blank line before it."""
        self.blank()
        self.line(words, style="bold")
        if more:
            self.line(more, style="dim")

    def line(
        self, words: str, *, steps: int = 0, sign: str = "", style: str = "", hang: int = 0
    ) -> None:
        """Print a line, so many steps to the right, after a sign; what wraps hangs so many columns more."""
        before = " " * (STEP * steps)
        first = before + (f"{sign} " if sign else "")
        for number, piece in enumerate(self._wrapped(words, first, " " * (cell_len(first) + hang))):
            text = Text(piece, style=style)
            if sign and not number:
                text.stylize(SIGNS.get(sign, ""), len(before), len(before) + 1)
            self._put(text)

    def advice(self, words: str, *, steps: int = 0, style: str = "") -> None:
        """Print words that may hold commands of the AWS CLI, each command on its own line."""
        for part in COMMAND.split(words):
            said = part.strip(" ;,")
            if COMMAND.fullmatch(part):
                self.command(said, steps=steps + 1)
            elif said:
                self.line(said, steps=steps, style=style, hang=STEP)

    def command(self, words: str, *, steps: int = 0) -> None:
        """Print a command, whole."""
        text = Text(" " * (STEP * steps) + words, style="cyan")
        self._console.print(text, soft_wrap=True, highlight=False)

    def mention(self, words: str, *, steps: int = 0) -> None:
        """Print a command, whole, that a script must not run: what stands before words stands before it."""
        self.command(f"{self._before}{' ' * (STEP * steps)}{words}")

    def table(
        self, rows: Sequence[tuple[str, ...]], *, steps: int = 0, least: tuple[int, ...] = ()
    ) -> None:
        """Print rows in columns, two blanks between them; the last column wraps.

        `least`: columns that each cell but the last has at least, for rows that are printed one by one.
        """
        if not rows:
            return
        narrowest = least or (0,) * len(rows[0])
        widths = [
            max(narrowest[at], *(cell_len(row[at]) for row in rows))
            for at in range(len(rows[0]) - 1)
        ]
        for row in rows:
            cells = (
                set_cell_size(cell, width + 2) for cell, width in zip(row, widths, strict=False)
            )
            first = " " * (STEP * steps) + "".join(cells)
            for number, piece in enumerate(self._wrapped(row[-1], first, " " * cell_len(first))):
                text = Text(piece.rstrip())
                if not number:
                    _paint(text, row)
                self._put(text)

    def row(self, cells: tuple[str, ...], *, steps: int = 0) -> None:
        """Print one row of a list: cells as wide as `CELLS` says, the last one wraps."""
        widths = CELLS if not steps else CELLS_OF_AN_END
        at = " " * (STEP * steps)
        first = at + "".join(
            set_cell_size(cell, width) for cell, width in zip(cells[:-1], widths, strict=False)
        )
        for number, piece in enumerate(self._wrapped(cells[-1], first, at + " " * 6)):
            text = Text(piece.rstrip())
            if not number:
                _paint(text, cells)
            self._put(text)

    def blank(self) -> None:
        """Print an empty line."""
        self._console.print()

    def _wrapped(self, words: str, first: str, rest: str) -> Iterator[str]:
        if not self._width or not words:
            yield first + words
            return
        yield from wrapped(words, max(self._width, cell_len(rest) + NARROWEST), first, rest)

    def _put(self, text: Text) -> None:
        if self._before:
            text = Text(self._before) + text
        self._console.print(text, soft_wrap=True, highlight=False)


def _paint(text: Text, row: tuple[str, ...]) -> None:
    """Give each cell that is a known word its colour."""
    at = 0
    for cell in row:
        found = text.plain.find(cell, at) if cell else -1
        if found >= 0:
            text.stylize(COLOURS.get(cell, ""), found, found + len(cell))
            at = found + len(cell)
