"""Crashes at every call, pairs of crashes, and all 720 orders of six events."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice

import pytest

from simulator import engine, sweeps
from simulator.faults import Knobs
from simulator.remembered import remembered
from simulator.scenarios import SCENARIOS, WITH_ENDPOINTS
from simulator.schedule import Schedule

FEW = sweeps.TESTED[:: len(sweeps.TESTED) // 3][:3]
"""What `make test` crashes; `make proof` crashes all of `sweeps.TESTED`."""
TWICE = 3
"""Pairs of crashes drawn from each scenario; `make soak` takes all pairs of a few."""


def test_there_are_more_than_two_hundred_scenarios_of_different_names(measured):
    names = {scenario.name for scenario in SCENARIOS}
    assert len(names) == len(SCENARIOS)
    assert len({scenario.name for scenario in sweeps.CRASHED}) >= 200
    assert len({scenario.name for scenario in sweeps.TESTED}) >= 200
    assert len({scenario.name for scenario in sweeps.TWICE_CRASHED}) >= 10
    measured(f"{len(SCENARIOS)} scenarios, {len(sweeps.CRASHED)} of them for the crash sweep")


def test_a_sixth_of_the_scenarios_without_a_fault_waste_no_write(measured):
    without_faults(SCENARIOS[::6], measured)


def test_the_scenarios_of_endpoints_without_a_fault_waste_no_write(measured):
    without_faults(WITH_ENDPOINTS, measured)


@pytest.mark.proof
def test_a_crash_at_any_call_of_a_scenario_of_endpoints_is_made_good(measured):
    assert crashed_everywhere(WITH_ENDPOINTS[::3], measured) > 1_000


@pytest.mark.proof
def test_every_scenario_without_a_fault_keeps_every_promise_and_wastes_no_write(measured):
    without_faults(SCENARIOS, measured)


def without_faults(scenarios, measured):
    calls = 0
    with engine.quick(remembered):
        for scenario in scenarios:
            result = Schedule(scenario, Knobs(), 1).run()
            assert not result.broken, f"{scenario.name}: {result.broken}"
            assert not result.wasted, scenario.name
            calls += result.calls
    measured(f"without faults: {calls:,} calls in {len(scenarios)} scenarios, no write wasted")


def test_a_crash_at_any_call_of_three_scenarios_is_made_good(measured):
    assert len({scenario.name for scenario in FEW}) == 3
    assert crashed_everywhere(FEW, measured) > 200


@pytest.mark.proof
def test_a_crash_at_any_call_of_two_hundred_scenarios_is_made_good(measured):
    assert crashed_everywhere(sweeps.TESTED, measured) > 10_000


def crashed_everywhere(scenarios, measured):
    """Crash at every call of these; return how many crashes all were made good."""
    points, broken = 0, []
    with engine.two_cores() as pool:
        for count, found in pool.map(sweeps.all_single, scenarios):
            points, broken = points + count, broken + found
    measured(f"a crash at every call of {len(scenarios)} scenarios: {points:,} schedules")
    assert not broken, "\n".join(broken)
    return points


@pytest.mark.proof
def test_a_crash_after_a_read_has_the_same_history_as_a_crash_before_it():
    scenario = sweeps.TESTED[0]
    with engine.quick(remembered):
        result = sweeps.calm(scenario)
        told_apart = [
            call
            for call in range(1, result.counted + 1)
            if history(scenario, call, "before") != history(scenario, call, "after")
        ]
    assert told_apart
    assert set(told_apart) <= set(result.effects)


def history(scenario, call, when):
    schedule = Schedule(scenario, Knobs(crashes=((call, when),)), sweeps.SEED)
    schedule.run()
    return [replace(state, at=0.0) for state in schedule.world.states], len(schedule.functions.runs)


def test_crashes_drawn_from_three_scenarios_are_made_good(measured):
    crashed_twice(FEW, measured)


@pytest.mark.proof
def test_crashes_drawn_from_all_scenarios_are_made_good(measured):
    crashed_twice(sweeps.CRASHED, measured)


def crashed_twice(scenarios, measured):
    """Draw pairs of crashes in each of these; fail if one is not made good."""
    rng, broken, points = random.Random(7), [], 0
    with engine.quick(remembered):
        for scenario in scenarios:
            baseline = Schedule(scenario, Knobs(), sweeps.SEED).run()
            for _ in range(TWICE):
                drawn = [(rng.randint(1, baseline.counted), rng.choice(sweeps.WHENS)) for _ in "12"]
                broken += sweeps.crashed(scenario, Knobs(crashes=tuple(drawn)), baseline.wasted)
                points += 1
    measured(f"two crashes drawn in {len(scenarios)} scenarios: {points:,} schedules")
    assert not broken, "\n".join(broken)


def test_some_orders_of_six_events_end_the_same(measured):
    assert alike(islice(sweeps.orders(), 0, None, 17), measured) == 43


@pytest.mark.proof
def test_all_720_orders_of_six_events_end_the_same(measured):
    assert alike(sweeps.orders(), measured) == 720


def alike(orders, measured):
    """Play six events in these orders; return how many all ended the same."""
    ends = {}
    with engine.quick(remembered):
        for order in orders:
            result = sweeps.Ordered(sweeps.SIX, order).run()
            assert not result.broken, f"{order}: {result.broken}"
            ends.setdefault(sweeps.summary(result), []).append(order)
    measured(f"orders of six events: {sum(map(len, ends.values()))}, ends: {len(ends)}")
    assert len(ends) == 1, [same[0] for same in ends.values()]
    return sum(map(len, ends.values()))
