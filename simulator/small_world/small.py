"""The small worlds: what there is at the start, and how often each thing may happen. Values only.

Two locations, and a VPC with its main route table in each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator.scenarios import Scenario
from simulator.scenarios.scenario import BOTH, PEERED, A, B, Step, pair
from simulator.small_world.node import Left

ANY = Left(losses=1, copies=1, delays=1, crashes=1, late=1)
"""Each fault once, in every combination."""
ROUTED = (
    (5, "route", "a-main", B, "VpcPeeringConnectionId", "ab"),
    (0, "route", "b-main", A, "VpcPeeringConnectionId", "ab"),
)


@dataclass(frozen=True, slots=True)
class Small:
    """A small world. `peerings`: how many may be asked for in all."""

    name: str
    scenario: Scenario
    peerings: int
    left: Left


def _small(
    name: str, script: tuple[Step, ...], peerings: int, left: Left, mode: str = "full"
) -> Small:
    parameters = (("Mode", mode), ("SubnetPublicIp", "leave"))
    return Small(name, Scenario(name, script, (), parameters, age=60.0), peerings, left)


ASKED = (*pair("tokyo"), *BOTH)
EXEMPT = (*ASKED, (0, "tag", "b", "peerkeeper:exempt", "true"))
STALE = (*ASKED, *PEERED, *ROUTED, (5, "delete", "ab"))
TWIN = (*ASKED, *PEERED, (5, "request", "ba", "b", "a"))
WORLDS = {
    world.name: world
    for world in (
        _small("one-deed", ASKED, 1, Left(deeds=1)),
        _small("one-deed-any-fault", ASKED, 1, replace(ANY, deeds=1)),
        _small("two-deeds", ASKED, 1, Left(deeds=2)),
        _small("peered", (*ASKED, *PEERED), 1, Left(deeds=1, sweeps=1)),
        _small("peered-any-fault", (*ASKED, *PEERED), 1, replace(ANY, deeds=1)),
        _small("reversed", (*ASKED, (0, "request", "ab", "a", "b")), 2, Left(deeds=2)),
        _small("twin", TWIN, 2, Left(deeds=1)),
        _small("held", pair("tokyo"), 1, Left(deeds=2, crashes=1)),
        _small("again", (*ASKED, *PEERED, *ROUTED), 2, Left(deeds=2)),
        _small("again-add-only", (*ASKED, *PEERED, *ROUTED), 2, Left(deeds=2), "add-only"),
        _small("observed", ASKED, 1, Left(deeds=2), "observe"),
        _small("exempt", EXEMPT, 1, Left(deeds=2)),
        _small("stale", STALE, 2, Left(deeds=1, sweeps=1, late=1)),
        _small("stale-add-only", STALE, 2, Left(deeds=1), "add-only"),
        _small("forgotten", STALE, 1, Left(sweeps=2, days=1, crashes=1, late=1)),
    )
}
