"""The signs before what a demo tells, and what each says. In: nothing. Out: signs with markup; a legend."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

SIGNS = {
    "●": ("yellow", "somebody calls EC2"),
    "✔": ("green", "Peerkeeper did it"),
    "○": ("magenta", "it would do it, in mode observe"),
    "✘": ("red", "it was refused, or it failed"),
    "!": ("yellow", "a finding: a person should know"),
    "◐": ("red", "one side carries a part, or nothing"),
    "⇒": ("bold", "how peering and ping stand now"),
}
PLUMBING = {
    "=": ("dim", "it was so already"),
    "→": ("dim", "the functions that take the event"),
    "⤷": ("cyan", "a message for another run"),
    "✓": ("green", "the ping passes this hop"),
    "✗": ("red", "this hop stops the ping"),
}
"""Signs that only `--verbose` shows."""
HALF = 36
"""Columns of a meaning, in a page of 80."""


def sign(one: str) -> str:
    """Return a sign in its colour, as markup."""
    style, _ = {**SIGNS, **PLUMBING}[one]
    return f"[{style}]{one}[/]"


def legend(*, verbose: bool) -> Iterator[str]:
    """Yield lines of markup with two signs each, the first of them as wide as half a page."""
    shown = {**SIGNS, **(PLUMBING if verbose else {})}
    cells = [f"{sign(one)} {meaning:<{HALF}}" for one, (_, meaning) in shown.items()]
    for left, right in zip_longest(cells[::2], cells[1::2], fillvalue=""):
        yield f"  {left}{right}".rstrip()
