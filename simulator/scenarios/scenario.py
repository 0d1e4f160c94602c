"""What a scenario is, and what many of them share.

In: nothing. Out: values. Steps are plain values, as `Hands` does them: (seconds since the step before, verb,
arguments).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Step: TypeAlias = tuple[Any, ...]
Shape: TypeAlias = tuple[tuple[Step, ...], tuple[tuple[str, str], ...]]
"""What there is at the start, and the deployment's parameters, or none for EVERYWHERE."""
SELF = ("peerkeeper:peers", "self")
A, B, C = "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"
EXTRA = "100.64.0.0/16"
OURS, THEIRS = "111122223333", "444455556666"
GATEWAY, TRANSIT = "igw-0a39a39a39a39a391", "tgw-0a39a39a39a39a391"
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
    """Seconds between the making of the start and now, in which tombstones appear and disappear."""


def pair(b_place: str, b_cidr: str = B) -> tuple[Step, ...]:
    return ((0, "vpc", "a", "seoul", A), (0, "vpc", "b", b_place, b_cidr))


BOTH = ((0, "tag", "a", *SELF), (0, "tag", "b", *SELF))
PEERED = ((0, "request", "ab", "a", "b"), (5, "accept", "ab"))
