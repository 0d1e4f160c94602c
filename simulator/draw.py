"""From a seed to a schedule: its scenario and its faults. In: a number. Out: scenario and knobs.

Most schedules have one to four faults at once, so that each meets the others; a tenth have none.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from simulator.faults import Knobs
from simulator.scenarios import (
    HELD_BACK,
    SCENARIOS,
    TRAPS,
    WITH_A_PAST,
    WITH_CONSENTS,
    WITH_ENDPOINTS,
    WITH_QUOTAS,
    WITH_SCOPES,
    Scenario,
)

TRAP = 0.1
"""Share of schedules in which one mistake is enough."""
A_PAST = 0.2
"""Share of schedules that begin with peerings from before."""
LIES_ABOUT_A_PAST = 0.3
"""Share of those in which somebody also forges messages: about stale routes they can do harm."""
TURN, HALF, FIFTH = 12, 0.5, 5
ENDPOINTS, NARROWED, QUOTAS, CONSENTS, USURPED = (5,), (2, 4), (4,), (1, 7), (0, 10)
SCOPES, HALF_HEARD = (9,), (23,)
"""Which of twelve schedules are about something apart; of 24 in the second line.

One is about VPC endpoints, and half of another about quotas that make requests wait. Half of two are about
other consents and other accounts. In two owners route parts of peers. In half of two somebody usurps routes.
One of 24 is about RouteScope. In half of another the bus refuses single announcements.
All other schedules are as they were before there was any of these.
"""
REGIONS = ("ap-northeast-2", "ap-northeast-1")
ACTIONS = (
    "AcceptVpcPeeringConnection",
    "CreateRoute",
    "DeleteRoute",
    "ModifyVpcPeeringConnectionOptions",
    "ModifyVpcAttribute",
    "ModifySubnetAttribute",
    "DescribeVpcPeeringConnections",
    "DescribeRouteTables",
    "DescribeVpcs",
    "DescribeVpcAttribute",
)
Draw = Callable[[random.Random], dict[str, Any]]


def _share(name: str) -> Draw:
    return lambda rng: {name: rng.choice([0.1, 0.3, 0.6, 1.0])}


def _crashes(rng: random.Random) -> dict[str, Any]:
    drawn = [
        (rng.randint(1, 60), rng.choice(["before", "after"])) for _ in range(rng.randint(1, 3))
    ]
    return {"crashes": tuple(drawn)}


FAULTS: dict[str, Draw] = {
    "duplicate_events": _share("duplicate_events"),
    "drop_events": _share("drop_events"),
    "delay_events": lambda rng: {"delay_events": rng.choice([30.0, 600.0, 24 * 3600.0])},
    "duplicate_messages": _share("duplicate_messages"),
    "drop_messages": _share("drop_messages"),
    "delay_messages": lambda rng: {"delay_messages": rng.choice([10.0, 900.0])},
    "reorder": lambda rng: {"reorder": True},
    "stale": lambda rng: {"stale": rng.choice([2.0, 30.0, 300.0])},
    "newborn": lambda rng: {"newborn": rng.choice([5.0, 60.0])},
    "throttle": lambda rng: {"throttle": rng.choice([0.0, 3.0, 10.0])},
    "crashes": _crashes,
    "reconcilers": lambda rng: {"reconcilers": rng.randint(2, 4)},
    "spread": lambda rng: {"spread": rng.choice([0.0, 0.9])},
    "down": lambda rng: {"down": rng.choice(REGIONS)},
    "closed": lambda rng: {"closed": rng.choice(REGIONS)},
    "provisioning": lambda rng: {"provisioning": rng.choice([0.0, 90.0, 1e9])},
    "unsent": lambda rng: {"unsent": rng.choice([0.1, 0.5])},
    "unheard": lambda rng: {"unheard": rng.choice([0.3, 1.0])},
    "denied": lambda rng: {"denied": rng.choice([*ACTIONS, "CreateTags"])},
    "expire": lambda rng: {"expire": rng.randint(1, 60)},
    "pages": lambda rng: {"pages": rng.choice(["fail", "repeat", "empty"])},
    "full": lambda rng: {"full": rng.randint(1, 2)},
    "quota": lambda rng: {"quota": 1},
    "opponent": lambda rng: {"opponent": rng.randint(1, 4)},
    "owners": lambda rng: {"owners": rng.randint(1, 6)},
    "forgotten": lambda rng: {"forgotten": rng.randint(1, 3)},
    "deadline": lambda rng: {"deadline": rng.randint(1, 60)},
    "forged": lambda rng: {"forged": rng.randint(1, 6)},
    "unknown": lambda rng: {"unknown": rng.choice([0.1, 0.5])},
    "hostile": lambda rng: {"hostile": True},
    "lost": lambda rng: {"lost": rng.choice([0.05, 0.3])},
    "senders": lambda rng: {"senders": False},
}


def drawn(seed: int) -> tuple[Scenario, Knobs]:
    """Return the schedule of this seed."""
    rng = random.Random(f"schedule {seed}")
    kind = rng.random()
    among = TRAPS if kind < TRAP else WITH_A_PAST if kind < TRAP + A_PAST else SCENARIOS
    scenario = rng.choice(among)
    turned: dict[str, Any] = {}
    for name in rng.sample(sorted(FAULTS), rng.choice([0, 1, 1, 2, 2, 2, 3, 3, 4, 4])):
        turned |= FAULTS[name](rng)
    if "+" in scenario.name and rng.random() < LIES_ABOUT_A_PAST:
        turned |= FAULTS["forged"](rng)
    scenario = _apart(seed) or scenario
    turned |= _narrowed(seed) | _usurped(seed) | _half_heard(seed)
    return scenario, Knobs(**(turned | _full(seed, scenario) | _unassumed(seed, scenario)))


def _apart(seed: int) -> Scenario | None:
    rng = random.Random(f"endpoints {seed}")
    if seed % TURN in ENDPOINTS:
        return rng.choice(WITH_ENDPOINTS)
    among: tuple[Scenario, ...] = WITH_QUOTAS if seed % TURN in QUOTAS else ()
    if seed % (2 * TURN) in SCOPES:
        return rng.choice(WITH_SCOPES)
    if seed % TURN in CONSENTS:
        among = HELD_BACK if seed % FIFTH == 0 else WITH_CONSENTS
    return rng.choice(among) if among and rng.random() < HALF else None


def _full(seed: int, scenario: Scenario) -> dict[str, Any]:
    """Draw how many routes a table takes, where a scenario is about just that."""
    rng = random.Random(f"full {seed}")
    return {"full": rng.randint(1, 4)} if scenario in WITH_QUOTAS else {}


def _usurped(seed: int) -> dict[str, Any]:
    rng = random.Random(f"usurped {seed}")
    return {"usurped": rng.randint(1, 4)} if seed % TURN in USURPED and rng.random() < HALF else {}


def _half_heard(seed: int) -> dict[str, Any]:
    rng = random.Random(f"part {seed}")
    half = seed % (2 * TURN) in HALF_HEARD and rng.random() < HALF
    return {"unheard_entries": rng.choice([0.2, 0.5])} if half else {}


def _unassumed(seed: int, scenario: Scenario) -> dict[str, Any]:
    """Draw whether STS refuses our role, in a scenario with two managed accounts."""
    rng = random.Random(f"unassumed {seed}")
    two = "Accounts" in dict(scenario.parameters)
    return {"unassumed": rng.choice([0.0, 0.0, 0.3, 1.0])} if two else {}


def _narrowed(seed: int) -> dict[str, Any]:
    rng = random.Random(f"narrowed {seed}")
    return {"narrowed": rng.randint(1, 4)} if seed % TURN in NARROWED else {}
