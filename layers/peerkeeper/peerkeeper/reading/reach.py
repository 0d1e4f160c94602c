"""What the sweep reads to see what stops traffic, in VPCs with an active peering that our side agreed to.

In: what was seen, settings. Out: `Read`s. A call has up to 200 VPCs in its filter. The prefix lists that the
groups' inbound rules name come after. EC2 fails a read of all interfaces of a large account, so each has a
filter. Source: EC2 API reference, DescribeNetworkInterfaces.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from peerkeeper.planning.side_reach.sides import our_sides
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot

KINDS = (Describe.INTERFACES, Describe.GROUPS, Describe.ACLS)


def reach_reads(seen: Snapshot, settings: Settings, swept: Container[Location]) -> Iterator[Read]:
    """Yield the reads of each of these VPCs, and of the lists that their groups' rules name."""
    for where, vpc_id in sorted({side.key for side in our_sides(seen, settings)}):
        if where in swept:
            yield from (Read(where, kind, By.VPC, vpc_id) for kind in KINDS)
    for group in seen.security_groups.values():
        for list_id in {rule.prefix_list for rule in group.ingress if rule.prefix_list}:
            yield Read(group.location, Describe.AWS_PREFIX_LISTS)
            yield Read(group.location, Describe.PREFIX_LIST, By.PREFIX_LIST, list_id)
