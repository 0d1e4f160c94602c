"""A world in memory behind the `Ec2` port: answers reads from a snapshot and carries out changes.

No faults, no delays, no EC2 rules: it shows what the loop itself does. Calls are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from peerkeeper.loop.update_snapshot import with_outcomes
from peerkeeper.reporting.bus_events import Announcement
from peerkeeper.values.changes import AcceptPeering, Change
from peerkeeper.values.ec2 import PeeringStatus
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import Trouble


class Truth:
    def __init__(self, snapshot: Snapshot, trouble: dict[object, Trouble] | None = None) -> None:
        self.now = snapshot
        self.trouble = trouble or {}
        """By kind of change, change, location to be read, or kind of read."""
        self.read: list[Read] = []
        self.made: list[Change] = []

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        self.read += reads
        first = reads[0]
        if trouble := self.trouble.get(first.location) or self.trouble.get(first.kind):
            return Observed(reads, trouble=trouble)
        key = (first.location, first.value)
        if first.kind is Describe.DNS_HOSTNAMES:
            return Observed(reads, enabled=self.now.dns_hostnames.get(key, True))
        if first.kind is Describe.DNS_SUPPORT:
            return Observed(reads, enabled=self.now.dns_support.get(key, True))
        values = {read.value for read in reads}
        chosen = {
            kind: tuple(
                item
                for (where, _), item in found.items()
                if where == first.location
                and kind is first.kind
                and _matches(item, first.by, values)
            )
            for kind, found in (
                (Describe.PEERINGS, self.now.peerings),
                (Describe.VPCS, self.now.vpcs),
                (Describe.SUBNETS, self.now.subnets),
                (Describe.ROUTE_TABLES, self.now.route_tables),
            )
        }
        return Observed(
            reads,
            chosen[Describe.VPCS],
            chosen[Describe.SUBNETS],
            chosen[Describe.ROUTE_TABLES],
            chosen[Describe.PEERINGS],
        )

    def apply(self, change: Change) -> Outcome:
        self.made.append(change)
        trouble = self.trouble.get(change) or self.trouble.get(type(change))
        if trouble:
            return Outcome(change, Result.FAILED, trouble.code, trouble)
        outcome = Outcome(change, Result.APPLIED)
        if isinstance(change, AcceptPeering):
            pcx = self.now.peerings[change.location, change.pcx_id]
            vpc = self.now.vpcs[change.location, change.vpc_id]
            accepter = replace(pcx.accepter, cidrs=vpc.cidrs)
            fresh = replace(pcx, status=PeeringStatus.ACTIVE, accepter=accepter)
            outcome = replace(outcome, seen=fresh)
        self.now = with_outcomes(self.now, [outcome])
        return outcome

    def tell(self, told: Sequence[Announcement]) -> tuple[str, ...]:
        return ()


def _matches(item, by: By, values: set[str]) -> bool:
    match by:
        case By.ALL:
            return True
        case By.VPC:
            return getattr(item, "vpc_id", item.id) in values
        case By.REQUESTER_VPC:
            return item.requester.vpc_id in values
        case By.ACCEPTER_VPC:
            return item.accepter.vpc_id in values
        case By.ROUTE_TO_PEERING:
            return any(route.target in values for route in item.routes)
        case _:
            return item.id in values


class Forever:
    """A clock that never runs out."""

    def remaining(self) -> float:
        return 100.0


class UntilMade:
    """A clock that runs out once the world has seen so many changes."""

    def __init__(self, world: Truth, changes: int) -> None:
        self.world, self.changes = world, changes

    def remaining(self) -> float:
        return 100.0 if len(self.world.made) < self.changes else 0.0


def in_order(tasks):
    return [task() for task in tasks]
