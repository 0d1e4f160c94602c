"""Tell whether a table of our side lacks a route that Peerkeeper would make or speak of.

In: the snapshot, settings, a peering, our side and the peer's. Out: yes or no. Never decides to write.

    our VPC was read, and is exempt or has not agreed                      no
    the table serves no subnet, or its tag leaves this peering out         no
    the network is not wanted, or overlaps our VPC                         no
    the table routes it to the peering, alone or by a prefix list          no
    the table keeps parts of it                                            no
    any other, a table tagged `report` among them                          yes

A "yes" asks who else claims the network. The "no"s above keep that question away from most events.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.agreement import objections
from peerkeeper.planning.narrow_routes import kept_parts
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import serves, wanted
from peerkeeper.planning.winning_route import routed_by_list
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Network, PeeringConnection, RouteTable, Side, overlap
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import TableRoutes, is_exempt, table_routes, takes_routes_to


def may_be_routed(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> bool:
    """Tell whether our VPC takes part and agrees to the peering, as far as both were read.

    Only our own location's view shows the tag on the peering connection that agrees.
    """
    vpc = seen.vpcs.get((own.location, own.vpc_id))
    view = seen.peerings.get((own.location, pcx.id))
    if vpc and is_exempt(vpc.tags):
        return False
    if not vpc or not view:
        return True
    return not objections(view, own, peer, vpc, settings, accepting=False)


def lacks_routes(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> bool:
    """Tell whether a table of our side, as far as it was read, lacks a route to a network of the peer."""
    return next(networks_lacked(seen, settings, pcx, own, peer), None) is not None


def networks_lacked(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> Iterator[tuple[RouteTable, Network]]:
    """Yield each table of our side, as far as it was read, with each network of the peer that it lacks."""
    scope = to_route(seen, settings, pcx, own, peer)
    networks = [*_routable(seen, settings, own, scope.networks)]
    for table in seen.tables_of(own.location, own.vpc_id):
        if serves(table, seen) and _told(table, pcx, peer):
            for to in networks:
                if _lacks(seen, settings, pcx, table, to, narrowed=scope.narrowed):
                    yield table, to


def _routable(
    seen: Snapshot, settings: Settings, own: Side, networks: tuple[Network, ...]
) -> Iterator[Network]:
    vpc = seen.vpcs.get((own.location, own.vpc_id))
    ours = vpc.cidrs if vpc else ()
    for to in wanted(networks, settings):
        if not any(overlap(to, one) for one in ours):
            yield to


def _told(table: RouteTable, pcx: PeeringConnection, peer: Side) -> bool:
    """Tell whether people learn about this table: where we may write, and where somebody else writes."""
    writes = takes_routes_to(table.tags, pcx.id, peer.vpc_id)
    return writes or table_routes(table.tags) is TableRoutes.REPORT


def _lacks(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    table: RouteTable,
    to: Network,
    *,
    narrowed: bool,
) -> bool:
    if any(route.destination == to for route in table.routes_to(pcx.id)):
        return False
    if routed_by_list(table, pcx, to):
        return False
    return narrowed or not kept_parts(seen, settings, pcx, table, to)
