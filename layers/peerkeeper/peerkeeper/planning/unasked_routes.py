"""Routes to a live peering that our side does not ask for. They stay, and a person learns of them.

In: settings, the peering, a table, the peer's networks, those that our side is to route. Out: findings. No
write.

    a route to the peering                                 finding
    by a prefix list, or to what is asked for,
      or to a part of it                                   none
    outside every network of the peer                      surplus-route, with advice to delete it
      it carries a network that no narrower route carries  surplus-route, which says so in its place
    wider than what is asked for, or beside it
      the table lacks a route that Peerkeeper makes        none yet: the narrow routes come first
      it carries a network that is asked for, and that
        no narrower route carries                          none: Peerkeeper may not route that network
      it is IPv6, and AllowIpv6 is false                   none: Peerkeeper judges no IPv6 then
      any other                                            wider-than-scope

Peerkeeper may not route IPv6 while it is off, a network outside AllowedDestinations, or one that overlaps our
VPC. Somebody may route it by hand, and the wide route may be the only one that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerkeeper.planning.dead_routes import how_to_delete
from peerkeeper.planning.route_scope import MOST
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Network, PeeringConnection, Route, RouteTable, cover, inside
from peerkeeper.values.findings import Code, Finding, first_of


def beyond(
    settings: Settings,
    pcx: PeeringConnection,
    table: RouteTable,
    known: tuple[Network, ...],
    asked: tuple[Network, ...],
    *,
    whole: bool,
) -> Iterator[Finding]:
    """Yield the routes to the peering that are not the peer's, or that are wider than what is asked for.

    `known`: the peer's networks. `asked`: those, or parts of them, that our side is to route. It is empty
    where that is not known. `whole`: the table has every route of these that Peerkeeper may make.
    """
    for route in table.routes_to(pcx.id):
        to = route.destination
        if not to or route.prefix_list or any(inside(to, one) for one in asked):
            continue
        carried = _carried_only_by(to, pcx, table, asked or known)
        if not any(inside(to, wide) for wide in known):
            yield _surplus(pcx, table, to, carried)
        elif asked and whole and not carried and (to.version == 4 or settings.allow_ipv6):
            yield _wider(pcx, table, route, [one for one in asked if inside(one, to)])


def _carried_only_by(
    to: Network, pcx: PeeringConnection, table: RouteTable, needed: tuple[Network, ...]
) -> list[Network]:
    """Return the needed networks inside this route that no narrower routes carry to the peering."""
    held = [route.destination for route in table.routes_to(pcx.id) if route.destination]
    narrow = [one for one in held if any(inside(one, network) for network in needed)]
    return [
        network
        for network in needed
        if inside(network, to)
        and not any(inside(network, one) for one in narrow)
        and not cover((one for one in narrow if inside(one, network)), network)
    ]


def _wider(
    pcx: PeeringConnection, table: RouteTable, route: Route, asked: Sequence[Network]
) -> Finding:
    """Return the finding about a route that holds these networks, which other routes carry."""
    remedy = how_to_delete(table, route)
    part = (
        f"only {first_of(asked, MOST)} of it, which the table also does" if asked else "none of it"
    )
    return Finding(
        Code.WIDER,
        table.location,
        table.id,
        f"{table.id} routes {route.destination} to {pcx.id}, but this side is to route {part}. Peerkeeper "
        f"keeps the wider route; {remedy.clause}",
        pcx.id,
        remedy,
    )


def _surplus(
    pcx: PeeringConnection, table: RouteTable, destination: Network, carried: Sequence[Network]
) -> Finding:
    """Return the finding about a route to what is not the peer's; deleting it must not cut `carried`."""
    then = "Delete it by hand if you do not want it"
    if carried:
        then = f"It carries {first_of(carried, MOST)}, which no narrower route of the table does"
    return Finding(
        Code.SURPLUS,
        table.location,
        table.id,
        f"{table.id} routes {destination} to {pcx.id}, but the peer does not have this CIDR; Peerkeeper "
        f"keeps the route. {then}",
        pcx.id,
    )
