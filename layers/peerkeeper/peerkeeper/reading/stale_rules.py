"""What the sweep reads for stale group rules: one call a VPC, and the rules of the groups that have any.

In: what was seen. Out: `Read`s. Only a peering within a Region lets a rule name a group of the other VPC, so
all other VPCs are left out. Source: VPC Peering Guide, security groups.

our VPC, in no way exempt                                  is asked
has a peering within its Region that was accepted once     yes
has a route to a peering that EC2 no longer shows          yes: its Region is not known any more
has none of these                                          no
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from peerkeeper.values.ec2 import ROUTABLE, Location, PeeringStatus
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import is_exempt

ONCE_ACCEPTED = ROUTABLE | {PeeringStatus.DELETING, PeeringStatus.DELETED}
"""A peering that is deleted may have been a request until then. That costs one call too many."""


def stale_rule_reads(seen: Snapshot, swept: Container[Location]) -> Iterator[Read]:
    """Yield a read for each of these VPCs, and one for each group that was found to have stale rules."""
    for where, vpc_id in sorted({*_peered(seen), *_left_behind(seen)}):
        vpc = seen.vpcs.get((where, vpc_id))
        ours = vpc and vpc.owner_id == where.account_id and not is_exempt(vpc.tags)
        if ours and where in swept:
            yield Read(where, Describe.STALE_GROUPS, By.VPC, vpc_id)
    for group in seen.stale_groups.values():
        yield Read(group.location, Describe.GROUP_RULES, By.GROUP, group.id)


def _peered(seen: Snapshot) -> Iterator[Key]:
    """Yield the VPCs with a peering within their Region, or with the rest of one."""
    for pcx in seen.peerings.values():
        if pcx.status in ONCE_ACCEPTED:
            for own, peer in pcx.own_sides():
                if own.location.region == peer.location.region:
                    yield own.location, own.vpc_id


def _left_behind(seen: Snapshot) -> Iterator[Key]:
    """Yield the VPCs with a route to a peering that no read shows."""
    for table in seen.route_tables.values():
        if table.peerings_without(seen.peering_ids(table.location)):
            yield table.location, table.vpc_id
