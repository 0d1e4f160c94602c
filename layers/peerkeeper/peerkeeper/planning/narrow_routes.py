"""Decide whether a table that routes only parts of a peer's network does so on purpose.

In: the snapshot, settings, a table that does not route the whole. Out: the parts that it is to route in its
place. Never decides to write.

    RouteScope    routes to parts    another table routes the whole    the table is to route
    keep          none               any                               the whole
    keep          some               no                                these parts, and no more
    keep          some               yes                               the whole: it was lost here
    vpc           any                any                               the whole

The other table is one of the same VPC.
"""

from __future__ import annotations

from peerkeeper.settings import RouteScope, Settings
from peerkeeper.values.ec2 import Network, PeeringConnection, RouteTable
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot


def kept_parts(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    table: RouteTable,
    destination: Network,
) -> tuple[Network, ...]:
    """Return the parts of the network that the table routes on purpose; none where the whole is wanted."""
    if settings.route_scope is RouteScope.VPC:
        return ()
    inner = [route for route in table.within(destination) if route.target == pcx.id]
    parts = tuple(sorted({route.destination for route in inner if route.destination}))
    if parts and _routed_whole(seen, pcx, table, destination):
        return ()
    return parts


def _routed_whole(
    seen: Snapshot, pcx: PeeringConnection, table: RouteTable, destination: Network
) -> bool:
    """Tell whether another table of the same VPC routes the whole network to the peering."""
    return any(
        route.destination == destination
        for other in seen.tables_of(table.location, table.vpc_id)
        if other.id != table.id
        for route in other.routes_to(pcx.id)
    )


def kept(
    pcx: PeeringConnection, table: RouteTable, destination: Network, parts: tuple[Network, ...]
) -> Finding:
    """Return what a person should know of a table that stays narrow."""
    named = ", ".join(map(str, parts[:3])) + (f" and {len(parts) - 3} more" if parts[3:] else "")
    return Finding(
        Code.NARROW,
        table.location,
        table.id,
        f"{table.id} routes {named} of {destination} to {pcx.id}, and Peerkeeper keeps it so; "
        "set RouteScope=vpc to have the whole network routed in every table",
        pcx.id,
    )
