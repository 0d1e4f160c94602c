"""A schedule in which two versions work side by side, from a seed.

In: a seed. Out: a schedule of the fault simulator, with all its oracles but L6. Another draw says which
version runs each invocation. Before the last two sweeps one version is left, and it must bring all into
order.

What the stand-in lacks is left out of the draw, by name. A version with a tag has all of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from peerkeeper_local.deployment import Function
from simulator import engine
from simulator.destinations import KEY
from simulator.draw import drawn
from simulator.faults import Knobs
from simulator.scenarios import WITH_ENDPOINTS, Scenario
from simulator.scenarios.scopes import SUBNETS, WHOLE
from simulator.schedule import Schedule
from simulator.scheduler import START
from simulator.verdict import Violation
from simulator.version import Version
from simulator.versions.crossings import Crossings
from simulator.versions.loaded import Other, other
from simulator.versions.rollout import Rollout

LACKS = {
    "narrowed": "it does not know peerkeeper:destinations, and routes the whole peer",
    "unknown": "it overlooks a default route in a state that EC2 may have one day",
}
"""Knobs that stay off beside the stand-in, and why.

It does not know `RouteScope=subnets` either, and gets `vpc`. Scripts lose their steps with that tag.
"""
FORWARD_ONLY = frozenset(one.name for one in WITH_ENDPOINTS)
"""The stand-in has no function `keep_endpoints`, so these schedules end with today's version."""
SETTLING = 600.0
"""Seconds after the script in which functions may still switch: the looks again are read then."""


class MixedSchedule(Schedule):
    """One schedule, with two versions."""

    def __init__(self, scenario: Scenario, knobs: Knobs, seed: int, *, trace: bool = False) -> None:
        super().__init__(scenario, knobs, seed, trace=trace)
        self._rng = random.Random(f"versions {seed}")
        self._todays = self.functions.version_of
        self._other = Other(other(), scenario.parameters, proof=knobs.senders)
        self.functions.version_of = self._version_of
        self.functions.ended.append(self._read)
        self.result.crossed = Crossings(self).found

    def _version_of(self, function: Function) -> Version:
        known = function.folder.name in self._other.loaded.functions
        todays = self.rollout.is_todays(function.logical_id, self.scheduler.now)
        return self._other if known and not todays else self._todays(function)

    def _schedule_faults(self, end: float) -> None:
        super()._schedule_faults(end)
        forward = self._other.loaded.source.is_stand_in and self.scenario.name in FORWARD_ONLY
        self.rollout = Rollout(self._rng, START, end + SETTLING, forward=forward)
        self.world.note(f"the versions change: {self.rollout.way}")

    def _events_came(self) -> None:
        """Judge nothing: L6 is a promise of one version. The one before slept through some events."""

    def _settle(self, *, sweep: bool) -> None:
        if sweep:
            self.rollout.is_over = True
        super()._settle(sweep=sweep)

    def _read(self, run: Any, batch: Any, failed: set[str], cause: str) -> None:
        """Every version reads what a function of the other sends, the first time already."""
        forged = any(message.body in self.liveness.poison for message in batch)
        if run.faults and not forged:
            raise Violation("L4", f"{run} cannot read {run.faults[0]}")


def mixed_drawn(seed: int) -> tuple[Scenario, Knobs]:
    """Return the schedule of this seed, without what the other version lacks."""
    scenario, knobs = drawn(seed)
    if not other().source.is_stand_in:
        return scenario, knobs
    plain = {name: getattr(Knobs(), name) for name in LACKS}
    known = tuple(WHOLE if one == SUBNETS else one for one in scenario.parameters)
    script = tuple(step for step in scenario.script if KEY not in step)
    return replace(scenario, parameters=known, script=script), replace(knobs, **plain)


def mixed_schedule(seed: int, *, trace: bool = False) -> MixedSchedule:
    """Return the schedule of this seed."""
    return MixedSchedule(*mixed_drawn(seed), seed, trace=trace)


def run(
    first: int,
    schedules: int,
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> engine.Tally:
    """Run the schedules of so many seeds on this core. `around`: a seeded bug, put in for each."""
    seeds = range(first, first + schedules)
    return engine.run(seeds, around=around, schedule_of=mixed_schedule)


def line_of(seed: int, words: str) -> str:
    """Return the one line about a broken schedule, with the command that replays it."""
    scenario, knobs = mixed_drawn(seed)
    first = " ".join(words.split())[-400:]
    replay = f"python -m simulator mixed --seed {seed}"
    return f"seed {seed} ({scenario.name}; {knobs.said()}): {first}; replay: {replay}"
