"""What stands in the way of a new route: somebody's route, or a stale one.

In: a table, a destination, the snapshot. Out: whose each route in the way is, and the finding for it.
Never decides to write.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from peerkeeper.settings import Settings
from peerkeeper.values.aws_commands import delete_route
from peerkeeper.values.ec2 import (
    ROUTABLE,
    TERMINAL,
    Network,
    PeeringConnection,
    PeeringStatus,
    Route,
    RouteTable,
)
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import TableRoutes, table_routes, takes_routes_to


class Standing(Enum):
    """Whose a route in our way is."""

    FOREIGN = auto()
    GONE = auto()
    """Its peering has ended: the stale route is deleted first, and shadows nothing."""
    ENDING = auto()
    """Its peering is being deleted, so the stale route is deleted soon."""
    UNKNOWN = auto()
    """Its peering was not read (yet), or is absent: a new one is absent too while reads lag."""


def standing(seen: Snapshot, table: RouteTable, route: Route) -> Standing:
    """Return whose the route is, from what was read of its peering, if it leads to one."""
    if not route.to_peering:
        return Standing.FOREIGN
    status = seen.status_of(table.location, route.target)
    if status is None:
        return Standing.UNKNOWN
    if status is PeeringStatus.DELETING:
        return Standing.ENDING
    return Standing.GONE if status in TERMINAL else Standing.FOREIGN


def knows_claimants(seen: Snapshot, table: RouteTable) -> bool:
    """Tell whether each peering that may claim a network in this table was read, or is known to be absent."""
    return seen.knows_targets(table) and seen.has_read_peerings(table.location, table.vpc_id)


def in_its_place(
    holding: Iterable[Route], pcx: PeeringConnection, destination: Network, settings: Settings
) -> list[Route]:
    """Return which of the routes that hold a network have its place: to itself, or else those that cover it.

    Three kinds do not count as a cover: a default route, a route that AllowMoreSpecificThan lists, and this
    peering's own.
    """
    others = [route for route in holding if route.target != pcx.id]
    same = [route for route in others if route.destination == destination]
    return same or [route for route in others if _covers(route, settings)]


def _covers(route: Route, settings: Settings) -> bool:
    cover = route.destination
    listed = settings.allow_more_specific_than
    return bool(cover and cover.prefixlen and cover not in listed)


def conflict(
    seen: Snapshot, table: RouteTable, pcx: PeeringConnection, destination: Network, route: Route
) -> Finding:
    """Return the finding about a foreign route in the way."""
    same = route.destination == destination
    if route.prefix_list:
        return _by_list(table, pcx, destination, route)
    live = seen.status_of(table.location, route.target) in ROUTABLE
    if same and live:
        return _claimed_twice(seen, table, pcx, destination, route)
    if live:
        return _covered(table, pcx, destination, route)
    where = "the same destination" if same else f"{route.destination}"
    # To list a network helps only where it covers this one: it is wider.
    target = route.target or "another target"
    listed = "" if same else f", or list {route.destination} in AllowMoreSpecificThan"
    return Finding(
        Code.CONFLICT,
        table.location,
        table.id,
        f"{table.id} sends {where} to {target}. So {destination} is not routed to {pcx.id}; delete that "
        f"route, which ends its traffic to {target}{listed}; {_if_meant(table)}{_by_command(table, route)}",
        pcx.id,
    )


def _by_command(table: RouteTable, route: Route) -> str:
    """Return the command that deletes somebody's route, last: a person decides first.

    There is none for a route that EC2 propagates: DeleteRoute takes only static ones.
    Source: VPC User Guide, route table concepts.
    """
    return f"; to delete that route: {delete_route(table, route)}" if route.static else ""


def _if_meant(table: RouteTable) -> str:
    """Return the remedy that makes the verdict `carries` and moves no traffic: it says when to use it."""
    return (
        f"or, if this table is meant to send the network there, tag {table.id} peerkeeper:routes=none (then "
        "Peerkeeper leaves the table out and no longer reports it)"
    )


def _by_list(
    table: RouteTable, pcx: PeeringConnection, destination: Network, route: Route
) -> Finding:
    """Return the finding about an entry of a prefix list in the way."""
    listed, entry = route.prefix_list, route.destination
    remedy = "" if entry == destination else f", or list {entry} in AllowMoreSpecificThan"
    return Finding(
        Code.PREFIX_LIST,
        table.location,
        table.id,
        f"{table.id} sends {entry} to {route.target or 'another target'} by prefix list {listed}. So "
        f"{destination} is not routed to {pcx.id}; remove that entry from {listed}{remedy}; "
        f"{_if_meant(table)}",
        pcx.id,
    )


def _claimed_twice(
    seen: Snapshot, table: RouteTable, pcx: PeeringConnection, destination: Network, route: Route
) -> Finding:
    """Return the finding for the later claimant; the peering that holds the destination keeps it.

    It has the command that deletes the holder's route only once the table's tag leaves the holder out.
    Before that, both peerings would want the place. Then Peerkeeper gives it to none.
    """
    if _leaves_out(seen, table, route):
        words = (
            f"{table.id} sends {destination} to {route.target}, a live peering that its tag "
            f"peerkeeper:routes leaves out. So {destination} is not routed to {pcx.id}; delete that route, "
            f"which ends its traffic to {route.target}{_by_command(table, route)}"
        )
    else:
        words = (
            f"{table.id} sends {destination} to {route.target}, a live peering. {pcx.id} claims the same "
            f"network and is not routed there; delete one peering, or tag {table.id} peerkeeper:routes "
            f"with the ids that it may route. If they leave {route.target} out, its route stays until you "
            "delete it"
        )
    return Finding(Code.CLAIMED_TWICE, table.location, table.id, words, pcx.id)


def _leaves_out(seen: Snapshot, table: RouteTable, route: Route) -> bool:
    """Tell whether the table's tag names whom it may route, and not the peering of this route."""
    held = seen.peerings.get((table.location, route.target))
    peers = [
        peer.vpc_id
        for own, peer in (held.own_sides() if held else ())
        if own.vpc_id == table.vpc_id
    ]
    only = table_routes(table.tags) is TableRoutes.ONLY
    return only and not any(takes_routes_to(table.tags, route.target, one) for one in peers)


def _covered(
    table: RouteTable, pcx: PeeringConnection, destination: Network, route: Route
) -> Finding:
    """Return the finding about a wider route of another live peering: Peerkeeper might put it back."""
    wide = route.destination
    return Finding(
        Code.CONFLICT,
        table.location,
        table.id,
        f"{table.id} sends {wide} to {route.target}, a live peering. So {destination} is not routed to "
        f"{pcx.id}; list {wide} in AllowMoreSpecificThan; {_if_meant(table)}",
        pcx.id,
    )
