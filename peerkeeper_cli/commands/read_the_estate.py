"""Read for a command, with progress on a terminal. In: `AskedFor`. Out: what was read, or ReadError.

And what was not read, on stderr.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from peerkeeper_cli.asked_for import AskedFor

if TYPE_CHECKING:
    from peerkeeper_cli.estate.estate import Estate
    from peerkeeper_cli.estate.opened import Opened
    from peerkeeper_cli.reader.read_estate import Asked

T = TypeVar("T")


def estate_of(asked: AskedFor) -> Estate:
    """Return the estate as far as it can be read."""
    from peerkeeper_cli.estate.estate import read  # noqa: PLC0415 - `--help` need not wait

    return read_by(asked, read)


def say_unread(estate: Estate) -> None:
    """Say on stderr what was not read, for an output that has no place for it. Says nothing if all was."""
    from peerkeeper_cli.estate.show import unread_lines  # noqa: PLC0415 - as above

    for line in unread_lines(estate.unread):
        typer.echo(line, err=True)


def read_by(asked: AskedFor, read: Callable[[Opened, Asked], T]) -> T:
    """Return what `read` makes of what the options open; it is handed whom to ask."""
    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415
    from peerkeeper_cli.reader.threads import Threads  # noqa: PLC0415

    where = opened(asked)
    with Bar("reading") as bar:
        return read(where, Threads(where.access, bar))
