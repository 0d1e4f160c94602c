"""Routes of an estate: to its peerings, in their way, in prefix lists. In: a random, peerings. Out: a past.

    of each table of either side of a peering     share
    the whole network, routed to it               half
    parts of it alone, or beside the whole        some
    the network, a cover or a part, elsewhere     some
    a prefix list with it, to it or elsewhere     few
    a network that the peer does not have         few

EC2 refuses a second route to the same network, so the first one counts. It also refuses a route to a
peering that ended.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from simulator.estates.drawn_peerings import DrawnPeering
from simulator.estates.drawn_vpcs import LONG_AGO, NAT, DrawnVpc
from simulator.estates.estate import Past
from simulator.scenarios.scenario import GATEWAY, TRANSIT

ELSEWHERE = (
    ("TransitGatewayId", TRANSIT),
    ("GatewayId", GATEWAY),
    ("NatGatewayId", NAT),
)
TO_PEERING = "VpcPeeringConnectionId"
ROUTED = 40.0
"""Seconds after a request when its routes are made; it was accepted before."""
LIST_OF_AWS = "pl-63a5400a"


def drawn_routes(rng: random.Random, peerings: list[DrawnPeering]) -> Iterator[Past]:
    """Yield the routes of both sides of each peering."""
    for peering in peerings:
        when = max(peering.since - ROUTED, peering.until + 1.0)
        sides = (peering.requester, peering.accepter)
        for own, peer in (sides, sides[::-1]):
            style = rng.choice(("all", "all", "none", "mixed"))
            for table in own.tables:
                for cidr in peer.cidrs:
                    yield from ((when, step) for step in _to(rng, peering, table, cidr, style))
                    for step in _elsewhere(rng, table, cidr):
                        yield rng.choice((when - 1.0, LONG_AGO - 60)), step
                yield from _lists(rng, peering, own, table, peer, when)


def _to(
    rng: random.Random, peering: DrawnPeering, table: str, cidr: str, style: str
) -> Iterator[tuple[Any, ...]]:
    kind = rng.random()
    if style == "all" or (style == "mixed" and kind < 0.6):
        yield ("route", table, cidr, TO_PEERING, peering.name)
    if style == "mixed" and 0.5 < kind < 0.85:
        for part in rng.sample(parts_of(cidr), rng.randint(1, 2)):
            yield ("route", table, part, TO_PEERING, peering.name)
    if style == "mixed" and kind > 0.95:
        yield ("route", table, "10.250.0.0/16", TO_PEERING, peering.name)


def _elsewhere(rng: random.Random, table: str, cidr: str) -> Iterator[tuple[Any, ...]]:
    kind, way = rng.random(), rng.choice(ELSEWHERE)
    if kind < 0.03:
        yield ("route", table, cidr, *way)
    elif kind < 0.05:
        yield ("route", table, "10.0.0.0/8", *way)
    elif kind < 0.08:
        yield ("route", table, rng.choice(parts_of(cidr)), *way)


def _lists(
    rng: random.Random,
    peering: DrawnPeering,
    own: DrawnVpc,
    table: str,
    peer: DrawnVpc,
    when: float,
) -> Iterator[Past]:
    kind, listed = rng.random(), f"list of {table} for {peering.name}"
    way = rng.choice(((TO_PEERING, peering.name), *ELSEWHERE))
    if kind < 0.04:
        cidrs = rng.choice((peer.cidrs, parts_of(peer.cidrs[0])[:1], ("10.0.0.0/8",)))
        yield when, ("list", listed, own.place, *cidrs)
        yield when, ("list_route", table, listed, *way)
    elif kind < 0.055:
        yield when, ("list_route", table, LIST_OF_AWS, *rng.choice(ELSEWHERE))


def parts_of(cidr: str) -> list[str]:
    """Return four parts of a network of /16 or /17."""
    first, second, third, _ = cidr.split(".")
    return [f"{first}.{second}.{int(third) + n}.0/24" for n in (1, 7)] + [
        f"{first}.{second}.{int(third) + n}.0/19" for n in (32, 64)
    ]
