"""How `clean_routes` looks: the peering that has ended, and the routes that still point at it.

The deleting side is read and cleaned while the other side is still being read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.reading.what_to_read import wholly
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot


class CleanReads:
    """See `WhatToRead`."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the peering, the tables with a route to it, and all VPCs: which are out of every rule."""
        where = hint.location
        if hint.kind == "pcx":
            yield from _routes_to(where, hint.id)
        elif not hint.id:
            yield from wholly(where, Describe.PEERINGS, Describe.ROUTE_TABLES)
            yield _vpcs(where)

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield the same reads for the other side, which only the peering itself names."""
        asked = {(hint.location, hint.id) for hint in hints if hint.kind == "pcx"}
        for key, pcx in seen.peerings.items():
            for side in (pcx.requester, pcx.accepter):
                if key in asked and settings.covers(side.location):
                    yield from _routes_to(side.location, pcx.id)


def _routes_to(where: Location, pcx_id: str) -> Iterator[Read]:
    yield Read(where, Describe.PEERINGS, By.PEERING, pcx_id)
    yield Read(where, Describe.ROUTE_TABLES, By.ROUTE_TO_PEERING, pcx_id)
    yield _vpcs(where)


def _vpcs(where: Location) -> Read:
    # The tables' VPCs are not known yet, and one call for all of them saves a step. A filter by tag would
    # miss a key that is written wrong, which may have meant hands off.
    return Read(where, Describe.VPCS)
