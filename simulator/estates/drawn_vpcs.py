"""VPCs of an estate, with tables, subnets, ways out, DNS and consents. In: a random. Out: `DrawnVpc`s."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator.estates.estate import DAY, Past
from simulator.scenarios.scenario import GATEWAY, OURS, THEIRS, TRANSIT

LONG_AGO = 30 * DAY
PLACES = ("seoul",) * 4 + ("tokyo",) * 4 + ("abroad", "overseas")
NAT = "nat-0a39a39a39a39a391"
WAYS_OUT: tuple[tuple[str, str, str], ...] = (
    ("0.0.0.0/0", "GatewayId", GATEWAY),
    ("0.0.0.0/0", "GatewayId", GATEWAY),
    ("0.0.0.0/0", "NatGatewayId", NAT),
    ("0.0.0.0/0", "TransitGatewayId", TRANSIT),
    ("0.0.0.0/1", "GatewayId", GATEWAY),
)
EXEMPT = (("peerkeeper:exempt", "true"), ("peerkeeper:exempt", "false"), ("Peerkeeper:Exempt", ""))


@dataclass(frozen=True, slots=True)
class DrawnVpc:
    """A VPC by its name, and the names of what is in it."""

    name: str
    place: str
    cidrs: tuple[str, ...]
    tables: tuple[str, ...]
    past: list[Past] = field(default_factory=list)


def drawn_vpcs(rng: random.Random) -> list[DrawnVpc]:
    """Return three to eight VPCs in up to four locations."""
    made: list[DrawnVpc] = []
    for number in range(1, rng.randint(3, 8) + 1):
        made.append(_vpc(rng, number, made))
    return made


def _vpc(rng: random.Random, number: int, before: list[DrawnVpc]) -> DrawnVpc:
    name, place, cidr = f"v{number}", rng.choice(PLACES), _cidr(rng, number, before)
    steps: list[tuple[Any, ...]] = [("vpc", name, place, cidr)]
    cidrs = [cidr]
    if rng.random() < 0.2:
        cidrs.append(f"100.{64 + number}.0.0/16")
        steps.append(("cidr", name, cidrs[1]))
    tables = [f"{name}-main"]
    first, second, third, _ = cidr.split(".")
    for each in range(1, rng.randint(1, 4)):
        tables.append(f"{name}t{each}")
        steps.append(("table", tables[-1], name, f"{first}.{second}.{int(third) + each}.0/24"))
    subnets = [f"{table}-net" for table in tables[1:]]
    for each in range(rng.choice((0, 0, 1, 2))):
        subnets.append(f"{name}s{each}")
        steps.append(
            ("subnet", subnets[-1], name, f"{first}.{second}.{int(third) + 9 + each}.0/24")
        )
    steps += _ways_out(rng, tables)
    steps += _dns(rng, name)
    steps += [("public", subnet, True) for subnet in subnets if rng.random() < 0.4]
    steps += _consents(rng, name, [f"v{one}" for one in range(1, number + 3)])
    steps += [("tag", one, *rng.choice(EXEMPT)) for one in subnets if rng.random() < 0.05]
    return DrawnVpc(name, place, tuple(cidrs), tuple(tables), [(LONG_AGO, step) for step in steps])


def _cidr(rng: random.Random, number: int, before: list[DrawnVpc]) -> str:
    """Return a new network, as a rule, or one that another VPC has, in part or as a whole."""
    kind = rng.random()
    other = rng.choice(before).cidrs[0] if before else ""
    if other.endswith(".0.0/16"):
        if kind < 0.08:
            return other
        if kind < 0.13:
            return other.replace(".0.0/16", ".128.0/17")
    if kind > 0.96:
        return f"8.{number}.0.0/16"
    return f"172.{16 + number}.0.0/16" if kind > 0.9 else f"10.{number}.0.0/16"


def _ways_out(rng: random.Random, tables: list[str]) -> Iterator[tuple[Any, ...]]:
    for table in tables:
        if rng.random() < 0.4:
            yield ("route", table, *rng.choice(WAYS_OUT))
        if rng.random() < 0.03:
            yield ("edge", table, GATEWAY)


def _dns(rng: random.Random, name: str) -> Iterator[tuple[Any, ...]]:
    """EC2 turns hostnames off, and support on, in a VPC that somebody makes."""
    kind = rng.random()
    if kind < 0.45:
        yield ("dns", name, "EnableDnsHostnames", True)
    elif kind > 0.85:
        yield ("dns", name, "EnableDnsSupport", False)


def _consents(rng: random.Random, name: str, others: list[str]) -> Iterator[tuple[Any, ...]]:
    peers = ("self", "self", "self", OURS, THEIRS, f"{OURS} {THEIRS}", " ".join(others), "nonsense")
    if rng.random() < 0.85:
        yield ("tag", name, "peerkeeper:peers", rng.choice(peers))
    if rng.random() < 0.15:
        yield ("tag", name, "peerkeeper:peers-more", rng.choice((*peers, *others)))
    if rng.random() < 0.07:
        yield ("tag", name, *rng.choice(EXEMPT))
    for key, share in (("peerkeeper:dns", 0.2), ("peerkeeper:public-ip", 0.4)):
        if rng.random() < share:
            wish = rng.choice(("enforce", "enforce", "enforce", "leave", "Enforce"))
            yield ("tag", name, key, wish)
