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

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


class WayBack(NamedTuple):
    """The peer's tables that should send replies into the peering, and those that do not."""

    tables: Sequence[RouteTable] = ()
    lacking: Sequence[RouteTable] = ()

    @property
    def lost(self) -> bool:
        """Tell whether no reply comes back at all."""
        return bool(self.lacking) and len(self.lacking) == len(self.tables)


def way_back(seen: Snapshot, side: OurSide, plan: Plan) -> WayBack:
    """Return what the peer's tables do with replies to our side."""
    pcx, peer = side.pcx, side.peer
    if not _leads(seen, side) or not seen.has_read_tables(peer.location, peer.vpc_id):
        return WayBack()
    tables = [
        table
        for table in seen.tables_of(peer.location, peer.vpc_id)
        if serves(table, seen) and takes_routes_to(table.tags, pcx.id, side.vpc.id)
    ]
    due = {
        one.route_table_id
        for one in plan.changes
        if isinstance(one, CreateRoute) and (one.location, one.pcx_id) == (peer.location, pcx.id)
    }
    lacking = [one for one in tables if not _comes_back(one, side) and one.id not in due]
    return WayBack(tables, lacking)


def one_way(side: OurSide, back: WayBack) -> Iterator[Finding]:
    """Yield a finding if replies to our side do not come back."""
    if back.lacking:
        pcx_id, peer = side.pcx.id, side.peer
        said = first_of((_instead(table, side) for table in back.lacking), MOST)
        words = (
            f"{side.vpc.id} sends packets to {peer.vpc_id} by {pcx_id}, and their replies do not come "
            f"back: in {peer.location} {said}"
        )
        yield Finding(Code.ONE_WAY, side.own.location, pcx_id, words, pcx_id)


def _leads(seen: Snapshot, side: OurSide) -> bool:
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
