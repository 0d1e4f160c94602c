"""Read what the decisions about one peering rest on. In: its id, locations, settings. Out: a `Reading`.

The same looks as the functions', and the groups whose rules name the peer's groups. Never writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from peerkeeper.reading.clean import CleanReads
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.explain.group_rules import group_reads
from peerkeeper_cli.reader.read_estate import Asked, Reading

LOOKS = (ConnectReads(), CleanReads())


@dataclass(frozen=True, slots=True)
class PeeringReads:
    """How `connect_peerings` and `clean_routes` look at one peering, in the location of each hint."""

    pcx_id: str

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the reads that look for the peering, and for routes to it, in the hint's location."""
        return (read for look in LOOKS for read in look.first(self._at(hint)))

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield the reads that what was seen of it calls for."""
        here = [self._at(hint) for hint in hints]
        looks = (read for look in LOOKS for read in look.follow(seen, here, settings))
        return chain(looks, group_reads(seen, self.pcx_id))

    def _at(self, hint: Hint) -> Hint:
        return Hint(hint.location, self.pcx_id)


def read_peering(
    pcx_id: str, places: Iterable[Location], settings: Settings, ask: Asked, now: float
) -> Reading:
    """Return all that bears on the peering: it is looked for in `places`, and followed from there.

    `now`: epoch seconds, by which a request expires.
    """
    reading = Reading(Snapshot(now=now), settings, calls_for=PeeringReads(pcx_id))
    reading.begin(places, ask)
    return reading
