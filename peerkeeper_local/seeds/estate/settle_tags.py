"""Tags and options that need ids, or a live peering. In: peerings. Out: tags, DNS options."""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.make_peerings import Peerings
from peerkeeper_local.seeds.estate.row import Row
from peerkeeper_local.seeds.estate.rows import AGREED, COMMERCE
from peerkeeper_local.seeds.estate.vpc import Vpc

APPROVED = {"peerkeeper:approved": "true"}
MISSPELT = {"peerkeeper:approved": "yes"}
WITHOUT_DNS = (Kind.UNROUTED, Kind.HALF_AGREED, Kind.REPLACED)
DNS_BOTH = tuple(kind for kind in AGREED if kind not in WITHOUT_DNS)
EVERY = 3
"""Every third peering routed by hand has DNS resolution on, only at the requester's side."""


def agree(peerings: Peerings, rows: Iterable[Row]) -> None:
    """Tag VPCs, peerings and tables by ids, right and wrong."""
    hands = peerings.hands
    for key in COMMERCE:
        others = " ".join(hands.vpcs[each].id for each in COMMERCE if each != key)
        hands.tag(hands.vpcs[key], hands.vpcs[key].id, tags={"peerkeeper:peers": others})
    for row in rows:
        if row.kind is Kind.BY_APPROVAL:
            for side in peerings.sides(row):
                hands.tag(side, peerings.ids[row], tags=APPROVED)
        if row.kind is Kind.TAG_FAULT and row.one == "games":
            hands.tag(peerings.sides(row)[0], peerings.ids[row], tags=MISSPELT)
    _tables(peerings)


def _tables(peerings: Peerings) -> None:
    """Tag route tables with what Peerkeeper may do in them."""
    hands = peerings.hands
    listed = " ".join(peerings.kinds[Kind.LISTED][:2])
    for key, said in {
        "terraform-network": "report",
        "terraform-data": "report",
        "vault": "none",
        "backup": listed,
        "archive": "off",
    }.items():
        vpc = hands.vpcs[key]
        terraform = {"ManagedBy": "terraform"} if said == "report" else {}
        hands.tag(vpc, *vpc.used, tags={"peerkeeper:routes": said, **terraform})


def resolve(peerings: Peerings, rows: Iterable[Row]) -> None:
    """Turn DNS resolution on: on each side that can of the agreed and routed, on one of some others."""
    by_hand = [row for row in rows if row.kind is Kind.HAND]
    for row in by_hand[::EVERY]:
        _option(peerings, row, *peerings.sides(row)[:1])
    for row in rows:
        if row.kind in DNS_BOTH:
            _option(peerings, row, *peerings.sides(row))


def _option(peerings: Peerings, row: Row, *sides: Vpc) -> None:
    one, _ = peerings.sides(row)
    for side in sides:
        if not side.plan.host_names:
            continue
        name = "Requester" if side is one else "Accepter"
        peerings.hands.at(side.plan).modify_vpc_peering_connection_options(
            VpcPeeringConnectionId=peerings.ids[row],
            **{f"{name}PeeringConnectionOptions": {"AllowDnsResolutionFromRemoteVpc": True}},
        )
        peerings.resolving.append(peerings.ids[row])
