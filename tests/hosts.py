"""The seed's two hosts, Seoul and Tokyo, and all around them, in words: `in 100 allow tcp/22 10.39.0.0/16`.

Without a change everything is routed, every ACL allows all, and both groups admit ping and SSH of the other
VPC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.ec2 import Location, PeeringStatus, Route, network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.network_acls import AclEntry, NetworkAcl
from peerkeeper.values.reachability import Answer, Hop
from peerkeeper.values.security_groups import GroupRule, SecurityGroup
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import traffic

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    table,
)

SEOUL_SUBNET, TOKYO_SUBNET = "subnet-0a39a39a39a39a311", "subnet-0b31b31b31b31b311"
NUMBERS = {"tcp": 6, "udp": 17, "icmp": 1, "icmpv6": 58, "all": -1}
ALL_IN_AND_OUT = ("in 100 allow all 0.0.0.0/0", "out 100 allow all 0.0.0.0/0")
PEER = {SEOUL: "172.31.0.0/16", TOKYO: "10.39.0.0/16"}


def end_of(where: Location, **changed: Any) -> Endpoint:
    seoul = where == SEOUL
    built = Endpoint(
        where,
        SEOUL_VPC if seoul else TOKYO_VPC,
        SEOUL_SUBNET if seoul else TOKYO_SUBNET,
        network("10.39.1.5/32" if seoul else "172.31.16.9/32"),
        ("sg-seoul",) if seoul else ("sg-tokyo",),
        interface_id="eni-seoul" if seoul else "eni-tokyo",
        subnet_network=network("10.39.1.0/24" if seoul else "172.31.16.0/20"),
    )
    return replace(built, **changed)


def subnet_of(where: Location, **changed: Any) -> Endpoint:
    whole = end_of(where).subnet_network
    ours = {"network": whole, "group_ids": None, "any_of_subnet": True, "interface_id": ""}
    return end_of(where, **{**ours, **changed})


def packets(words: str) -> tuple[int, int, int]:
    """`tcp/22-30`, `icmp/3/4`, `47` or `all` as protocol, first and last port (or type and code)."""
    name, *more = words.replace("-", "/").split("/")
    protocol = NUMBERS.get(name, int(name) if name.isdigit() else 0)
    first = int(more[0]) if more else -1
    if protocol in (1, 58):
        return protocol, first, int(more[1]) if len(more) > 1 else -1
    return protocol, first, int(more[-1]) if more else -1


def entry(words: str) -> AclEntry:
    way, number, action, what, cidr = words.split()
    protocol, first, last = packets(what)
    pair = None if first == -1 else (first, last)
    icmp = protocol in (1, 58)
    return AclEntry(
        32767 if number == "*" else int(number),
        way == "out",
        action == "allow",
        protocol,
        network(cidr),
        None if icmp else pair,
        pair if icmp else None,
    )


def acl(where: Location, *entries: str, **changed: Any) -> NetworkAcl:
    end = end_of(where)
    name = "acl-seoul" if where == SEOUL else "acl-tokyo"
    made = tuple(map(entry, entries))
    return replace(
        NetworkAcl(where, name, end.vpc_id, where.account_id, False, (end.subnet_id,), made),
        **changed,
    )


def rule(words: str) -> GroupRule:
    what, named, *status = words.split()
    built = GroupRule(*packets(what))
    if named.startswith("sg-"):
        return replace(built, group_id=named, peering_status=status[0] if status else "")
    if named.startswith("pl-"):
        return replace(built, prefix_list=named)
    return replace(built, network=network(named))


def group(where: Location, *rules: str, **changed: Any) -> SecurityGroup:
    end = end_of(where)
    ways = [
        tuple(rule(one.split(" ", 1)[1]) for one in rules if one.startswith(way))
        for way in ("in ", "out ")
    ]
    name = "sg-seoul" if where == SEOUL else "sg-tokyo"
    return replace(SecurityGroup(where, name, end.vpc_id, where.account_id, name, *ways), **changed)


def seed_group(where: Location) -> SecurityGroup:
    return group(where, f"in icmp {PEER[where]}", f"in tcp/22 {PEER[where]}", "out all 0.0.0.0/0")


@dataclass(frozen=True)
class Hosts:
    """Two ends, and all around them."""

    around: Surroundings
    seoul: Endpoint
    tokyo: Endpoint

    def ask(self, word: str = "icmp", *, from_tokyo: bool = False) -> Answer:
        ends = (self.tokyo, self.seoul) if from_tokyo else (self.seoul, self.tokyo)
        return judge(self.around, *ends, traffic(word))


def hosts(
    *,
    seoul: Endpoint | None = None,
    tokyo: Endpoint | None = None,
    routes: dict[Location, tuple[Route, ...]] | None = None,
    acls: tuple[NetworkAcl, ...] = (),
    groups: tuple[SecurityGroup, ...] = (),
    status: str = "active",
    **changed: Any,
) -> Hosts:
    """The two hosts. What is given takes the place of the seed's of that location."""
    led = {
        SEOUL: (route("172.31.0.0/16", PCX),),
        TOKYO: (route("10.39.0.0/16", PCX),),
        **(routes or {}),
    }
    given_acls = {one.location for one in acls}
    given_groups = {one.location for one in groups if one.id in ("sg-seoul", "sg-tokyo")}
    built = Surroundings(
        route_tables=tuple(table(where, *led[where]) for where in (SEOUL, TOKYO)),
        network_acls=(
            *acls,
            *(acl(where, *ALL_IN_AND_OUT) for where in (SEOUL, TOKYO) if where not in given_acls),
        ),
        security_groups=(
            *groups,
            *(seed_group(where) for where in (SEOUL, TOKYO) if where not in given_groups),
        ),
        peerings=(peering(SEOUL, PeeringStatus(status)),) if status else (),
        peerings_read_in=frozenset((SEOUL, TOKYO)),
    )
    return Hosts(replace(built, **changed), seoul or end_of(SEOUL), tokyo or end_of(TOKYO))


def shown(answer: Answer) -> list[str]:
    """The hops as one line each: `there route table passed`, and `!` behind one that is so in part."""
    return [line(hop) for hop in answer.hops]


def line(hop: Hop) -> str:
    way = "back" if hop.back else "there"
    return f"{way} {hop.kind.value}: {hop.state.value}{', in part' if hop.in_part else ''}"


def stopped(answer: Answer) -> dict[str, str]:
    """The hops that block, each with its rule."""
    return {f"{'back' if hop.back else 'there'} {hop.where}": hop.rule for hop in answer.blocking}
