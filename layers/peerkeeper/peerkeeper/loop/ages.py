"""How old the reads are that changes rest on.

In: when each wave of a run began, and what it showed. Out: the changes that must wait, each with what to read
again. Time is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from peerkeeper.loop.outside import TimeLeft
from peerkeeper.reading.behind import reads_behind
from peerkeeper.values.changes import Change
from peerkeeper.values.outcomes import Observed, Outcome
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot

OLD = 5.0
"""Seconds. Calls that time out take half a minute. Meanwhile a consent may have been withdrawn, and then a
new peering requested. Or somebody may have put another route in the place of a dead one."""


@dataclass(slots=True)
class Ages:
    """When each wave of one run began, in seconds left, and what it showed."""

    clock: TimeLeft
    waves: list[tuple[float, Sequence[Observed | Outcome | None]]] = field(default_factory=list)

    def hear(self, began: float, results: Sequence[Observed | Outcome | None]) -> None:
        """Take in a wave: when it began, and its results."""
        self.waves.append((began, results))

    def old(
        self, changes: Callable[[], Sequence[Change]], seen: Snapshot
    ) -> Mapping[Change, frozenset[Read]]:
        """Return the changes that rest on old reads, each with these reads.

        `changes` is asked only where a read is old.
        """
        left = self.clock.remaining()
        if not self.waves or self.waves[0][0] - left <= OLD:  # as in nearly every run
            return {}
        due = changes()
        if not due:  # as in every sweep: it changes nothing itself
            return {}
        recent = {
            read
            for began, results in self.waves
            if began - left <= OLD
            for result in results
            for read in _shown(result)
        }
        behind = {change: reads_behind(change, seen) - recent for change in due}
        return {change: reads for change, reads in behind.items() if reads}


def _shown(result: Observed | Outcome | None) -> Iterator[Read]:
    """Yield, as reads by id, what a result showed."""
    if isinstance(result, Observed):
        for vpc in result.vpcs:
            yield Read(vpc.location, Describe.VPCS, By.VPC, vpc.id)
        for table in result.route_tables:
            yield Read(table.location, Describe.ROUTE_TABLES, By.ROUTE_TABLE, table.id)
        for pcx in result.peerings:
            yield Read(pcx.location, Describe.PEERINGS, By.PEERING, pcx.id)
    elif isinstance(result, Outcome) and result.seen:
        yield Read(result.seen.location, Describe.PEERINGS, By.PEERING, result.seen.id)
