"""Whether traffic would reach each of our sides, beside the verdict on its routes; and what stops it.

In: the snapshot, settings, the plan of the run, verdicts. Out: findings; the verdicts with `reaches`.

    of our side                                                         reaches
    the peering is not active, or is not judged                         none
    a route of this peering is due or waits, on either side             waits
    a tag expects traffic, and some of it is blocked                    blocked
    a tag expects traffic, and some of it is not known                  unknown
    a tag expects traffic, and all of it would arrive                   reaches
    no tag expects any, and no reply comes back, or the ACLs of our
      subnets stop everything                                           shut
    no tag expects any, and the ACLs were not read                      unknown
    any other                                                           open

What a tag expects is judged only where no route is due: what is half done is no fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from peerkeeper.planning.plan import Plan
from peerkeeper.planning.side_reach.acl_gaps import acl_gaps, stopped
from peerkeeper.planning.side_reach.admitting import none_admits
from peerkeeper.planning.side_reach.around import surroundings
from peerkeeper.planning.side_reach.blocked import blocked
from peerkeeper.planning.side_reach.expectations import Expected, judged
from peerkeeper.planning.side_reach.sides import OurSide, SideId, our_sides
from peerkeeper.planning.side_reach.way_back import WayBack, one_way, way_back
from peerkeeper.settings import Settings
from peerkeeper.values.connectivity import Cause, Reaches, SideVerdict, Way
from peerkeeper.values.expected import expected
from peerkeeper.values.findings import Finding
from peerkeeper.values.reachability import Verdict
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.surroundings import Surroundings

HALF_DONE = frozenset({Way.DUE, Way.WAITS})


@dataclass
class ReachOfSides:
    """All of our sides of one snapshot. Not frozen: it keeps what it has judged."""

    seen: Snapshot
    settings: Settings
    plan: Plan
    verdicts: Sequence[SideVerdict]

    def findings(self) -> Iterator[Finding]:
        """Yield what stops all traffic, and what stops the traffic that tags expect."""
        for side in self._sides:
            yield from one_way(side, self._back[side.id])
            yield from blocked(side, self._expected.get(side.id, ()))
        yield from acl_gaps(self.seen, self._around, self._sides)
        yield from none_admits(self.seen, self._sides)

    def with_reaches(self) -> tuple[SideVerdict, ...]:
        """Return the verdicts, each with whether traffic would reach its side."""
        sides = {side.id: side for side in self._sides}
        return tuple(
            replace(one, reaches=self._reaches(side))
            if (side := sides.get((one.pcx_id, one.location, one.vpc_id)))
            else one
            for one in self.verdicts
        )

    def _reaches(self, side: OurSide) -> Reaches:
        if side.pcx.id in self._half_done:
            return Reaches.WAITS
        if side.id in self._expected:
            verdicts = {one.verdict for one in self._expected[side.id]}
            if Verdict.BLOCKED in verdicts:
                return Reaches.BLOCKED
            return Reaches.UNKNOWN if Verdict.UNKNOWN in verdicts else Reaches.REACHES
        if self._back[side.id].lost or stopped(self.seen, self._around, side):
            return Reaches.SHUT
        read = self.seen.has_read(side.own.location, Describe.ACLS, By.VPC, side.vpc.id)
        return Reaches.OPEN if read else Reaches.UNKNOWN

    @cached_property
    def _sides(self) -> tuple[OurSide, ...]:
        return tuple(our_sides(self.seen, self.settings))

    @cached_property
    def _around(self) -> Surroundings:
        return surroundings(self.seen)

    @cached_property
    def _back(self) -> dict[SideId, WayBack]:
        return {side.id: way_back(self.seen, side, self.plan) for side in self._sides}

    @cached_property
    def _half_done(self) -> frozenset[str]:
        """The peerings with a route that is due, that waits, or that the mode withholds."""
        return frozenset(
            one.pcx_id
            for one in self.verdicts
            for leg in one.gaps
            if leg.way in HALF_DONE or leg.cause is Cause.MODE
        )

    @cached_property
    def _expected(self) -> dict[SideId, tuple[Expected, ...]]:
        found: dict[SideId, tuple[Expected, ...]] = {}
        for side in self._sides:
            words = expected(side.vpc.tags, side.pcx.tags)
            if words and side.pcx.id not in self._half_done:
                found[side.id] = judged(self.seen, self._around, side, words)
        return found
