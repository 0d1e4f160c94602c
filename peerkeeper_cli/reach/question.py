"""One question to the judge, or one for each pair of points. In: ends, surroundings. Out: `Way`. Pure.

| the ends                       | what is judged                                                     |
|--------------------------------|--------------------------------------------------------------------|
| an address                     | this address                                                       |
| an interface, an instance      | the first address of each interface, of the family that both have  |
| a subnet, a VPC                | each network of that family; no security group of this end         |

IPv4 is asked about where both ends have it, else IPv6. The answers of all pairs together:

| answers of the pairs           | together |
|--------------------------------|----------|
| one is blocked                 | blocked  |
| none is, and one is unknown    | unknown  |
| all reach                      | reaches  |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.matrix import matrix
from peerkeeper.planning.reachability.suppose import accepted_and_routed
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Answer, HopKind, Verdict
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import Traffic

from peerkeeper_cli.reach.end import End
from peerkeeper_cli.reach.word import Kind

ORDER = (Verdict.BLOCKED, Verdict.UNKNOWN, Verdict.REACHES)
"""The worst first."""
MISSING = frozenset({HopKind.PEERING, HopKind.ROUTE})
"""The hops that an accepted and routed peering opens."""

Pair = tuple[Endpoint, Endpoint]


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, and the pairs that share it."""

    answer: Answer
    pairs: tuple[Pair, ...]
    once_routed: Answer | None = None
    """The answer as if a peering were accepted and routed; None where that would change nothing."""


@dataclass(frozen=True, slots=True)
class Way:
    """Whether one end reaches the other, replies included."""

    source: End
    target: End
    traffic: Traffic
    judged: tuple[Judged, ...]

    @property
    def verdict(self) -> Verdict:
        """The answers of all pairs together."""
        return worst(one.answer.verdict for one in self.judged)

    @property
    def pairs(self) -> int:
        """How many pairs were asked about."""
        return sum(len(one.pairs) for one in self.judged)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdicts together."""
    found = {*verdicts}
    return next(one for one in ORDER if one in found)


def family(one: End, other: End) -> int:
    """Return the address family to ask about. Raises ValueError where the ends have none in common."""
    common = {point.network.version for point in one.points} & {
        point.network.version for point in other.points
    }
    if not common:
        has, lacks = (_families(end) for end in (one, other))
        raise ValueError(f"{one} has only {has}, and {other} only {lacks}: no packet joins them")
    return min(common)


def points_of(end: End, version: int) -> tuple[Endpoint, ...]:
    """Return the points of an end to ask about: of a host, the first address of each interface."""
    own = [point for point in end.points if point.network.version == version]
    if end.kind in (Kind.SUBNET, Kind.VPC):
        return tuple(own)
    first = {point.interface_id: point for point in reversed(own)}
    return tuple(point for point in own if first[point.interface_id] == point)


def way(around: Surroundings, source: End, target: End, traffic: Traffic) -> Way:
    """Return whether the source reaches the target. Raises ValueError: no family, or both are one address."""
    version = family(source, target)
    cells = _cells(around, points_of(source, version), points_of(target, version), traffic)
    if not cells:
        raise ValueError(f"both ends are {source}: name two")
    shared: dict[int, tuple[Answer, list[Pair]]] = {}
    for pair, answer in cells.items():
        shared.setdefault(id(answer), (answer, []))[1].append(pair)
    judged = [
        Judged(answer, tuple(sorted(pairs, key=_in_order)), _supposed(around, answer))
        for answer, pairs in shared.values()
    ]
    judged.sort(key=lambda one: ORDER.index(one.answer.verdict))
    return Way(source, target, traffic, tuple(judged))


def _cells(
    around: Surroundings,
    sources: Sequence[Endpoint],
    targets: Sequence[Endpoint],
    traffic: Traffic,
) -> dict[Pair, Answer]:
    of_subnets = all(point.any_of_subnet for point in (*sources, *targets))
    if of_subnets:
        return {**matrix(around, sources, targets, traffic).cells}
    return {
        (one, other): judge(around, one, other, traffic)
        for one in sources
        for other in targets
        if one != other
    }


def _supposed(around: Surroundings, answer: Answer) -> Answer | None:
    """Return the answer once accepted and routed, where the peering or a route is what blocks."""
    if not any(hop.kind in MISSING for hop in answer.blocking):
        return None
    there = accepted_and_routed(around, answer.source, answer.target)
    found = judge(there, answer.source, answer.target, answer.traffic)
    return None if found.hops == answer.hops else found


def _in_order(pair: Pair) -> tuple[int, ...]:
    return tuple(int(end.network.network_address) for end in pair)


def _families(end: End) -> str:
    return " and ".join(f"IPv{one}" for one in sorted({p.network.version for p in end.points}))
