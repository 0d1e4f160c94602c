"""What people are told of a request, and how often: the tag is taken, or denied, or the bus takes nothing."""

from __future__ import annotations

from collections import Counter

from peerkeeper.reporting.notices import NOTICES

from simulator import engine
from simulator.faults import Knobs
from simulator.notices import FORMER, KINDS
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


def test_a_tag_that_is_denied_means_that_nobody_is_told_until_it_is_granted():
    with engine.quick():
        schedule = Schedule(BY_NAME["nobody-agrees/request"], Knobs(denied="CreateTags"), 2)
        when = noted(schedule, "PeeringHeld")
        assert not schedule.run().broken
    findings = [
        finding.code
        for run in schedule.functions.runs
        if run.report
        for finding in run.report.findings
    ]
    assert "cannot-remember" in findings
    assert [granted for granted, _ in when] == [True]


def test_what_the_bus_does_not_take_is_told_by_the_first_sweep_that_can():
    for seed in range(5):
        with engine.quick():
            schedule = Schedule(BY_NAME["nobody-agrees/request"], Knobs(unheard=1.0), seed)
            when = noted(schedule, "PeeringHeld")
            assert not schedule.run().broken
        assert [granted for granted, _ in when] == [True]


def noted(schedule, kind):
    """Note each notice of that kind, and whether the faults had stopped by then."""
    when = []

    def hear(run, entries):
        when.extend(
            (not schedule.faults.on, entry) for entry in entries if entry["DetailType"] == kind
        )

    schedule.world.listeners.append(hear)
    return when


def test_the_oracle_knows_every_notice_and_every_word_of_the_tag():
    told = {kind.value: status.value for status, (kind, _) in NOTICES.items()}
    assert set(told) == {*KINDS, FORMER}
    assert all(told[kind] == said.word for kind, said in KINDS.items())
