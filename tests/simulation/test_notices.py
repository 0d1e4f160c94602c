"""What people are told of a request, and how often, where somebody takes what its tag remembers."""

from __future__ import annotations

from collections import Counter

from simulator import engine
from simulator.faults import Knobs
from simulator.scenarios import BY_NAME
from simulator.schedule import Schedule


def told(scenario, seed, **knobs):
    """How often each kind of notice was given."""
    kinds = Counter()
    with engine.quick():
        schedule = Schedule(scenario, Knobs(**knobs), seed)
        schedule.world.listeners.append(
            lambda run, entries: kinds.update(entry["DetailType"] for entry in entries)
        )
        assert not schedule.run().broken
    return kinds


def test_a_status_tag_that_somebody_takes_means_one_more_notice_at_most(measured):
    scenario, most = BY_NAME["nobody-agrees/request"], 3
    plain = [told(scenario, seed)["PeeringHeld"] for seed in range(10)]
    taken = [told(scenario, seed, forgotten=most)["PeeringHeld"] for seed in range(10)]
    measured(f"a status tag taken or overwritten {most} times: {sum(taken)} notices, not 10")
    assert set(plain) == {1}
    assert 1 < max(taken) <= 1 + most


def test_a_request_that_nobody_wants_is_told_when_held_near_its_end_and_expired():
    counts = [told(BY_NAME["nobody-agrees+waiting/expires"], seed) for seed in range(5)]
    for kind in ("PeeringHeld", "RequestExpiring", "RequestExpired"):
        assert max(count[kind] for count in counts) == 1, kind
