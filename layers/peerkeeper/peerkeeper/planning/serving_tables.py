"""Which of our route tables serve a subnet, and the networks of the peer that they should route.

In: a table or a side, the snapshot, settings. Out: yes or no; networks. Never decides to write.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Network, RouteTable, Side
from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import TableRoutes, table_routes


def serves(table: RouteTable, seen: Snapshot) -> bool:
    """Tell whether this is one of our tables that routes a subnet, and that we may report on or change."""
    return (
        (bool(table.subnet_ids) or (table.main and _uses_main(seen, table)))
        and not table.gateway_ids
        and table.owner_id == table.location.account_id
        and table_routes(table.tags) is not TableRoutes.NONE
    )


def _uses_main(seen: Snapshot, main: RouteTable) -> bool:
    """Tell whether a subnet without its own association uses the main table, or may come to.

    A VPC without a subnet counts: its first one will. If the subnets could not be read, the main table counts
    as well. That is the case before a spoke has the right to describe them.
    """
    where, vpc_id = main.location, main.vpc_id
    if any(read.kind is Describe.SUBNETS and read.location == where for read in seen.unread):
        return True
    if not (seen.has_read_tables(where, vpc_id) and seen.has_read_subnets(where, vpc_id)):
        return False
    subnets = {subnet.id for subnet in seen.subnets_of(where, vpc_id)}
    own = {subnet for table in seen.tables_of(where, vpc_id) for subnet in table.subnet_ids}
    return not subnets or bool(subnets - own)


def cidrs_of(seen: Snapshot, peer: Side) -> tuple[Network, ...]:
    """Return the peer's networks, as the peering or else its VPC shows them; empty until one does."""
    if peer.cidrs:
        return peer.cidrs
    vpc = seen.vpcs.get((peer.location, peer.vpc_id))
    return vpc.cidrs if vpc else ()


def wanted(cidrs: tuple[Network, ...], settings: Settings) -> Iterator[Network]:
    """Yield the networks of the peer that the settings let us route."""
    for cidr in cidrs:
        version_counts = cidr.version == 4 or settings.allow_ipv6
        if version_counts and settings.allows_destination(cidr):
            yield cidr
