"""Our sides of peerings that traffic may take: what the sweep reads for, and judges.

In: the snapshot, settings. Out: `OurSide`s.

    the peering is active    our VPC was read, is ours and not exempt    our side agreed    a side
    yes                      yes                                         yes                yes
    any other                                                                               no
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from peerkeeper.planning.agreement import objections
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location, PeeringConnection, PeeringStatus, Side, Vpc
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import is_exempt

SideId: TypeAlias = tuple[str, Location, str]
"""A peering, where our VPC is, and the VPC."""


class OurSide(NamedTuple):
    """Our side of an active peering that we agreed to."""

    pcx: PeeringConnection
    own: Side
    peer: Side
    vpc: Vpc

    @property
    def id(self) -> SideId:
        """What tells it from all other sides."""
        return self.pcx.id, self.own.location, self.vpc.id

    @property
    def key(self) -> Key:
        """Where our VPC is, and its id."""
        return self.own.location, self.vpc.id


def our_sides(seen: Snapshot, settings: Settings) -> Iterator[OurSide]:
    """Yield each of our sides, as our own location shows its peering."""
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            if seen.status_of(own.location, pcx.id) is not PeeringStatus.ACTIVE:
                continue
            vpc = seen.vpcs.get((own.location, own.vpc_id))
            if not vpc or vpc.owner_id != own.location.account_id or is_exempt(vpc.tags):
                continue
            if not objections(pcx, own, peer, vpc, settings, accepting=False):
                yield OurSide(pcx, own, peer, vpc)
