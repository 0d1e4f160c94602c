"""A small estate's hour of load: what waits, what is lost, and that the judge sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from peerkeeper.aws import silence

from simulator import engine
from simulator.load.command import played
from simulator.load.day import Day
from simulator.load.estate import estate_of
from simulator.load.judge import lacking
from simulator.load.size import HOUR, REGIONS, Size
from simulator.load.table import table
from simulator.queues import Message
from simulator.remembered import remembered

DOWN = "us-east-1"
SMALL = Size(accounts=3, hours=1.0, calls=300, storm=60, regions=(*REGIONS[:3], DOWN, "us-west-2"))
"""15 locations. Of 300 calls an hour six are about peering, and a storm has 60."""


def broken(size, changed):
    """What the judge says of a day in which something of the functions or queues was changed."""
    with engine.quick(remembered):
        return Day(size, changed).run().broken


@pytest.fixture(scope="module")
def hour():
    with engine.quick(remembered):
        day = Day(SMALL)
        return day, day.run()


def test_the_estate_is_as_it_should_be_at_the_start():
    with engine.quick():
        day = Day(SMALL)
        assert not lacking(day.world, day.policy, day.estate.locations)
    assert len(day.world.now.peerings) == 30


def test_an_estate_of_a_hundred_accounts_has_an_id_of_its_own_for_each_thing():
    state = estate_of(Size()).state
    stores = [s for p in state.places.values() for s in (p.vpcs, p.subnets, p.tables)]
    assert len(state.places) == 1700
    assert len({id_ for store in stores for id_ in store}) == sum(map(len, stores))
    assert {len(id_.partition("-")[2]) for store in stores for id_ in store} == {17}


def test_nothing_is_lost_in_an_hour_with_three_storms(hour):
    day, figures = hour
    assert figures.broken == []
    assert [storm.calls for storm in day.storms] == [60, 20, 20]
    assert all(one.dead == 0 for one in figures.queues)
    queues = day.functions.queues
    assert queues.waiting == 0
    assert sum(queues.given.values()) == sum(one.done for one in queues.ages.values()) > 0
    assert not any(one.came for one in queues.apart.values())


def test_the_rules_let_through_few_of_the_calls_that_a_trail_records():
    size = replace(SMALL, calls=3000, storm=0)
    with engine.quick(remembered):
        day = Day(size)
        day.people.ordinary = lambda: lambda: None
        figures = day.run()
    assert figures.recorded > 2900
    assert sum(day.functions.queues.given.values()) == 0


def test_the_fleet_is_swept_as_often_as_the_schedule_says(hour):
    day, figures = hour
    minutes = float(day.hub.schedules[0].expression.removeprefix("rate(").split()[0])
    sweeps = int(SMALL.hours * HOUR / 60 / minutes) + 2
    assert figures.invocations["Sweep"] == sweeps * len(day.estate.locations)


def test_the_same_size_gives_the_same_figures(hour):
    assert played(SMALL).as_json() == hour[1].as_json()


def test_the_table_names_every_queue_and_storm(hour):
    said = "\n".join(table(hour[1]))
    assert all(f"| {one.name} | {one.messages:,} |" in said for one in hour[1].queues)
    assert "tags 0 s, makes" in said
    assert said.endswith("nothing lost, nothing left, all as it should be")


def test_while_a_region_is_down_the_others_are_right_and_later_it_is_too():
    size = replace(SMALL, down=DOWN)
    with engine.quick(remembered):
        day = Day(size)
        figures = day.run()
    assert figures.broken == []
    assert figures.timeouts > 0
    assert all(one.dead == 0 for one in figures.queues)
    assert figures.right_after_outage is not None
    assert any(one.apart for one in figures.queues)


@pytest.mark.parametrize(("left_alone", "waits"), [(silence.FOR, False), (0.0, True)])
def test_messages_about_other_regions_do_not_wait_for_time_outs(monkeypatch, left_alone, waits):
    monkeypatch.setattr(silence, "FOR", left_alone)
    figures = played(replace(SMALL, calls=3_000, down=DOWN, seed=2))
    assert (max(one.worst for one in figures.queues) > 30) is waits
    assert (figures.longest["ConnectPeerings"] > 60) is waits


def test_the_judge_sees_dropped_messages():
    def drop(functions):
        queues = functions.queues
        put, name = queues._put, "peerkeeper-clean"
        lost = Message("m0", "", "", 0.0, 0.0)
        queues._put = lambda queue, *rest: (
            lost if queue.settings.name == name else put(queue, *rest)
        )

    said = broken(SMALL, drop)
    assert any("L4" in one and "messages of peerkeeper-clean are lost" in one for one in said)
    assert any(one.startswith("L1") and "keeps a stale route" in one for one in said)


def test_the_judge_sees_messages_that_die_at_the_first_failure():
    def receive_once(functions):
        for queue in functions.queues.by_arn.values():
            redrive = replace(queue.settings.redrive, max_receive_count=1)
            queue.settings = replace(queue.settings, redrive=redrive)

    said = broken(replace(SMALL, hours=6.0, down=DOWN), receive_once)
    assert any("L4" in one and "are dead without a cause" in one for one in said)


def test_the_judge_sees_that_the_others_wait_for_a_region_that_is_down():
    def one_at_a_time(functions):
        for queue in functions.queues.by_arn.values():
            queue.mapping = replace(queue.mapping, maximum_concurrency=1, window=7200)

    assert any(one.startswith("L3") for one in broken(replace(SMALL, down=DOWN), one_at_a_time))


@pytest.mark.proof
def test_nothing_is_lost_in_an_estate_of_thirty_accounts_with_a_region_down():
    size = Size(accounts=30, hours=3.0, calls=3000, storm=300, down=DOWN)
    figures = played(size)
    assert figures.broken == []
    assert figures.timeouts > 0
    assert figures.timed_out == 0
