"""Peerings that our side routes and the peer's side does not: packets leave, and no reply comes back.

In: the snapshot, our sides, what is planned. Out: `Finding(one-way-route)`s.

    our side        the peer's tables, where subnets use them                  verdict
    has no route    any                                                        nothing: no packet leaves
    routes          were not all read                                          nothing
    routes          each has a route into the peering, for some of our         nothing
                    addresses
    routes          one has none, and its tags keep this peering out of it     nothing: its owner's choice
    routes          one has none, and the plan makes one                       nothing: the route is due
    routes          any other                                                  the finding names these tables

A route to a part of our networks counts: it may be all that the peer wants of us. A subnet without its own
table uses the main one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.planning.plan import Plan
from peerkeeper.planning.serving_tables import serves
from peerkeeper.planning.side_reach.sides import OurSide
from peerkeeper.planning.winning_route import winning
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import RouteTable, overlap
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import takes_routes_to

MOST = 3
"""Tables that a finding names; it says how many there are."""


def one_way(seen: Snapshot, sides: Iterable[OurSide], plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each of our sides whose replies do not come back."""
    due = {
        (one.location, one.route_table_id, one.pcx_id)
        for one in plan.changes
        if isinstance(one, CreateRoute)
    }
    for side in sides:
        pcx, peer = side.pcx, side.peer
        if not leads(seen, side) or not seen.has_read_tables(peer.location, peer.vpc_id):
            continue
        lacking = [
            table
            for table in seen.tables_of(peer.location, peer.vpc_id)
            if serves(table, seen)
            and takes_routes_to(table.tags, pcx.id, side.vpc.id)
            and not _comes_back(table, side)
            and (table.location, table.id, pcx.id) not in due
        ]
        if lacking:
            said = first_of((_instead(table, side) for table in lacking), MOST)
            words = (
                f"{side.vpc.id} sends packets to {peer.vpc_id} by {pcx.id}, and their replies do not come "
                f"back: in {peer.location} {said}"
            )
            yield Finding(Code.ONE_WAY, side.own.location, pcx.id, words, pcx.id)


def leads(seen: Snapshot, side: OurSide) -> bool:
    """Tell whether a table of our VPC that a subnet uses has a live route into the peering."""
    tables = seen.tables_of(*side.key)
    return any(_routes(table, side.pcx.id) and serves(table, seen) for table in tables)


def _routes(table: RouteTable, pcx_id: str) -> bool:
    return any(not route.blackhole for route in table.routes_to(pcx_id))


def _comes_back(table: RouteTable, side: OurSide) -> bool:
    """Tell whether a live route leads into the peering for some of our addresses, or by an unknown list."""
    live = (route for route in table.routes_to(side.pcx.id) if not route.blackhole)
    return any(
        not route.destination or any(overlap(route.destination, own) for own in side.vpc.cidrs)
        for route in live
    )


def _instead(table: RouteTable, side: OurSide) -> str:
    """Return where the table sends the replies."""
    network = side.vpc.cidrs[0]
    winner = winning(table, network)
    if not winner or winner.blackhole:
        return f"{table.id} has no live route to {network}"
    return f"{table.id} sends {network} to {winner.target or 'another target'}"
