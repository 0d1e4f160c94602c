"""Read the estate for a command, with progress on a terminal. In: `AskedFor`. Out: `Estate`, or ReadError."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerkeeper_cli.asked_for import AskedFor

if TYPE_CHECKING:
    from peerkeeper_cli.estate.estate import Estate


def estate_of(asked: AskedFor) -> Estate:
    """Return the estate as far as it can be read."""
    from peerkeeper_cli.estate.estate import read  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415
    from peerkeeper_cli.reader.threads import Threads  # noqa: PLC0415

    where = opened(asked)
    with Bar("reading") as bar:
        return read(where, Threads(where.access, bar))
