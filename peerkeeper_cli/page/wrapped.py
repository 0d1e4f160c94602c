"""Words in lines that fit a terminal, which counts cells: a letter of Chinese or Korean takes two.

In: words, columns. Out: lines. A word stays whole, as an id must. Only between wide letters a line may break,
since these scripts put no blanks between words.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from rich.cells import cell_len

OPENING, CLOSING = frozenset("\"'([{"), frozenset("\"')]},.:;!?")
_BLANKS = re.compile(r"(\s+)")


def wrapped(words: str, columns: int, first: str, rest: str) -> Iterator[str]:
    """Yield the lines: the first begins with `first`, each other with `rest`. Blanks at a break are left out.

    A word that is wider than a line has its own line, as `textwrap.wrap` has it.
    """
    chunks, begins, begun = deque(_chunks(words)), first, False
    while chunks:
        if begun and not chunks[0].strip():
            chunks.popleft()
        line = _taken(chunks, columns - cell_len(begins))
        if line:
            yield begins + line
            begins, begun = rest, True


def _taken(chunks: deque[str], room: int) -> str:
    """Take from the chunks what one line has room for; at least the first, unless that is blank."""
    taken: list[str] = []
    left = room
    while chunks and cell_len(chunks[0]) <= left:
        left -= cell_len(chunks[0])
        taken.append(chunks.popleft())
    if chunks and not taken:
        taken.append(chunks.popleft())
    return "".join(taken).rstrip()


def _chunks(words: str) -> Iterator[str]:
    for chunk in _BLANKS.split(words):
        if chunk.isascii():
            yield from filter(None, [chunk])
        else:
            yield from _atoms(chunk)


def _atoms(word: str) -> list[str]:
    """Return what a line may break between: each wide letter with its punctuation, and what is narrow."""
    atoms: list[str] = []
    for one in word:
        last = atoms[-1] if atoms else ""
        if last and _together(last, one):
            atoms[-1] += one
        else:
            atoms.append(one)
    return atoms


def _together(last: str, one: str) -> bool:
    if cell_len(one) > 1:
        return all(each in OPENING for each in last)
    return cell_len(last) == len(last) or not cell_len(one) or one in CLOSING
