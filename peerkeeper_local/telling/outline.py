"""Lines that hang: what wraps goes on under its words. In: text. Out: lines in a given width.

An id and a word are never broken. A command that is too long goes on after a backslash, so it can be copied.
"""

from __future__ import annotations

import textwrap
import time
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

NARROWEST = 24
"""Columns that wrapped words have at least."""
MORE = " \\"


class Outline:
    """Prints on one console, and rests after each line."""

    def __init__(self, console: Console, pace: float, width: int) -> None:
        """Take `pace` in seconds of rest after each line, and `width` in columns."""
        self._console, self._pace, self._width = console, pace, width

    def line(self, words: str, *, indent: int, hang: int = 2) -> None:
        """Print words with markup; what wraps is `hang` columns further in."""
        text, at = Text.from_markup(words), 0
        pieces = textwrap.wrap(
            text.plain,
            max(self._width - indent, hang + NARROWEST),
            subsequent_indent=" " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for number, piece in enumerate(pieces):
            plain = piece.strip()
            at = text.plain.index(plain, at)
            self._put(indent + hang * bool(number), text[at : at + len(plain)])
            at += len(plain)

    def command(self, words: str, *, indent: int) -> None:
        """Print a command; where it is too long, each of its later lines begins with an option."""
        for number, piece in enumerate(broken(words, self._width - indent - 2)):
            self._put(indent + 2 * bool(number), Text(piece, style="cyan"))

    def _put(self, indent: int, text: Text) -> None:
        text.rstrip()
        self._console.print(Text(" " * indent) + text, highlight=False, soft_wrap=True)
        time.sleep(self._pace)


def broken(command: str, width: int) -> Iterator[str]:
    """Yield the command in pieces of so many columns, broken only before options."""
    line = ""
    for number, part in enumerate(command.split(" --")):
        piece = f"--{part}" if number else part
        if line and len(line) + 1 + len(piece) + len(MORE) > width:
            yield line + MORE
            line = piece
        else:
            line = f"{line} {piece}".lstrip()
    yield line
