"""Peerings of an estate: asked for, accepted, ended, long ago or just now. In: a random, VPCs. Out: a past.

fate      what people did
waits     asked
expires   asked eight days ago: it has expired, and EC2 still shows it
lives     asked and accepted
ends      asked, accepted, and deleted by either side
rejected  asked and rejected
starts    asked, or accepted, some seconds ago: it is being requested, or provisioned
stops     accepted, and deleted some seconds ago
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from simulator.destinations import KEY
from simulator.estates.drawn_vpcs import DrawnVpc
from simulator.estates.estate import DAY, HOUR, MINUTE, Past

FATES = (
    *("waits",) * 7,
    *("lives",) * 9,
    *("ends",) * 5,
    *("expires", "rejected", "starts", "stops"),
)
AGES = (10 * MINUTE, 3 * HOUR, 5 * DAY)
"""Within EC2's tombstones, after the short ones, after the long ones."""
APPROVED = ("true", "true", "true", "false")
STATUSES = ("held", "ok", "not-carrying", "telling", "expired")


@dataclass(frozen=True, slots=True)
class DrawnPeering:
    """A peering by its name, and when it could be routed, in seconds before now."""

    name: str
    requester: DrawnVpc
    accepter: DrawnVpc
    since: float
    until: float
    past: tuple[Past, ...]


def drawn_peerings(rng: random.Random, vpcs: list[DrawnVpc]) -> list[DrawnPeering]:
    """Return peerings of these VPCs, some of them reversed twins of others."""
    made: list[DrawnPeering] = []
    for _ in range(rng.randint(2, 2 * len(vpcs))):
        pair = rng.sample(vpcs, 2)
        if made and rng.random() < 0.1:
            twin = rng.choice(made)
            pair = [twin.accepter, twin.requester]
        made.append(_peering(rng, f"p{len(made) + 1}", pair[0], pair[1]))
    return made


def _peering(
    rng: random.Random, name: str, requester: DrawnVpc, accepter: DrawnVpc
) -> DrawnPeering:
    fate, ended = rng.choice(FATES), rng.choice(AGES)
    since, until = ended + DAY, 0.0
    multipath = (True,) if rng.random() < 0.04 else ()
    asked = ("request", name, requester.name, accepter.name, *multipath)
    steps: list[Past] = []
    match fate:
        case "waits":
            since = ended
            steps = [(since, asked)]
        case "expires":
            since = 8 * DAY
            steps = [(since, asked)]
        case "lives":
            steps = [(since, asked), (since - 30, ("accept", name))]
        case "ends" | "stops":
            until = 2.0 if fate == "stops" else ended
            gone = ("delete", name, rng.choice(("requester", "accepter")))
            steps = [(since, asked), (since - 30, ("accept", name)), (until, gone)]
        case "rejected":
            until = ended
            steps = [(since, asked), (until, ("reject", name))]
        case "starts":
            since = rng.choice((0.5, 30.0, 30.0))
            steps = [(since, asked)]
            steps += [(2.0, ("accept", name))] if since > 2 else []
    tags = [(max(since - 20, 0.0), step) for step in _tags(rng, name, requester, accepter)]
    if fate == "lives":
        tags += [(since - 60, step) for step in _resolves(rng, name)]
    return DrawnPeering(name, requester, accepter, since, until, (*steps, *tags))


def _tags(
    rng: random.Random, name: str, requester: DrawnVpc, accepter: DrawnVpc
) -> Iterator[tuple[Any, ...]]:
    for place in {requester.place: 0, accepter.place: 0}:
        if rng.random() < 0.15:
            yield ("tag", name, "peerkeeper:approved", rng.choice(APPROVED), place)
        if rng.random() < 0.1:
            yield ("tag", name, "peerkeeper:status", rng.choice(STATUSES), place)
        if rng.random() < 0.1:
            peer = accepter if place == requester.place else requester
            yield ("tag", name, KEY, rng.choice(["subnets", _part(peer), "all of it"]), place)


def _part(vpc: DrawnVpc) -> str:
    """Return a part of the VPC's first network, of four bits less."""
    return str(next(ip_network(vpc.cidrs[0]).subnets(4)))


def _resolves(rng: random.Random, name: str) -> Iterator[tuple[Any, ...]]:
    for side in ("Requester", "Accepter"):
        if rng.random() < 0.4:
            yield ("resolve", name, side)
