"""A peer's networks that one of our tables does not route to the peering: create the routes, or say why not.

In: the snapshot, settings, what the routes lead to, the table, the networks. Out: `CreateRoute`s, or findings
about what is in the way; nothing while that may change. `missing_routes` has the decision table. Of a table
that Peerkeeper only reports on, it makes a finding of each `CreateRoute`, unless another peering contests it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from peerkeeper.planning.narrow_routes import kept, kept_parts
from peerkeeper.planning.route_conflicts import Standing, conflict, in_its_place, standing
from peerkeeper.planning.winning_route import routed_by_list
from peerkeeper.settings import Settings
from peerkeeper.values.aws_commands import create_route
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.consents import Consent
from peerkeeper.values.ec2 import Network, PeeringConnection, RouteTable, Side
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import ROUTES
from peerkeeper.values.tags import TableRoutes, table_routes, takes_routes_to


@dataclass(frozen=True, slots=True)
class Towards:
    """What new routes of one side lead to, and what is alike in all its tables."""

    pcx: PeeringConnection
    peer: Side
    given: Consent | None
    """What the routes rest on."""
    narrowed: bool
    peerings_read: bool
    """Whether all peerings of our VPC were read."""
    state: str
    """The peering's state in words. These and the next are written once: it takes as long as a route."""
    named: Mapping[int, str]
    """The networks in words, by identity."""


def lacking_routes(
    seen: Snapshot,
    settings: Settings,
    towards: Towards,
    table: RouteTable,
    lacking: Sequence[Network],
) -> Iterator[CreateRoute | Finding]:
    """Yield routes and findings for the networks that the table does not route to the peering."""
    pcx = towards.pcx
    writes = takes_routes_to(table.tags, pcx.id, towards.peer.vpc_id)
    told = writes or table_routes(table.tags) is TableRoutes.REPORT
    if not told or not seen.knows_routes(table):
        return
    # Until all peerings are read, another may claim a network that a new route would take.
    known = towards.peerings_read and seen.knows_targets(table)
    for destination in lacking:
        if routed_by_list(table, pcx, destination):
            continue
        if not towards.narrowed and (parts := kept_parts(seen, settings, pcx, table, destination)):
            yield kept(seen, pcx, table, destination, parts, writes=writes)
        elif known:
            yield from _route(seen, settings, towards, table, destination)


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


def _route(
    seen: Snapshot,
    settings: Settings,
    towards: Towards,
    table: RouteTable,
    destination: Network,
) -> Sequence[CreateRoute | Finding]:
    """Return the route that this table lacks, or what is in its way; it has none to this peering."""
    pcx = towards.pcx
    others = in_its_place(table, pcx, destination, settings)
    if others:  # as in few tables
        standings = [standing(seen, table, route) for route in others]
        foreign = [
            conflict(seen, table, pcx, destination, route)
            for route, whose in zip(others, standings, strict=True)
            if whose is Standing.FOREIGN
        ]
        same = any(route.destination == destination for route in others)
        if same or not all(whose is Standing.GONE for whose in standings):
            return foreign
    reason = f"{towards.state} and {table.id} has no route to {towards.named[id(destination)]}"
    given = towards.given
    made = CreateRoute(table.location, table.id, destination, pcx.id, reason=reason, consent=given)
    return (made,)
