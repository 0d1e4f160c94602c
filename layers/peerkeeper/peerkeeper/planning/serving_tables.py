"""Which of our route tables serve a subnet, and the networks of the peer that they should route.

In: a table or a side, the snapshot, settings. Out: yes or no; networks. Never decides to write.

    the main table, and no subnet is associated with it    it serves a subnet
    the VPC's subnets and tables were read
      a subnet has no table of its own, or there is none   yes: a VPC's first subnet will use it
      any other                                            no
    our role may not read the VPC's subnets                yes, as before a spoke has that right
    any other                                              not known yet
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location, Network, RouteTable, Side
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import TableRoutes, table_routes
from peerkeeper.values.trouble import Meaning


def serves(table: RouteTable, seen: Snapshot) -> bool:
    """Tell whether this is one of our tables that routes a subnet, and that we may report on or change."""
    return _serving(table, seen) is True


def may_serve(table: RouteTable, seen: Snapshot) -> bool:
    """Tell whether `serves` says yes, or may say yes once more is read."""
    return _serving(table, seen) is not False


def knows_serving(seen: Snapshot, where: Location, vpc_id: str) -> bool:
    """Tell whether all tables of the VPC were read, and it is known of each whether it serves a subnet."""
    if not seen.has_read_tables(where, vpc_id):
        return False
    if seen.has_read_subnets(where, vpc_id):
        return True
    tables = seen.tables_of(where, vpc_id)
    return all(_serving(table, seen) is not None for table in tables)


def may_not_read_subnets(seen: Snapshot, where: Location, vpc_id: str) -> bool:
    """Tell whether no subnet of the VPC was read because our role lacks the right to describe subnets."""
    if seen.has_read_subnets(where, vpc_id):
        return False
    read = Read(where, Describe.SUBNETS, By.VPC, vpc_id)
    troubles = [seen.unread[one] for one in (read, read.whole) if one in seen.unread]
    return any(one.meaning is Meaning.DENIED and not one.unreachable for one in troubles)


def _serving(table: RouteTable, seen: Snapshot) -> bool | None:
    """Tell whether it is one of our tables that routes a subnet. None: not known."""
    ours = (
        not table.gateway_ids
        and table.owner_id == table.location.account_id
        and table_routes(table.tags) is not TableRoutes.NONE
    )
    if not ours:
        return False
    return True if table.subnet_ids else table.main and _uses_main(seen, table)


def _uses_main(seen: Snapshot, main: RouteTable) -> bool | None:
    """Tell whether a subnet without its own association uses the main table, or will. None: not known."""
    where, vpc_id = main.location, main.vpc_id
    if not seen.has_read_subnets(where, vpc_id):
        return True if may_not_read_subnets(seen, where, vpc_id) else None
    if not seen.has_read_tables(where, vpc_id):
        return None
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
