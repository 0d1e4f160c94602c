"""What the route tables of one side hold for a peering. In: a snapshot, a side. Out: (table, result, words).

a table                                              line
is not ours to write, by one of four reasons         -
takes no route to this peering, as its tag says      -
sends a network to it                                pass
sends a network elsewhere by a narrower route        -, and how to take that route away
has a dead route in the place that Peerkeeper takes
  away first                                         due, and how to do it by hand
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.dead_routes import dead_route, how_to_delete
from peerkeeper.planning.route_conflicts import in_its_place
from peerkeeper.planning.serving_tables import serves
from peerkeeper.settings import Settings
from peerkeeper.values.connectivity import Cause, SideVerdict, Way
from peerkeeper.values.ec2 import PeeringConnection, Route, RouteTable, Side
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import EXEMPT, ROUTES
from peerkeeper.values.tags import TableRoutes, is_exempt, table_routes, takes_routes_to

Told = tuple[str, str, str]
"""A table's id, a result, and why."""


def held(seen: Snapshot, pcx: PeeringConnection, own: Side, peer: Side) -> Iterator[Told]:
    """Yield what each table of the side holds for the peering, or why it stays as it is."""
    for table in seen.tables_of(own.location, own.vpc_id):
        if not serves(table, seen):
            yield table.id, "-", f"{table.id} stays as it is: {why_left(table, seen)}"
            continue
        if not takes_routes_to(table.tags, pcx.id, peer.vpc_id):
            yield table.id, "-", f"{table.id} takes no route to {pcx.id}, as its tag {ROUTES} says"
        for route in table.routes_to(pcx.id):
            yield table.id, "pass", _sends(table, route)


def _sends(table: RouteTable, route: Route) -> str:
    """Return what the route does; EC2 shows one of a prefix list without its networks."""
    if not route.destination:
        return f"{table.id} sends what prefix list {route.prefix_list} names to {route.target}"
    by = f" by prefix list {route.prefix_list}" if route.prefix_list else ""
    return f"{table.id} sends {route.destination} to {route.target}{by}"


def why_left(table: RouteTable, seen: Snapshot) -> str:
    """Return why Peerkeeper writes no route into the table; the first reason that holds."""
    if table.owner_id != table.location.account_id:
        return f"it belongs to account {table.owner_id}"
    if table.gateway_ids:
        return (
            f"it is the table of {', '.join(table.gateway_ids)}, which takes no route to a peering"
        )
    if table_routes(table.tags) is TableRoutes.NONE:
        key = EXEMPT if is_exempt(table.tags) else ROUTES
        return f"its tag {key} keeps Peerkeeper out"
    if not seen.has_read_subnets(table.location, table.vpc_id):
        return "whether a subnet uses it was not read"
    return "no subnet uses it"


def narrower(seen: Snapshot, side: SideVerdict) -> Iterator[Told]:
    """Yield each narrower route that takes a part of a network away from the peering."""
    for leg in side.legs:
        whole = leg.cause is Cause.DIVERTED
        if not whole and leg.way not in (Way.CARRIED, Way.DUE, Way.WAITS):
            continue
        table = seen.route_tables[side.location, leg.table_id]
        for route in table.within(leg.destination):
            if route.target not in (side.pcx_id, "local"):
                words = (
                    f"{table.id} sends {route.destination}, a part of {leg.destination}, to "
                    f"{route.target or 'another target'} and not to {side.pcx_id}"
                )
                yield table.id, "-", words + _undone(table, route)


def _undone(table: RouteTable, route: Route) -> str:
    return f"; {how_to_delete(table, route).clause}" if route.static or route.prefix_list else ""


def dead_in_the_way(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, side: SideVerdict
) -> Iterator[Told]:
    """Yield each dead route whose place the peering's route takes, once Peerkeeper has deleted it."""
    for leg in side.legs:
        if leg.way is not Way.DUE:
            continue
        table = seen.route_tables[side.location, leg.table_id]
        for route in in_its_place(table.holding(leg.destination), pcx, leg.destination, settings):
            if dead_route(seen, table, route):
                remedy = how_to_delete(table, route).clause
                words = (
                    f"{table.id} sends {route.destination} to {route.target}, which has ended. Peerkeeper "
                    f"deletes that route before it routes {leg.destination}; {remedy}"
                )
                yield table.id, "due", words
