"""Crashes at every call, pairs of crashes, and all 720 orders of six events."""

from __future__ import annotations

import random

from tests.simulation import engine, sweeps
from tests.simulation.faults import Knobs
from tests.simulation.scenarios import SCENARIOS
from tests.simulation.schedule import Schedule

WHOLE = SCENARIOS[5::120]
SAMPLED = 3
"""Crash points drawn from each of the other scenarios; `make soak` takes them all."""


def test_there_are_more_than_two_hundred_scenarios_of_different_names(measured):
    names = {scenario.name for scenario in SCENARIOS}
    assert len(names) == len(SCENARIOS)
    assert len({scenario.name for scenario in sweeps.CRASHED}) >= 200
    assert len({scenario.name for scenario in sweeps.TWICE_CRASHED}) >= 10
    measured(f"{len(SCENARIOS)} scenarios, {len(sweeps.CRASHED)} of them for the crash sweep")


def test_every_scenario_without_a_fault_keeps_every_promise_and_wastes_no_write(measured):
    calls = 0
    with engine.quick():
        for scenario in SCENARIOS:
            result = Schedule(scenario, Knobs(), 1).run()
            assert not result.broken, f"{scenario.name}: {result.broken}"
            assert not result.wasted, scenario.name
            calls += result.calls
    measured(f"without faults: {calls:,} calls in {len(SCENARIOS)} scenarios, no write wasted")


def test_a_crash_at_any_call_of_some_scenarios_is_made_good(measured):
    points, broken = 0, []
    for scenario in WHOLE:
        count, found = sweeps.all_single(scenario)
        points, broken = points + count, broken + found
    measured(f"a crash at every call of {len(WHOLE)} scenarios: {points:,} schedules")
    assert not broken, "\n".join(broken)


def test_crashes_drawn_from_all_scenarios_are_made_good(measured):
    rng, broken, points = random.Random(7), [], 0
    with engine.quick():
        for scenario in sweeps.CRASHED:
            baseline = Schedule(scenario, Knobs(), sweeps.SEED).run()
            for _ in range(SAMPLED):
                drawn = [(rng.randint(1, baseline.counted), rng.choice(sweeps.WHENS)) for _ in "12"]
                broken += sweeps.crashed(scenario, Knobs(crashes=tuple(drawn)), baseline.wasted)
                points += 1
    measured(f"two crashes drawn in {len(sweeps.CRASHED)} scenarios: {points:,} schedules")
    assert not broken, "\n".join(broken)


def test_all_720_orders_of_six_events_end_the_same(measured):
    ends = {}
    with engine.quick():
        for order in sweeps.orders():
            result = sweeps.Ordered(sweeps.SIX, order).run()
            assert not result.broken, f"{order}: {result.broken}"
            ends.setdefault(sweeps.summary(result), []).append(order)
    measured(f"orders of six events: {sum(map(len, ends.values()))}, ends: {len(ends)}")
    assert len(ends) == 1, [orders[0] for orders in ends.values()]
