"""The grid of scenarios: each script on each shape, and some of them on a past.

In: nothing. Out: scenarios, by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenarios import networks, peerings, settings
from simulator.scenarios.consents import WITH_CONSENTS
from simulator.scenarios.endpoints import WITH_ENDPOINTS
from simulator.scenarios.pasts import DAYS, EXPIRES, FIVE_DAYS, STARTS, WAITING, many
from simulator.scenarios.quotas import WITH_QUOTAS
from simulator.scenarios.scenario import EVERYWHERE, OURS, Scenario, Step
from simulator.scenarios.scopes import WITH_SCOPES

SHAPES = peerings.SHAPES | networks.SHAPES | settings.SHAPES
SCRIPTS = peerings.SCRIPTS | networks.SCRIPTS | settings.SCRIPTS
PLAIN = ("two-regions", "one-region", "foreign-accepter", "exempt", "add-only", "observe")
"""Shapes that are tried on each past."""
UNWILLING = (
    "nobody-agrees",
    "one-region-nobody-agrees",
    "requester-agrees",
    "foreign-stranger",
    "exempt",
)
"""Shapes in which a request waits until it expires."""


def grid() -> Iterator[Scenario]:
    """Yield every scenario: each script on each shape, and on each start in the plain shapes."""
    for shape in SHAPES:
        scripts = SCRIPTS | peerings.THREE if shape.startswith("three") else SCRIPTS
        for script, steps in scripts.items():
            yield _scenario(f"{shape}/{script}", shape, steps)
    for shape in PLAIN:
        for past, (before, age) in STARTS.items():
            for script in ("request", "delete", "nothing", "request-and-accept"):
                name = f"{shape}+{past}/{script}"
                yield _scenario(name, shape, SCRIPTS[script], before, age)
    for shape in ("internet", "subnets"):
        for script, steps in settings.SUBNETS.items():
            yield _scenario(f"{shape}/{script}", shape, steps)
    for shape in UNWILLING:
        yield _scenario(f"{shape}+waiting/expires", shape, EXPIRES, WAITING, FIVE_DAYS)
    yield from _mass_deletes()


def _scenario(
    name: str, shape: str, script: tuple[Step, ...], past: tuple[Step, ...] = (), age: float = 60.0
) -> Scenario:
    start, parameters = SHAPES[shape]
    return Scenario(name, (*start, *past), script, parameters or EVERYWHERE, age)


def _mass_deletes() -> Iterator[Scenario]:
    """Yield scenarios of many dead routes, with and without an override."""
    start, script = SHAPES["two-regions"][0], SCRIPTS["nothing"]
    for count in (2, 3):
        override = ("DeleteOverride", f"{OURS}/ap-northeast-2={count}")
        name = f"two-regions+absent-three/override-{count}"
        yield Scenario(name, (*start, *many(3)), script, (*EVERYWHERE, override), DAYS)
    yield Scenario("two-regions+absent-twelve/nothing", (*start, *many(12)), script, age=DAYS)


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
        "subnets/subnet-moves",
        "nobody-agrees+waiting/expires",
        "nobody-agrees-in-the-way/agree-late",
    )
)
"""Scenarios in which one mistake is enough."""
APART = (*WITH_ENDPOINTS, *WITH_QUOTAS, *WITH_CONSENTS, *WITH_SCOPES)
BY_NAME = {scenario.name: scenario for scenario in (*SCENARIOS, *APART)}
