"""Foresee, and read what that needs: a request that would be accepted needs further reads.

In: an estate that was read, modes. Out: `Foreseen`, for each mode. The functions would make the same reads
after they accept the request.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from peerkeeper.settings import Mode

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.foresight.foresee import Foreseen, foresee

WRITING = (Mode.ADD_ONLY, Mode.FULL)


def look_ahead(estate: Estate, modes: Collection[Mode] = WRITING) -> dict[Mode, Foreseen]:
    """Return what would be done in each of these modes."""
    reading = estate.reading
    while True:
        found = {mode: foresee(estate.seen, replace(estate.settings, mode=mode)) for mode in modes}
        more = [reading.follow(estate.ask, ahead.seen) for ahead in found.values()]
        if not any(more):
            return found
