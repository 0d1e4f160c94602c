"""Scenarios of RouteScope: each table routes the subnets of the peer, or its whole network.

In: nothing. Out: scenarios, by name. They are drawn apart from the grid, which stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenarios.consents import ACCOUNTS, EACH_OTHER
from simulator.scenarios.peerings import FOREIGN
from simulator.scenarios.scenario import (
    BOTH,
    EVERYWHERE,
    EXTRA,
    PEERED,
    Scenario,
    Shape,
    Step,
    pair,
)

SUBNETS, WHOLE = ("RouteScope", "subnets"), ("RouteScope", "vpc")
IN_A: Step = (0, "table", "a2", "a", "10.1.1.0/24")
IN_B: Step = (0, "table", "b2", "b", "10.2.1.0/24")
PART: Step = (5, "route", "a2", "10.2.1.0/24", "VpcPeeringConnectionId", "ab")

SHAPES: dict[str, Shape] = {
    "scope-subnets": ((*pair("tokyo"), IN_A, IN_B, *BOTH), (*EVERYWHERE, SUBNETS)),
    "scope-one-region": ((*pair("seoul"), IN_A, IN_B, *BOTH), (*EVERYWHERE, SUBNETS)),
    "scope-no-subnets": ((*pair("tokyo"), IN_A, *BOTH), (*EVERYWHERE, SUBNETS)),
    "scope-two-accounts": ((*pair("abroad"), IN_A, IN_B, *EACH_OTHER), (*ACCOUNTS, SUBNETS)),
    "scope-stranger": ((*pair("abroad"), IN_A, IN_B, EACH_OTHER[0]), (*FOREIGN, SUBNETS)),
    "scope-add-only": (
        (*pair("tokyo"), IN_A, IN_B, *BOTH),
        (*EVERYWHERE, ("Mode", "add-only"), SUBNETS),
    ),
    "scope-vpc": ((*pair("tokyo"), IN_A, IN_B, *BOTH), (*EVERYWHERE, WHOLE)),
    "scope-vpc-with-parts": (
        (*pair("tokyo"), IN_A, IN_B, *BOTH, *PEERED, PART),
        (*EVERYWHERE, WHOLE),
    ),
    "scope-subnets-with-parts": (
        (*pair("tokyo"), IN_A, IN_B, *BOTH, *PEERED, PART),
        (*EVERYWHERE, SUBNETS),
    ),
}
ASKED: Step = (1, "request", "ab", "a", "b")
SCRIPTS: dict[str, tuple[Step, ...]] = {
    "request": (ASKED,),
    "request-back": ((1, "request", "ba", "b", "a"),),
    "delete": (ASKED, (60, "delete", "ab")),
    "new-table": (ASKED, (40, "table", "b9", "b", "10.2.9.0/24")),
    "new-subnet": (ASKED, (40, "subnet", "b9", "b", "10.2.9.0/24")),
    "new-neighbour": (ASKED, (40, "subnet", "b0", "b", "10.2.0.0/24")),
    "second-network": (
        ASKED,
        (30, "cidr", "b", EXTRA),
        (10, "subnet", "bx", "b", "100.64.1.0/24"),
    ),
    "whole-then-subnets": (
        ASKED,
        (30, "tag", "ab", "peerkeeper:destinations", "10.2.0.0/20", "seoul"),
        (40, "untag", "ab", "peerkeeper:destinations"),
    ),
}


def grid() -> Iterator[Scenario]:
    """Yield each script on each shape."""
    for shape, (start, parameters) in SHAPES.items():
        for script, steps in SCRIPTS.items():
            yield Scenario(f"{shape}/{script}", start, steps, parameters, 60.0)


WITH_SCOPES = tuple(grid())
