"""What one of our tables lacks of the routes that the sides of its VPC want: create them, or say why not.

In: the snapshot, settings, the table, what each side wants. Out: `CreateRoute`s, findings about what is in
their way (nothing while that may change), and the findings of `unasked_routes`. `missing_routes` has the
decision table. Of a table that Peerkeeper only reports on, it makes a finding of each `CreateRoute`, unless
another peering contests it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from peerkeeper.planning.narrow_routes import kept, kept_parts
from peerkeeper.planning.route_conflicts import Standing, conflict, in_its_place, standing
from peerkeeper.planning.unasked_routes import beyond
from peerkeeper.planning.wanted_routes import WantedRoutes
from peerkeeper.planning.winning_route import routed_by_list
from peerkeeper.settings import Settings
from peerkeeper.values.aws_commands import create_route
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import Network, PeeringConnection, Route, RouteTable
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import ROUTES
from peerkeeper.values.tags import TableRoutes, table_routes, takes_routes_to

_Lack: TypeAlias = tuple[WantedRoutes, bool, Sequence[Network]]
"""A side, whether a table has other routes to its peering, and the networks that it lacks."""


def lacking_routes(
    seen: Snapshot, settings: Settings, table: RouteTable, sides: Sequence[WantedRoutes]
) -> Iterator[CreateRoute | Finding]:
    """Yield routes, findings about what is in their way, and findings about routes that no side asks for.

    Most tables lack nothing, and have nothing else. They take one look at each side.
    """
    lacking: list[_Lack] = []
    unasked: list[Finding] = []
    if table.routes_to_none({side.pcx.id for side in sides}):
        lacking = [(side, False, side.networks) for side in sides]
        sides = ()  # none needs a further look
    for side in sides:
        held, networks = table.routes_to(side.pcx.id), side.networks
        if not held:
            lacking.append((side, False, networks))
            continue
        if len(held) == len(networks) and _all_in(held, networks):
            continue
        routed = [route.destination for route in held if not route.prefix_list]
        lacks = [to for to in networks if to not in routed]
        if lacks:
            lacking.append((side, True, lacks))
        asked = side.scope.networks
        unasked += beyond(settings, side.pcx, table, side.known, asked, whole=not lacks)
    if lacking and seen.knows_routes(table):
        yield from _new_routes(seen, settings, table, lacking)
    yield from unasked


def _all_in(held: Sequence[Route], networks: Sequence[Network]) -> bool:
    """Tell whether each route leads to one of these networks. Most peers have one network."""
    if len(held) == 1:
        return held[0].destination in networks
    return all(route.destination in networks for route in held)


def _new_routes(
    seen: Snapshot, settings: Settings, table: RouteTable, lacking: Sequence[_Lack]
) -> Iterator[CreateRoute | Finding]:
    """Yield the routes that the table lacks, and what is in their way."""
    takes = table_routes(table.tags)
    takes_all = takes is TableRoutes.ALL  # as most tables: their tags are looked at once
    targets_read, lists, over = seen.knows_targets(table), table.prefix_lists, table.over
    for side, has_others, networks in lacking:
        pcx, claims_known = side.pcx, targets_read and side.claims_read
        writes = takes_all or takes_routes_to(table.tags, pcx.id, side.peer.vpc_id)
        if not writes and takes is not TableRoutes.REPORT:
            continue
        may_keep = has_others and not side.scope.narrowed
        where, routed = table.location, side.consent  # alike in all that this table lacks
        for to in networks:
            if lists and routed_by_list(table, pcx, to):
                continue
            if may_keep and (parts := kept_parts(seen, settings, pcx, table, to)):
                yield kept(seen, pcx, table, to, parts, writes=writes)
            elif claims_known:
                prefix, before, after = side.shared[id(to)]
                holding = over(prefix)
                others = holding and in_its_place(holding, pcx, to, settings)
                stopped = _stopped(seen, table, pcx, to, others) if others else None
                if stopped is None:
                    why = f"{before}{table.id}{after}"
                    yield CreateRoute(where, table.id, to, pcx.id, reason=why, consent=routed)
                else:
                    yield from stopped


def left_to_owner(table: RouteTable, lacking: CreateRoute) -> Finding:
    """Return what the owner of a table that Peerkeeper only reports on should know of a route it lacks."""
    region = table.location.region
    command = create_route(region, table.id, lacking.destination, lacking.pcx_id)
    remedy = Remedy(f"let its owner add the route: {command}")
    return Finding(
        Code.LEFT_TO_OWNER,
        table.location,
        table.id,
        f"{table.id} has no route to {lacking.destination}. Its tag {ROUTES}=report leaves the table to its "
        f"owner, so Peerkeeper adds none; {remedy.clause}",
        lacking.pcx_id,
        remedy,
    )


def _stopped(
    seen: Snapshot,
    table: RouteTable,
    pcx: PeeringConnection,
    destination: Network,
    others: Sequence[Route],
) -> Sequence[Finding] | None:
    """Return what to say of routes in the place of a new one; None if they do not stop it.

    Nothing is said while they may go soon. Then the new route waits as well.
    """
    standings = [standing(seen, table, route) for route in others]
    same = any(route.destination == destination for route in others)
    if not same and all(whose is Standing.GONE for whose in standings):
        return None
    return [
        conflict(seen, table, pcx, destination, route)
        for route, whose in zip(others, standings, strict=True)
        if whose is Standing.FOREIGN
    ]
