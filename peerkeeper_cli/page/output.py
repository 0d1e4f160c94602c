"""Where a command prints: a terminal, or a pipe that gets plain text. In: nothing. Out: rich's consoles.

rich takes a pipe for a terminal if FORCE_COLOR or TTY_COMPATIBLE is set. Here only the stream decides.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def on_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout.isatty()


def console(*, stderr: bool = False) -> Console:
    """Return a console on standard output, or on standard error. It takes no text for markup or emoji."""
    from rich.console import Console  # noqa: PLC0415 - `--help` need not wait

    stream: TextIO = sys.stderr if stderr else sys.stdout
    if stream.isatty():
        return Console(stderr=stderr, markup=False, emoji=False)
    return Console(
        stderr=stderr, force_terminal=False, color_system=None, markup=False, emoji=False
    )


def escape_what_is_not_encoded() -> None:
    """Let both streams write a letter that their encoding lacks as an escape, in the place of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
