"""Adopt an estate that was read, with the reads that it takes. In: an estate. Out: `Adoption`."""

from __future__ import annotations

from dataclasses import replace

from peerkeeper.settings import Mode

from peerkeeper_cli.adopt.adoption import Adoption, adoption
from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.foresight.look_ahead import look_ahead


def look_and_adopt(estate: Estate, *, with_changes: bool, widen: bool) -> Adoption:
    """Return the tags. What a plan has to read is read first, and what a plan with the tags has to read."""
    full = replace(estate.settings, mode=Mode.FULL)
    while True:
        before = look_ahead(estate, (Mode.FULL,))[Mode.FULL]
        found = adoption(estate.seen, full, with_changes=with_changes, widen=widen, before=before)
        if not estate.reading.follow(estate.ask, found.after):
            return found


def exit_code(estate: Estate, found: Adoption) -> int:
    """Return 4 where something could not be read, 3 where there are tags to set, else 0."""
    if estate.unread:
        return 4
    return 3 if found.tags else 0
