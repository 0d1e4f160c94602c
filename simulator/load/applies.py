"""The storms: what a program applies that changes hundreds of peerings or VPCs at once.

In: how many calls. Out: acts, to be made within a minute. All peerings of a storm lead to the VPCs of one
location: there EC2's buckets are the bottleneck.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from peerkeeper_local.semantics.location import Location
from simulator.load.callers import Act, Callers

APPROVED = "peerkeeper:approved"
AFTER_REQUEST = (1.0, 3.0)
"""Seconds after the request in which the tags of the requester's and of the accepter's side come."""


class Applies:
    """The storms of one estate, by their names in `Size.storms`."""

    def __init__(self, callers: Callers) -> None:
        self.callers = callers
        self._made: list[str] = []

    def tags(self, calls: int) -> Iterator[Act]:
        """Yield an apply that writes the tags of so many VPCs."""
        yield from [self._retag] * calls

    def _retag(self) -> None:
        self.callers.retag(self.callers.some_side(self.callers.group()))

    def makes(self, calls: int) -> Iterator[Act]:
        """Yield an apply that peers many VPCs with the VPCs of the shared services, and tags both sides."""
        estate, places = self.callers.estate, self.callers.world.now.places
        consenting = {account for group in estate.groups for account in group}
        others = [w for w in estate.locations if w.account in consenting and w != estate.shared]
        shared = list(places[estate.shared].vpcs)[1:]
        for n in range(calls // 3):
            where = others[n % len(others)]
            to = shared[(n + n // len(others)) % len(shared)]
            yield partial(self._make, where, next(iter(places[where].vpcs)), to)

    def deletes(self, calls: int) -> Iterator[Act]:
        """Yield an apply that takes back what the other made: it untags both sides, and deletes."""
        for pcx in self._made[: calls // 3]:
            yield partial(self._unmake, pcx)

    def _make(self, where: Location, vpc: str, to: str) -> None:
        callers = self.callers
        if callers.waits(where, partial(self._make, where, vpc, to)):
            return
        sides = (callers.side(where, vpc), callers.side(callers.estate.shared, to))
        pcx = callers.ask(*sides)
        if not pcx:
            return
        self._made.append(pcx)
        for side, seconds in zip(sides, AFTER_REQUEST, strict=True):
            tagged = partial(callers.tag, side.location, pcx, {APPROVED: "true"}, pcx)
            callers.world.scheduler.after(seconds, tagged)

    def _unmake(self, pcx: str) -> None:
        row = self.callers.world.now.peerings[pcx]
        for side in (row.requester, row.accepter):
            self.callers.untag(side.location, pcx, APPROVED, pcx)
        self.callers.end(pcx)
