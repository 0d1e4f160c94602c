"""Hypothesis strategies: two ends, and around them tables, ACLs, groups, peerings and lists of any kind.

Networks, ports and ids come from few values, so that rules meet, overlap and miss each other often. The parts
of a world come from pools with a fixed seed, the simplest first: a draw is cheap, a counterexample simple.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st
from peerkeeper.values.ec2 import (
    Location,
    PeeringConnection,
    PeeringStatus,
    PrefixList,
    Route,
    RouteTable,
    Side,
    network,
)
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.network_acls import AclEntry, NetworkAcl
from peerkeeper.values.security_groups import GroupRule, SecurityGroup
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import Protocol, Traffic

T = TypeVar("T")
HERE, THERE = Location("111122223333", "eu-west-1"), Location("444455556666", "eu-west-1")
FAR = Location("444455556666", "us-east-1")
PORTS = (0, 22, 80, 1023, 1024, 32767, 32768, 40000, 49151, 49152, 60999, 61000, 65535)
WIDE = ("0.0.0.0/0", "10.0.0.0/8", "::/0", "fd00::/8")
OF_VPCS = ("10.1.0.0/16", "10.2.0.0/16", "fd00:1::/64", "fd00:2::/64")
NARROW = (
    *("10.1.1.0/24", "10.2.1.0/24", "10.1.1.0/25", "10.1.1.5/32", "10.2.1.128/25", "10.2.1.7/32"),
    *("10.2.1.0/28", "fd00:1::5/128", "fd00:2::7/128", "fd00:1::/120", "fd00:2::/126"),
)
NETWORKS = tuple(map(network, (*WIDE, *WIDE, *OF_VPCS, *NARROW)))
HOSTS = {4: ("10.1.1.5/32", "10.2.1.7/32"), 6: ("fd00:1::5/128", "fd00:2::7/128")}
SUBNETS = {4: ("10.1.1.0/24", "10.2.1.0/24"), 6: ("fd00:1::/122", "fd00:2::/122")}
GROUPS = ("sg-a", "sg-b", "sg-c", "sg-d")
LISTS = ("pl-1", "pl-2")
PEERINGS = ("pcx-1", "pcx-2", "pcx-3")
TARGETS = ("pcx-1", *PEERINGS, "local", "igw-1", "nat-1", "tgw-1", "eni-9", "")
ICMP = ((-1, -1), (8, -1), (8, 0), (0, 0), (0, -1), (3, 4), (128, 0), (129, 0), (255, 255))
PROTOCOLS = (-1, -1, 6, 6, 6, 17, 17, 1, 58, 47)
ALL_OPEN = tuple(
    AclEntry(0, egress, True, -1, network(cidr)) for egress in (True, False) for cidr in WIDE[::2]
)


class World(NamedTuple):
    """A question and all around it."""

    around: Surroundings
    source: Endpoint
    target: Endpoint
    traffic: Traffic


def span(dice: Random) -> tuple[int, int]:
    first, last = sorted(dice.choices(PORTS, k=2))
    return first, last


def an_entry(dice: Random) -> AclEntry:
    protocol = dice.choice(PROTOCOLS)
    ports = span(dice) if protocol in (6, 17, -1) and dice.random() < 0.7 else None
    icmp = dice.choice(ICMP) if protocol in (1, 58) else None
    allow = dice.random() < 0.6
    return AclEntry(0, dice.random() < 0.5, allow, protocol, dice.choice(NETWORKS), ports, icmp)


def some_entries(dice: Random) -> tuple[AclEntry, ...]:
    """Entries of an ACL, which mostly ends with one that allows all."""
    drawn = [an_entry(dice) for _ in range(dice.choice((0, 0, 0, 1, 2, 3, 6)))]
    if dice.random() < 0.3:  # some client ports are closed to all
        last = dice.choice((32767, 40000, 49151))
        ports = dice.choice(((1024, last), (last + 1, 65535), (61000, 65535)))
        closed = AclEntry(0, dice.random() < 0.5, False, dice.choice((6, 17)), NETWORKS[0], ports)
        drawn.append(closed)
    drawn += ALL_OPEN if dice.random() < 0.85 else ()
    return tuple(replace(entry, number=10 * n + 5) for n, entry in enumerate(drawn))


def a_rule(dice: Random) -> GroupRule:
    protocol = dice.choice(PROTOCOLS)
    pair = (-1, -1)
    if protocol in (6, 17):
        pair = span(dice)
    elif protocol in (1, 58):
        pair = dice.choice(ICMP)
    kind = dice.choice(("cidr", "cidr", "list", "group"))
    if kind == "cidr":
        return GroupRule(protocol, *pair, network=dice.choice(NETWORKS))
    if kind == "list":
        return GroupRule(protocol, *pair, prefix_list=dice.choice(LISTS))
    status = dice.choice(("", "active", "deleted"))
    return GroupRule(protocol, *pair, group_id=dice.choice(GROUPS), peering_status=status)


def some_rules(dice: Random) -> tuple[GroupRule, ...]:
    """Rules of one direction, which are often open to all."""
    open_ = tuple(GroupRule(-1, network=network(cidr)) for cidr in WIDE[::2])
    return (
        *(a_rule(dice) for _ in range(dice.randrange(4))),
        *(open_ if dice.random() < 0.6 else ()),
    )


def a_route(dice: Random) -> Route:
    target = dice.choice(TARGETS)
    more = {"blackhole": dice.random() < 0.1, "odd": dice.random() < 0.05}
    if dice.random() < 0.25:
        return Route(None, target, static=False, prefix_list=dice.choice(LISTS), **more)
    return Route(dice.choice(NETWORKS), target, static=dice.random() < 0.8, **more)


def some_routes(dice: Random) -> tuple[Route, ...]:
    """Routes of a table, once for each destination; mostly all lead into the first peering."""
    drawn = [a_route(dice) for _ in range(dice.choice((0, 0, 0, 1, 2, 4)))]
    if dice.random() < 0.8:
        drawn += [Route(network(cidr), "pcx-1") for cidr in ("10.0.0.0/8", "fd00::/8")]
    return tuple({(one.destination or one.prefix_list, one.static): one for one in drawn}.values())


def some_networks(dice: Random):
    return tuple(dice.sample(NETWORKS[8:], dice.randrange(3)))


def pool(
    make: Callable[[Random], tuple[T, ...]], size: int, first: Callable[[T], object] = bool
) -> st.SearchStrategy[tuple[T, ...]]:
    """The simplest first: the shortest of those that let all through, as their last member shows."""
    dice = Random(make.__name__)
    made = [make(dice) for _ in range(size)]
    made.sort(key=lambda one: (not (one and first(one[-1])), len(one)))
    return st.sampled_from(made)


ENTRIES = pool(some_entries, 4000, lambda entry: entry.network == network("::/0"))
RULES = pool(some_rules, 2000, lambda rule: rule.network == network("::/0"))
ROUTES = pool(some_routes, 4000, lambda route: route.destination == network("fd00::/8"))
MEMBERS = pool(some_networks, 200)
WORDS = [Traffic(Protocol.ICMP), Traffic(Protocol.ALL)] * 6 + [
    Traffic(protocol, first, last)
    for protocol in (Protocol.TCP, Protocol.UDP)
    for n, first in enumerate(PORTS)
    for last in PORTS[n:]
    if last - first in range(100) or n % 3 == 0
]
mostly = st.integers(0, 19).map(bool)


@st.composite
def peerings(draw: st.DrawFn, one: Side, other: Side) -> tuple[PeeringConnection, ...]:
    """Peerings of the two VPCs in either direction, and one of a third VPC."""
    found = []
    for pcx_id in draw(st.sampled_from((PEERINGS[:1], PEERINGS[:1], PEERINGS, PEERINGS[1:], ()))):
        sides = [one, other] if draw(st.booleans()) else [other, one]
        sides = [Side(HERE, "vpc-z"), other] if pcx_id == "pcx-3" else sides
        active = draw(st.integers(0, 3))
        status = PeeringStatus.ACTIVE if active else draw(st.sampled_from(PeeringStatus))
        found.append(PeeringConnection(HERE, pcx_id, status, *sides))
    return tuple(found)


@st.composite
def ends(
    draw: st.DrawFn, version: int, number: int, where: Location, vpc: str, subnet: str
) -> Endpoint:
    whole = network(SUBNETS[version][number])
    if draw(st.integers(0, 2)) == 0:
        return Endpoint(where, vpc, subnet, whole, any_of_subnet=True, subnet_network=whole)
    ids = draw(st.sampled_from((GROUPS[:1], GROUPS[:2], GROUPS[1:2], GROUPS[2:], None)))
    host = network(HOSTS[version][number])
    return Endpoint(
        where, vpc, subnet, host, ids, interface_id=f"eni-{number}", subnet_network=whole
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two VPCs, mostly; sometimes one, sometimes one subnet."""
    version = draw(st.sampled_from((4, 4, 6)))
    there = draw(st.sampled_from((HERE, THERE, FAR)))
    one, other = (HERE, "vpc-1", "subnet-1"), (there, "vpc-2", "subnet-2")
    if draw(st.integers(0, 7)) == 0:
        other = (HERE, "vpc-1", draw(st.sampled_from(("subnet-1", "subnet-2"))))
    one_vpc = one[:2] == other[:2]
    places = list(dict.fromkeys((one, other)))
    locations = list(dict.fromkeys((HERE, there)))
    around = Surroundings(
        tuple(_table(draw, n, one_vpc, *place) for n, place in enumerate(places) if draw(mostly)),
        tuple(
            NetworkAcl(place[0], f"acl-{place[2]}", place[1], "", False, place[2:], draw(ENTRIES))
            for place in places
            if draw(mostly)
        ),
        tuple(
            SecurityGroup(where, group_id, "", "", "", draw(RULES), draw(RULES))
            for where in locations
            for group_id in GROUPS
            if draw(mostly)
        ),
        draw(peerings(Side(*one[:2]), Side(*other[:2]))) if not one_vpc else (),
        tuple(
            PrefixList(where, list_id, draw(MEMBERS), draw(st.integers(0, 4)) == 0)
            for where in locations
            for list_id in LISTS
            if draw(st.integers(0, 3))
        ),
        frozenset(where for where in locations if draw(mostly)),
    )
    source, target = draw(ends(version, 0, *one)), draw(ends(version, 1, *other))
    return World(around, source, target, draw(st.sampled_from(WORDS)))


def _table(
    draw: st.DrawFn, number: int, one_vpc: bool, where: Location, vpc_id: str, subnet_id: str
) -> RouteTable:
    own = (one_vpc and bool(number)) or draw(st.booleans())
    of_vpc = OF_VPCS if one_vpc else (OF_VPCS[number], OF_VPCS[number + 2])
    local = [Route(network(cidr), "local", static=False) for cidr in of_vpc]
    return RouteTable(
        where,
        f"rtb-{number}",
        vpc_id,
        where.account_id,
        main=not own,
        subnet_ids=(subnet_id,) if own else (),
        routes=(*draw(ROUTES), *local),
    )
