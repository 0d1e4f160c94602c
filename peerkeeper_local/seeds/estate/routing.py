"""Who routes each peering, and in which tables. In: rows. Out: routes to peerings.

reach    the tables that get a route
all      those that a subnet uses
first    the first of them
main     only the main table
parts    those that a subnet uses; two parts of the peer's CIDR
none     none
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.make_peerings import Peerings
from peerkeeper_local.seeds.estate.places import FOREIGN
from peerkeeper_local.seeds.estate.row import Row
from peerkeeper_local.seeds.estate.vpc import MAIN, Vpc
from peerkeeper_local.seeds.estate.vpc_list import PODS, SHARED

NOT_BY_HAND = (PODS, SHARED)
"""Secondary CIDRs that several VPCs have: people do not route them."""
BOTH, THEIRS = ("all", "all"), ("none", "all")
REACH: dict[Kind, tuple[str, str]] = {
    **dict.fromkeys((Kind.HAND, Kind.HAND_PART), BOTH),
    **dict.fromkeys((Kind.BY_VPC, Kind.BY_ACCOUNT, Kind.BY_SELF), BOTH),
    **dict.fromkeys((Kind.BY_APPROVAL, Kind.EXEMPT, Kind.FOREIGN_HAND, Kind.FOREIGN_TAGGED), BOTH),
    **dict.fromkeys((Kind.STALE_DELETED, Kind.STALE_GONE, Kind.FOREIGN_ENDED), BOTH),
    **dict.fromkeys((Kind.COVERED_NAT, Kind.COVERED_TRANSIT, Kind.COVERED_INTERFACE), THEIRS),
    **dict.fromkeys((Kind.CONFLICT, Kind.BY_LIST, Kind.LIST_CONFLICT), THEIRS),
    **dict.fromkeys((Kind.NONE, Kind.CLAIMED_TWICE, Kind.CLAIMED_PART), THEIRS),
    **dict.fromkeys((Kind.CLAIM_HELD, Kind.DIVERTED, Kind.SURPLUS), BOTH),
    Kind.CLAIM_LOST: THEIRS,
    Kind.STALE_REJECTED: ("all", "none"),
    Kind.STALE_EXPIRED: ("all", "none"),
    Kind.HALF_SIDE: ("all", "none"),
    Kind.HALF_TABLE: ("all", "first"),
    Kind.HALF_MAIN: ("all", "main"),
    Kind.HALF_AGREED: ("none", "first"),
    Kind.NARROW: ("parts", "all"),
    Kind.REPORT: ("first", "all"),
    Kind.LISTED: THEIRS,
    Kind.TAG_FAULT: ("none", "all"),
}
"""The requester's reach, and the accepter's; only a kind with a row is routed."""


def route(peerings: Peerings, rows: Iterable[Row]) -> None:
    """Route each of them as its kind says. A foreign account routes its own side."""
    for row in rows:
        one, other = peerings.sides(row)
        reach, return_reach = REACH.get(row.kind, ("none", "none"))
        send_to(peerings, row, one, other, reach)
        send_to(peerings, row, other, one, return_reach)


def send_to(peerings: Peerings, row: Row, own: Vpc, peer: Vpc, reach: str) -> None:
    """Give the tables within `reach` a route to each CIDR of the peer that people route."""
    pcx = peerings.ids[row]
    foreign = own.plan.account in FOREIGN
    for table in tables(own, "all" if foreign and reach != "none" else reach):
        for cidr in destinations(peer, reach):
            peerings.hands.send(own, table, cidr, VpcPeeringConnectionId=pcx)


def tables(vpc: Vpc, reach: str) -> list[str]:
    """Return the tables within reach."""
    within = {"none": [], "first": vpc.used[:1], "main": [vpc.tables[MAIN]]}
    return within.get(reach, vpc.used)


def destinations(peer: Vpc, reach: str) -> list[str]:
    """Return the CIDRs that a table routes to the peer."""
    if reach == "parts":
        return [peer.plan.part(2), peer.plan.part(3)]
    return [cidr for cidr in peer.plan.cidrs if cidr not in NOT_BY_HAND]
