"""Routes to a live peering that our side does not ask for. They stay, and a person learns of them.

In: the peering, a table, the peer's networks, what the table is to route. Out: findings. No write.

    a route to the peering                     finding
    by a prefix list, or to what is asked for,
      or to a part of it                       none
    outside every network of the peer          surplus-route
    wider than what is asked for, or beside it
      the table routes all that is asked for   wider-than-scope
      any other                                none yet: the narrow routes come first
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.dead_routes import how_to_delete
from peerkeeper.planning.route_scope import MOST
from peerkeeper.values.ec2 import Network, PeeringConnection, Route, RouteTable, inside
from peerkeeper.values.findings import Code, Finding, first_of


def beyond(
    pcx: PeeringConnection,
    table: RouteTable,
    known: tuple[Network, ...],
    asked: tuple[Network, ...],
) -> Iterator[Finding]:
    """Yield the routes to the peering that are not the peer's, or that are wider than what is asked for.

    `asked`: what the table is to route, once it routes all of it.
    """
    for route in table.routes_to(pcx.id):
        to = route.destination
        if not to or route.prefix_list or any(inside(to, one) for one in asked):
            continue
        if not any(inside(to, whole) for whole in known):
            yield _surplus(pcx, table, to)
        elif asked:
            yield _wider(pcx, table, route, asked)


def _wider(
    pcx: PeeringConnection, table: RouteTable, route: Route, asked: tuple[Network, ...]
) -> Finding:
    remedy = how_to_delete(table, route)
    return Finding(
        Code.WIDER,
        table.location,
        table.id,
        f"{table.id} routes {route.destination} to {pcx.id}, but this side is to route only "
        f"{first_of(asked, MOST)}, which the table also does. Peerkeeper keeps the wider route; "
        f"{remedy.clause}",
        pcx.id,
        remedy,
    )


def _surplus(pcx: PeeringConnection, table: RouteTable, destination: Network) -> Finding:
    return Finding(
        Code.SURPLUS,
        table.location,
        table.id,
        f"{table.id} routes {destination} to {pcx.id}, but the peer does not have this CIDR; Peerkeeper "
        "keeps the route. Delete it by hand if you do not want it",
        pcx.id,
    )
