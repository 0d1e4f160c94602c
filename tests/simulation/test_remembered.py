"""Schedules go the same, whether everything is worked out anew or what was worked out is remembered."""

from __future__ import annotations

import gc
import weakref
from contextlib import nullcontext
from dataclasses import fields, replace
from math import inf

import pytest
from peerkeeper.loop import reconcile
from peerkeeper.loop.run import Run
from peerkeeper.values.changes import EnableDnsSupport
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.snapshot import Snapshot

from simulator import engine, sweeps
from simulator.draw import drawn
from simulator.faults import Knobs
from simulator.parsed_once import parsed_once
from simulator.remembered import _begins_with, _said, remembered
from simulator.schedule import Schedule
from simulator.watched_time import NOW, watched

SEEDS = (*range(0, 60, 4), 40795, 41466)
"""The last two wait for days with a request that expires."""
DAY = 86_400


def history(scenario, knobs, seed):
    """Return all that happened: states, what each run was shown, reported and sent, and the trace."""
    schedule = Schedule(scenario, knobs, seed, trace=True)
    result = schedule.run()
    runs = [
        (run.served, run.report and run.report.to_dict(), run.report, run.reply, run.cause)
        for run in schedule.functions.runs
    ]
    return schedule.world.states, runs, result.trace, result.broken


def played(memory):
    with engine.quick(memory):
        few = [history(*drawn(seed), seed) for seed in SEEDS]
        scenario = sweeps.TESTED[0]
        calls = sweeps.calm(scenario).counted
        crashed = [
            history(scenario, Knobs(crashes=((call, when),)), sweeps.SEED)
            for call in range(1, calls + 1, 4)
            for when in sweeps.WHENS
        ]
    return [*few, *crashed]


def test_every_schedule_and_crash_goes_the_same_with_and_without_memory(measured):
    anew = played(nullcontext)
    assert played(parsed_once) == anew
    assert played(remembered) == anew
    assert played(remembered) == anew, "now that everything is remembered"
    measured(f"with memory as without: {len(anew)} histories")


def test_a_run_that_was_taken_before_is_not_worked_out_again(monkeypatch):
    made = []
    real = Run.update
    monkeypatch.setattr(Run, "update", lambda self, results: made.append(real(self, results)))
    scenario = sweeps.TESTED[1]
    with engine.quick(remembered):
        sweeps.calm(scenario)
        once = len(made)
        sweeps.calm(scenario)
    assert len(made) == once


def test_a_world_that_is_over_is_forgotten():
    schedule = Schedule(*drawn(1), 1)
    world = weakref.ref(schedule.world)
    with engine.quick():
        assert not schedule.run().broken
    del schedule
    gc.collect()
    assert world() is None


def test_every_field_of_a_run_is_part_of_its_state_or_given_from_the_start():
    kept = {"seen", "plan", "asked", "again", "verdicts", "waves", "tried"}
    given = {"job", "settings", "scopes", "hints"}
    assert {one.name for one in fields(Run)} == kept | given | {"late", "old"}, (
        "teach RememberedRun"
    )


@pytest.mark.parametrize("name", [one.name for one in fields(Observed)])
def test_a_read_that_shows_anything_else_is_another_step(name):
    reads = (Read(Location("111122223333", "eu-west-1"), Describe.VPCS),)
    plain = Observed(reads)
    assert _said(replace(plain, **{name: ("something",)})) != _said(plain)


@pytest.mark.parametrize("name", [one.name for one in fields(Outcome)])
def test_an_outcome_with_anything_else_is_another_step(name):
    plain = Outcome(EnableDnsSupport(Location("1" * 12, "a"), "vpc-1", reason=""), Result.APPLIED)
    assert _said(replace(plain, **{name: "something"})) != _said(plain)


@pytest.mark.parametrize("name", [one.name for one in fields(Snapshot)])
def test_a_run_that_begins_with_anything_else_is_another_run(name):
    plain = Snapshot()
    known = {"key": 1} if isinstance(getattr(plain, name), dict) else frozenset({1})
    changed = replace(plain, **{name: 1.0 if name == "now" else known})
    assert (_begins_with(changed) == _begins_with(plain)) is (name == "now")


def test_no_seeded_bug_meets_the_memory():
    seen = []

    def put_in():
        seen.append(reconcile.Run)
        return nullcontext()

    real = reconcile.Run
    engine.run([1], around=put_in)
    assert seen == [real]


@pytest.mark.parametrize(("expires", "late"), [(1000.0, True), (1000.0 + 2 * DAY, False)])
def test_a_step_holds_for_the_times_for_which_it_would_go_the_same_way(expires, late):
    with watched(1000.0) as span:
        assert (0 < expires <= NOW + DAY) is late
    first = expires - DAY
    assert span.holds(1000.0)
    assert span.holds(first) is late
    assert span.holds(first - 1) is not late
    assert span.holds(inf if late else -inf)


@pytest.mark.parametrize(
    "use", [str, bool, hash, float, lambda now: now - 1, lambda now: now == 1, lambda now: now > 1]
)
def test_what_would_escape_the_watch_raises(use):
    with watched(1000.0), pytest.raises(AssertionError, match="teach it"):
        use(NOW)
