"""Two VPCs that never asked for Peerkeeper stay as they are, whatever happens beside them."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
from peerkeeper.loop import ages

from simulator import engine
from simulator.draw import drawn
from simulator.scenarios import SCENARIOS
from simulator.schedule import Schedule
from simulator.start import HERE, THERE

LEFT, RIGHT = "10.8.0.0/16", "10.9.0.0/16"
BYSTANDERS = (
    (0, "vpc", "left", "seoul", LEFT),
    (0, "vpc", "right", "tokyo", RIGHT),
    (0, "table", "left2", "left", "10.8.1.0/24"),
    (0, "public", "left2-net", True),
    (0, "request", "both", "left", "right"),
    (5, "accept", "both"),
    (5, "route", "left-main", RIGHT, "VpcPeeringConnectionId", "both"),
    (0, "route", "left2", "0.0.0.0/0", "VpcPeeringConnectionId", "both"),
    (0, "route", "right-main", LEFT, "VpcPeeringConnectionId", "both"),
    (0, "cidr", "right", "10.10.0.0/16"),
)
"""They have no tag. People peered them by hand, route a part by hand, and leave DNS names off."""
DEFAULTS = (("Mode", "full"),)
OTHER_PEOPLE = {"owners": 0, "narrowed": 0, "forgotten": 0, "opponent": 0, "usurped": 0}
"""Knobs of people who may change any VPC and any peering."""
STORES = ("vpcs", "subnets", "tables", "endpoints", "tags")


def rows_of(state, names):
    """Return each row of the two VPCs, by place, store and id."""
    mine = {names[name] for name in ("left", "right", "both")}
    return {
        (where, store, id_): row
        for where in (HERE, THERE)
        for store in STORES
        for id_, row in getattr(state.places[where], store).items()
        if id_ in mine or getattr(row, "vpc_id", "") in mine
    }


def played(seed):
    _, knobs = drawn(seed)
    scenario = SCENARIOS[seed * 25 % len(SCENARIOS)]
    begins = (*scenario.start, *BYSTANDERS)
    scenario = replace(scenario, start=begins, parameters=DEFAULTS, age=scenario.age + 60)
    return Schedule(scenario, replace(knobs, **OTHER_PEOPLE), seed)


@pytest.mark.parametrize("seed", range(40))
def test_who_takes_no_part_is_the_same_object_as_before(seed):
    schedule = played(seed)
    before = rows_of(schedule.world.now, schedule.hands.names)
    assert len({store for _, store, _ in before}) >= 3
    with engine.quick():
        result = schedule.run()
    assert not result.broken
    after = rows_of(schedule.world.now, schedule.hands.names)
    assert before.keys() == after.keys()
    assert all(after[key] is row for key, row in before.items())


@pytest.mark.parametrize(("old", "broken"), [(ages.OLD, []), (inf, ["U1"])])
def test_what_was_read_before_half_a_minute_of_time_outs_lets_nothing_in(monkeypatch, old, broken):
    """A consent is withdrawn meanwhile, and after that another peering is requested."""
    monkeypatch.setattr(ages, "OLD", old)
    with engine.quick():
        result = Schedule(*drawn(1003739), 1003739).run()
    assert [words.split(":")[0] for words in result.broken] == broken
