"""Sweeps that leave nothing to chance: a crash at every call, at every two, and every order of six events.

In: scenarios. Out: broken promises, each with what brings it about. The seed is one and the same throughout.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.peering_state import state_of
from simulator import engine
from simulator.desired import lacks
from simulator.faults import Knobs
from simulator.remembered import remembered
from simulator.result import Result
from simulator.scenarios import BY_NAME, EXTRA, SCENARIOS, SELF, Scenario
from simulator.schedule import Schedule
from simulator.start import HERE, THERE

SEED = 1
CRASHED = SCENARIOS[::3]
"""The scenarios whose every call is a crash point in `make soak`: a third, spread over the grid."""
TESTED = SCENARIOS[1::4]
"""Those whose every call is a crash point in `make test`: a quarter, most of them others."""
TWICE_CRASHED = SCENARIOS[::57]
"""The scenarios in which all pairs of crashes are tried."""
WHENS = ("before", "after")
PAIRS_AT_MOST = 30
"""Calls of a scenario of whose crashes all pairs are tried."""


def calm(scenario: Scenario) -> Result:
    """Return how the scenario goes without a fault; to be called where the engine is quick."""
    return Schedule(scenario, Knobs(), SEED).run()


def single(result: Result) -> Iterator[Knobs]:
    """Yield a crash before every call, and one after every call that has an effect.

    After a read the world is what it was before it: a crash there is the crash before it.
    """
    for call in range(1, result.counted + 1):
        yield Knobs(crashes=((call, "before"),))
        if call in result.effects:
            yield Knobs(crashes=((call, "after"),))


def pairs(result: Result) -> Iterator[Knobs]:
    """Yield all pairs of crashes in the calls that the script itself brings about."""
    most = min(result.counted, PAIRS_AT_MOST)
    for one, two in itertools.combinations(range(1, most + 1), 2):
        for first, second in itertools.product(WHENS, WHENS):
            yield Knobs(crashes=((one, first), (two, second)))


def crashed(scenario: Scenario, knobs: Knobs, baseline: int) -> list[str]:
    """Return what a schedule with these crashes breaks: each may waste one write, no more."""
    result = Schedule(scenario, knobs, SEED).run()
    broken = [f"{scenario.name}, {knobs.said()}: {words}" for words in result.broken]
    if result.wasted > baseline + len(knobs.crashes):
        broken.append(f"{scenario.name}, {knobs.said()}: {result.wasted} writes changed nothing")
    return broken


SIX = Scenario(
    "six-events",
    BY_NAME["nobody-agrees/request"].start,
    (
        (0, "tag", "a", *SELF),
        (0, "tag", "b", *SELF),
        (0, "request", "ab", "a", "b"),
        (0, "cidr", "b", EXTRA),
        (10, "accept", "ab"),
        (0, "tag", "a-main", "peerkeeper:routes", "none"),
    ),
    age=60.0,
)


def all_single(scenario: Scenario) -> tuple[int, list[str]]:
    """Return how many crash points a scenario has, and what they break."""
    return _all(scenario, single)


def all_pairs(scenario: Scenario) -> tuple[int, list[str]]:
    """Return how many pairs of crash points were tried, and what they break."""
    return _all(scenario, pairs)


def _all(scenario: Scenario, crashes: Callable[[Result], Iterator[Knobs]]) -> tuple[int, list[str]]:
    with engine.quick(remembered):
        result = calm(scenario)
        points = list(crashes(result))
        found = [words for knobs in points for words in crashed(scenario, knobs, result.wasted)]
    return len(points), found


class Ordered(Schedule):
    """A schedule whose operator's events arrive in one given order, each after all before it have worked."""

    def __init__(self, scenario: Scenario, order: tuple[int, ...]) -> None:
        super().__init__(scenario, Knobs(), SEED)
        self.order = order
        self.held: list[tuple[str, tuple[str, ...]]] = []

    def _play(self) -> None:
        self.trail.held = self.held
        for seconds, verb, *args in self.scenario.script:
            self.scheduler.run(until=self.scheduler.now + seconds)
            if refused := self.hands.do(verb, *args):
                raise AssertionError(f"{verb} {args}: {refused}")
        self.trail.held = None
        if len(self.held) != len(self.order):
            raise AssertionError(f"{len(self.held)} events, not {len(self.order)}")
        for index in self.order:
            self.trail.deliver(*self.held[index])
            self.scheduler.run()
        left = lacks(self.world.now, self.world.moment(), self.policy)
        self.result.broken += left


def orders() -> Iterator[tuple[int, ...]]:
    """Yield all 720 orders of six events."""
    return itertools.permutations(range(len(SIX.script)))


def summary(result: Result) -> tuple[Any, ...]:
    """Return how a world ended, by what counts: statuses, options, routes, attributes."""
    state, moment = result.final
    return _peerings(state, moment), _places(state)


def _peerings(state: Any, moment: Moment) -> tuple[Any, ...]:
    return tuple(
        (
            pcx,
            state_of(row, moment).code,
            row.requester_options.dns_from_remote_vpc,
            row.accepter_options.dns_from_remote_vpc,
        )
        for pcx, row in sorted(state.peerings.items())
    )


def _places(state: Any) -> tuple[Any, ...]:
    routes = [
        (table.id, route.destination, route.target.id)
        for where in (HERE, THERE)
        for table in state.places[where].tables.values()
        for route in table.routes
    ]
    attributes = [
        (vpc.id, vpc.dns_support, vpc.dns_hostnames)
        for where in (HERE, THERE)
        for vpc in state.places[where].vpcs.values()
    ]
    public = [
        (subnet.id, subnet.public)
        for where in (HERE, THERE)
        for subnet in state.places[where].subnets.values()
    ]
    return tuple(sorted(routes)), tuple(sorted(attributes)), tuple(sorted(public))
