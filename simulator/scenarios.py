"""World shapes and operator scripts, and the grid of scenarios that they make.

In: nothing. Out: scenarios: what there is at the start, and what people then do. Steps are plain values, as
`Hands` does them: (seconds since the step before, verb, arguments).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Step: TypeAlias = tuple[Any, ...]
SELF = ("peerkeeper:peers", "self")
A, B, C = "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"
EXTRA = "100.64.0.0/16"
OURS, THEIRS = "111122223333", "444455556666"
EVERYWHERE = (
    ("Mode", "full"),
    ("EnforceIn", "all"),
    ("SubnetPublicIp", "match-internet-route"),
)
"""Parameters of most scenarios: settings reach every VPC, so that there is much to do wrong."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A start, a script, and the deployment's parameters."""

    name: str
    start: tuple[Step, ...]
    script: tuple[Step, ...]
    parameters: tuple[tuple[str, str], ...] = EVERYWHERE
    age: float = 0.0
    """Seconds between the making of the start and now: tombstones come and go."""


def _pair(b_place: str, b_cidr: str = B) -> tuple[Step, ...]:
    return ((0, "vpc", "a", "seoul", A), (0, "vpc", "b", b_place, b_cidr))


BOTH = ((0, "tag", "a", *SELF), (0, "tag", "b", *SELF))
FOREIGN = (*EVERYWHERE, ("AllowedAccounts", f"{OURS},{THEIRS}"))
TRIO = ((0, "vpc", "c", "tokyo", C), (0, "tag", "c", *SELF))

SHAPES: dict[str, tuple[tuple[Step, ...], tuple[tuple[str, str], ...]]] = {
    "two-regions": ((*_pair("tokyo"), *BOTH), ()),
    "one-region": ((*_pair("seoul"), *BOTH), ()),
    "one-region-nobody-agrees": ((*_pair("seoul"),), ()),
    "accepter-agrees": ((*_pair("tokyo"), BOTH[1]), ()),
    "requester-agrees": ((*_pair("tokyo"), BOTH[0]), ()),
    "nobody-agrees": ((*_pair("tokyo"),), ()),
    "by-account-id": (
        (
            *_pair("tokyo"),
            (0, "tag", "a", SELF[0], OURS),
            (0, "tag", "b", "peerkeeper:peers-x", OURS),
        ),
        (),
    ),
    "foreign-accepter": ((*_pair("abroad"), (0, "tag", "a", SELF[0], THEIRS)), FOREIGN),
    "foreign-stranger": ((*_pair("abroad"), (0, "tag", "a", SELF[0], THEIRS)), ()),
    "overlapping": ((*_pair("tokyo", "10.1.128.0/17"), *BOTH), ()),
    "outside": ((*_pair("tokyo", "8.8.0.0/16"), *BOTH), ()),
    "two-tables": (
        (
            *_pair("tokyo"),
            *BOTH,
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "table", "b2", "b", "10.2.1.0/24"),
        ),
        (),
    ),
    "route-in-the-way": (
        (*_pair("tokyo"), *BOTH, (0, "route", "a-main", B, "GatewayId", "igw-0a39a39a39a39a391")),
        (),
    ),
    "covered": (
        (
            *_pair("tokyo"),
            *BOTH,
            (0, "route", "b-main", "10.0.0.0/8", "TransitGatewayId", "tgw-0a39a39a39a39a391"),
        ),
        (),
    ),
    "covered-and-allowed": (
        (
            *_pair("tokyo"),
            *BOTH,
            (0, "route", "b-main", "10.0.0.0/8", "TransitGatewayId", "tgw-0a39a39a39a39a391"),
        ),
        (*EVERYWHERE, ("AllowMoreSpecificThan", "10.0.0.0/8")),
    ),
    "no-routes-tag": (
        (*_pair("tokyo"), *BOTH, (0, "tag", "a-main", "peerkeeper:routes", "none")),
        (),
    ),
    "exempt": ((*_pair("tokyo"), *BOTH, (0, "tag", "b", "peerkeeper:exempt", "true")), ()),
    "edge-table": (
        (
            *_pair("tokyo"),
            *BOTH,
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "edge", "a2", "igw-0a39a39a39a39a391"),
        ),
        (),
    ),
    "internet": (
        (
            *_pair("tokyo"),
            *BOTH,
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "route", "a2", "0.0.0.0/0", "GatewayId", "igw-0a39a39a39a39a391"),
            (0, "subnet", "s", "a", "10.1.2.0/24"),
            (0, "public", "s", True),
        ),
        (),
    ),
    "three": ((*_pair("tokyo"), *BOTH, *TRIO), ()),
    "three-same-cidr": (
        (*_pair("tokyo"), *BOTH, (0, "vpc", "c", "tokyo", B), (0, "tag", "c", *SELF)),
        (),
    ),
    "secondary": ((*_pair("tokyo"), (0, "cidr", "b", EXTRA), *BOTH), ()),
    "leave": (
        (*_pair("tokyo"), *BOTH),
        (*EVERYWHERE, ("VpcDns", "leave"), ("SubnetPublicIp", "leave")),
    ),
    "never-public": ((*_pair("tokyo"), *BOTH), (*EVERYWHERE, ("SubnetPublicIp", "never"))),
    "off-where-private": (
        (*_pair("tokyo"), *BOTH),
        (*EVERYWHERE, ("SubnetPublicIp", "off-where-private")),
    ),
    "by-default": ((*_pair("tokyo"), *BOTH), (("Mode", "full"),)),
    "by-consent": (
        (
            *_pair("tokyo"),
            *BOTH,
            (0, "tag", "a", "peerkeeper:public-ip", "enforce"),
            (0, "tag", "b", "peerkeeper:dns", "leave"),
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "route", "a2", "0.0.0.0/0", "GatewayId", "igw-0a39a39a39a39a391"),
            (0, "subnet", "t", "b", "10.2.2.0/24"),
            (0, "public", "t", True),
        ),
        (("Mode", "full"), ("SubnetPublicIp", "match-internet-route")),
    ),
    "add-only": ((*_pair("tokyo"), *BOTH), (*EVERYWHERE, ("Mode", "add-only"))),
    "observe": ((*_pair("tokyo"), *BOTH), (*EVERYWHERE, ("Mode", "observe"))),
}

PEERED = ((0, "request", "ab", "a", "b"), (5, "accept", "ab"))


def _stale(how: str) -> tuple[Step, ...]:
    """A peering that is gone, and the routes that nobody took away."""
    return (
        *PEERED,
        (10, "route", "a-main", B, "VpcPeeringConnectionId", "ab"),
        (0, "route", "b-main", A, "VpcPeeringConnectionId", "ab"),
        (10, "delete", "ab", how),
    )


def _many(count: int) -> tuple[Step, ...]:
    """So many routes to peerings that are long gone, in one table."""
    made: list[Step] = []
    for n in range(count):
        made += [
            (0, "vpc", f"x{n}", "tokyo", f"10.{100 + n}.0.0/16"),
            (0, "request", f"ax{n}", "a", f"x{n}"),
            (2, "accept", f"ax{n}"),
            (10, "route", "a-main", f"10.{100 + n}.0.0/16", "VpcPeeringConnectionId", f"ax{n}"),
            (0, "delete", f"ax{n}"),
        ]
    return tuple(made)


DAYS = 3 * 24 * 3600.0
STARTS: dict[str, tuple[tuple[Step, ...], float]] = {
    "": ((), 0.0),
    "peered": (PEERED, 60.0),
    "stale": (_stale("requester"), 60.0),
    "stale-purged": (_stale("requester"), DAYS),
    "absent-two": (_many(2), DAYS),
    "absent-three": (_many(3), DAYS),
}

SCRIPTS: dict[str, tuple[Step, ...]] = {
    "request": ((1, "request", "ab", "a", "b"),),
    "request-back": ((1, "request", "ba", "b", "a"),),
    "request-and-accept": ((1, "request", "ab", "a", "b"), (5, "accept", "ab")),
    "request-and-withdraw": ((1, "request", "ab", "a", "b"), (4, "delete", "ab")),
    "request-and-reject": ((1, "request", "ab", "a", "b"), (3, "reject", "ab")),
    "agree-late": (
        (1, "request", "ab", "a", "b"),
        (40, "tag", "b", *SELF),
        (30, "tag", "a", *SELF),
    ),
    "approve-the-peering": (
        (1, "request", "ab", "a", "b"),
        (20, "tag", "ab", "peerkeeper:approved", "true", "tokyo"),
    ),
    "withdraw-consent": ((1, "request", "ab", "a", "b"), (2, "untag", "b", SELF[0])),
    "delete": ((1, "request", "ab", "a", "b"), (60, "delete", "ab")),
    "delete-by-accepter": ((1, "request", "ab", "a", "b"), (60, "delete", "ab", "accepter")),
    "delete-and-again": (
        (1, "request", "ab", "a", "b"),
        (60, "delete", "ab"),
        (8, "request", "ab2", "a", "b"),
    ),
    "second-network": ((1, "request", "ab", "a", "b"), (30, "cidr", "b", EXTRA)),
    "network-leaves": (
        (1, "cidr", "b", EXTRA),
        (1, "request", "ab", "a", "b"),
        (40, "uncidr", "b", EXTRA),
    ),
    "route-deleted": ((1, "request", "ab", "a", "b"), (50, "unroute", "b-main", A)),
    "new-table": ((1, "request", "ab", "a", "b"), (30, "table", "b9", "b", "10.2.9.0/24")),
    "dns-off": ((1, "request", "ab", "a", "b"), (50, "dns", "a", "EnableDnsHostnames", False)),
    "dns-support-off": (
        (1, "dns", "a", "EnableDnsHostnames", False),
        (0, "dns", "a", "EnableDnsSupport", False),
        (3, "request", "ab", "a", "b"),
    ),
    "new-vpc": ((1, "vpc", "d", "seoul", "10.7.0.0/16"), (2, "subnet", "d1", "d", "10.7.1.0/24")),
    "public": ((1, "subnet", "p", "a", "10.1.7.0/24"), (2, "public", "p", True)),
    "both-ways": ((1, "request", "ab", "a", "b"), (1, "request", "ba", "b", "a")),
    "approve-itself": (
        (1, "request", "ab", "a", "b"),
        (0, "tag", "ab", "peerkeeper:approved", "true"),
    ),
    "consent-withdrawn-and-again": (
        (1, "request", "ab", "a", "b"),
        (40, "untag", "b", SELF[0]),
        (5, "delete", "ab"),
        (8, "request", "ab2", "a", "b"),
    ),
    "vpc-deleted": (
        (1, "request", "ab", "a", "b"),
        (40, "delete", "ab"),
        (6, "drop", "b"),
    ),
    "table-leaves": (
        (1, "request", "ab", "a", "b"),
        (2, "table", "b9", "b", "10.2.9.0/24"),
        (30, "unserve", "b9"),
    ),
    "multipath": ((1, "request", "ab", "a", "b", True),),
    "all-tags-gone": (
        (1, "request", "ab", "a", "b"),
        (40, "untag", "b"),
        (5, "unroute", "b-main", A),
    ),
    "exempt-late": ((1, "request", "ab", "a", "b"), (3, "tag", "b", "peerkeeper:exempt", "true")),
    "nothing": ((1, "subnet", "q", "a", "10.1.8.0/24"),),
}
THREE = {
    "two-peers": ((1, "request", "ab", "a", "b"), (2, "request", "ac", "a", "c")),
    "two-peers-one-leaves": (
        (1, "request", "ab", "a", "b"),
        (2, "request", "ac", "a", "c"),
        (60, "delete", "ab"),
    ),
}


def grid() -> Iterator[Scenario]:
    """Yield every scenario: each script on each shape, and on each start in the plain shapes."""
    for shape, (start, parameters) in SHAPES.items():
        scripts = {**SCRIPTS, **THREE} if shape.startswith("three") else SCRIPTS
        for script, steps in scripts.items():
            name = f"{shape}/{script}"
            yield Scenario(name, start, steps, parameters or EVERYWHERE, 60.0)
    for shape in ("two-regions", "one-region", "foreign-accepter", "exempt", "add-only", "observe"):
        start, parameters = SHAPES[shape]
        for history, (before, age) in STARTS.items():
            for script in ("request", "delete", "nothing", "request-and-accept") if history else ():
                yield Scenario(
                    f"{shape}+{history}/{script}",
                    (*start, *before),
                    SCRIPTS[script],
                    parameters or EVERYWHERE,
                    age,
                )
    many = (*SHAPES["two-regions"][0], *_many(12))
    for count in (2, 3):
        override = ("DeleteOverride", f"{OURS}/ap-northeast-2={count}")
        yield Scenario(
            f"two-regions+absent-three/override-{count}",
            (*SHAPES["two-regions"][0], *_many(3)),
            SCRIPTS["nothing"],
            (*EVERYWHERE, override),
            DAYS,
        )
    yield Scenario("two-regions+absent-twelve/nothing", many, SCRIPTS["nothing"], age=DAYS)


SCENARIOS = tuple(grid())
WITH_A_PAST = tuple(scenario for scenario in SCENARIOS if "+" in scenario.name)
TRAPS = tuple(
    scenario
    for scenario in SCENARIOS
    if scenario.name
    in (
        "one-region-nobody-agrees/approve-itself",
        "outside/request-and-accept",
        "secondary/request",
        "two-regions/consent-withdrawn-and-again",
        "two-regions/delete-and-again",
        "two-regions+absent-three/nothing",
        "two-regions+stale-purged/nothing",
        "exempt+stale/nothing",
    )
)
"""Scenarios in which one mistake is enough."""
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
