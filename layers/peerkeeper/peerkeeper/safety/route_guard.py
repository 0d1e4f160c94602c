"""The guard's last look at a change of a route: create it, or delete it.

In: the change, what was seen, settings. Out: which promise of `guard.py` it would break, or None.
"""

from __future__ import annotations

from peerkeeper.safety.peering_guard import unapproved, within
from peerkeeper.settings import RouteScope, Settings
from peerkeeper.values.changes import CreateRoute, DeleteRoute
from peerkeeper.values.destinations import destinations
from peerkeeper.values.ec2 import (
    ROUTABLE,
    TERMINAL,
    Network,
    PeeringConnection,
    Route,
    RouteTable,
    Side,
    cover,
    inside,
    overlap,
)
from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import is_exempt, takes_routes, takes_routes_to


def refusal_to_create(change: CreateRoute, seen: Snapshot, settings: Settings) -> str | None:
    """Return why the route may not be created."""
    table = seen.route_tables.get((change.location, change.route_table_id))
    pcx = seen.peerings.get((change.location, change.pcx_id))
    status = seen.status_of(change.location, change.pcx_id)
    if not _manages(table) or not table or not pcx or status not in ROUTABLE:
        return "S5: our table, or an accepted peering, was not read"
    vpc = seen.vpcs.get((change.location, table.vpc_id))
    sides = [(own, peer) for own, peer in pcx.own_sides() if own.vpc_id == table.vpc_id]
    if not vpc or is_exempt(vpc.tags) or not sides:
        return "S5: the table's VPC is no side of the peering, or is exempt"
    if not seen.knows_routes(table):
        return "S3: a prefix list that the table names was not read"
    if any(route.destination == change.destination for route in table.routes):
        return "S3: another route holds the destination"
    if not within(change.destination, settings) or not change.destination.prefixlen:
        return "S4: the destination is outside AllowedDestinations"
    if any(overlap(change.destination, ours) for ours in vpc.cidrs):
        return "S4: the destination is our own"
    own, peer = sides[0]
    if not takes_routes_to(table.tags, pcx.id, peer.vpc_id):
        return "S5: the table's tag leaves this peering out"
    if not _is_asked_for(change.destination, pcx, peer, seen, settings):
        return "S4: the destination is not the peer's, or not what its tag names"
    if change.destination.version == 6 and not settings.allow_ipv6:
        return "S4: IPv6 is not allowed"
    if any(_shadows(change, route, seen, settings) for route in table.routes):
        return "S3: the destination lies inside another route"
    return unapproved(pcx, own, peer, vpc, settings)


def _is_asked_for(
    to: Network, pcx: PeeringConnection, peer: Side, seen: Snapshot, settings: Settings
) -> bool:
    """Tell whether it is the peer's network; with a tag or RouteScope, whether it is what they name."""
    theirs = seen.vpcs.get((peer.location, peer.vpc_id))
    whole = peer.cidrs or (theirs.cidrs if theirs else ())
    said = destinations(pcx.tags)
    if said is None and settings.route_scope is not RouteScope.SUBNETS:
        return to in whole
    if not any(inside(to, wide) for wide in whole):
        return False
    if said and not said.subnets:
        return to in said.networks
    parts = (one for each in seen.subnets_of(peer.location, peer.vpc_id) for one in each.cidrs)
    return cover((part for part in parts if inside(part, to)), to)


def _shadows(change: CreateRoute, route: Route, seen: Snapshot, settings: Settings) -> bool:
    """Tell whether the new route would take traffic from this one, which may be somebody's."""
    cover = route.destination
    if cover is None or not cover.prefixlen or not inside(change.destination, cover):
        return False
    if route.target == change.pcx_id or cover in settings.allow_more_specific_than:
        return False
    gone = seen.status_of(change.location, route.target) in TERMINAL
    return not (route.to_peering and gone)


def refusal_to_delete(change: DeleteRoute, seen: Snapshot) -> str | None:
    """Return why the route may not be deleted."""
    where, pcx_id = change.location, change.pcx_id
    table = seen.route_tables.get((where, change.route_table_id))
    if not _manages(table) or not table or seen.is_exempt(where, table.vpc_id) is not False:
        return "S2: our table was not read"
    held = (r for r in table.routes if r.destination == change.destination and r.static)
    # A propagated one may stand beside it.
    route = next((r for r in held if r.target == pcx_id), None)
    if not route or not pcx_id.startswith("pcx-"):
        return "S3: the route is not one to this peering"
    views = [view.status for (_, seen_id), view in seen.peerings.items() if seen_id == pcx_id]
    if any(status in TERMINAL for status in views):
        return None
    whole = seen.has_read_all(where, Describe.PEERINGS, Describe.ROUTE_TABLES)
    if views or not whole or not route.blackhole or (where, pcx_id) not in seen.absent_before:
        return "S2: the end of the peering is not proven"
    return None


def _manages(table: RouteTable | None) -> bool:
    return bool(
        table
        and table.owner_id == table.location.account_id
        and not table.gateway_ids
        and takes_routes(table.tags)
    )
