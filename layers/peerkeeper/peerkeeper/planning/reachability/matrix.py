"""Which subnets of two VPCs reach each other: a table of verdicts, from few judgements.

In: `Surroundings`, the subnets of each VPC as ends, `Traffic`. Out: `Matrix`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Answer
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import Traffic


@dataclass(frozen=True, slots=True)
class Matrix:
    """An answer for each pair of subnets.

    Pairs that every hop treats alike share the answer of one of them.
    """

    cells: Mapping[tuple[Endpoint, Endpoint], Answer]
    judgements: int
    """How many questions were judged."""


def matrix(
    around: Surroundings,
    sources: Sequence[Endpoint],
    targets: Sequence[Endpoint],
    traffic: Traffic,
) -> Matrix:
    """Return the answer for each pair of a source and a target of the same address family."""
    cells = {
        (one, other): judge(around, one, other, traffic)
        for one in sources
        for other in targets
        if one.network.version == other.network.version
    }
    return Matrix(cells, len(cells))
