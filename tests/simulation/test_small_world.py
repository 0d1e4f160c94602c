"""Every state of small worlds: no promise is broken in any, and seeded bugs are found by the shortest way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator import engine
from simulator.faults import Knobs
from simulator.mutants import MUTANTS
from simulator.remembered import remembered
from simulator.scenarios.scenario import Scenario
from simulator.schedule import Schedule
from simulator.small_world.calls import DELAYS
from simulator.small_world.explore import Exploration, explore
from simulator.small_world.node import Keys, Left
from simulator.small_world.small import WORLDS
from simulator.start import HERE, THERE

FAULTS = ("losses", "copies", "delays", "crashes", "late")
DEEP = 1000
"""Moves: deeper than any of these worlds."""
FEW, MANY = 6_000, 60_000
"""States at which an exploration stops, in `make test` and in `make proof`."""
DEEPER = 100_000
"""States at which the search for a seeded bug stops."""
ONE = WORLDS["one-deed"]
REDUCED = [
    *(("one-deed", Left(deeds=1, **{fault: 1})) for fault in FAULTS),
    ("observed", WORLDS["observed"].left),
    ("again", Left(deeds=1, copies=1)),
    ("observed", Left(sweeps=2)),
    ("exempt", Left(sweeps=2)),
]
FOUND = {
    "an-end-wakes-nobody": ("twin", "L6"),
    "one-side-only": ("one-deed", "V1"),
    "tells-of-the-pending": ("held", "N3"),
    "telling-is-told": ("held", "N4"),
}
"""Seeded bugs, the small world in which each is found, and the promise that it breaks."""
FOUND_TOO = {
    "absent-means-deleted": ("forgotten", "S2"),
    "already-exists-is-fatal": ("one-deed", "benign"),
    "blackhole-means-stale": ("forgotten", "S2"),
    "blocked-is-well": ("stale-add-only", "A1"),
    "deletes-a-foreign-route": ("again", "L1"),
    "double-accept": ("one-deed", "L5"),
    "exempt-forgotten": ("exempt", "S5"),
    "gaps-are-silent": ("stale-add-only", "N1"),
    "marks-strangers": ("peered", "U1"),
    "no-sweep": ("one-deed", "L1"),
    "observe-writes": ("observed", "S6"),
    "partial-page": ("peered", "V1"),
    "replaces-a-foreign-route": ("one-deed", "S5"),
    "routes-on-accept-only": ("peered", "L1"),
    "second-look-at-once": ("forgotten", "S2"),
    "settings-for-all": ("exempt", "S8"),
    "stale-approval": ("two-deeds", "S1"),
    "tells-and-forgets": ("held", "N2"),
    "tells-at-every-look": ("held", "N2"),
    "trusts-the-event": ("two-deeds", "L1"),
    "withdrawn-at-any-change": ("peered", "N3"),
    "wrong-region": ("one-deed", "V1"),
}


def test_every_state_of_one_deed_keeps_every_promise(measured):
    found = explore(ONE, DEEP, FEW)
    measured(said(found))
    assert not found.broken, found.trace
    assert found.whole
    assert found.ends > 3


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "one-deed"])
def test_the_nearest_states_of_each_small_world_keep_every_promise(name, measured):
    found = explore(WORLDS[name], DEEP, FEW)
    measured(said(found))
    assert not found.broken, (found.broken, found.trace)
    assert found.states >= FEW or found.whole


@pytest.mark.proof
@pytest.mark.parametrize("name", WORLDS)
def test_many_states_of_each_small_world_keep_every_promise(name, measured):
    found = explore(WORLDS[name], DEEP, MANY)
    measured(said(found))
    assert not found.broken, (found.broken, found.trace)
    assert found.states >= MANY or found.whole


@pytest.mark.parametrize(("name", "left"), REDUCED)
def test_the_reductions_lose_no_end(name, left):
    """Without them there are more states and more moves, and the world ends in the same ways."""
    small = replace(WORLDS[name], left=left)
    keys = Keys()
    reduced, whole = (ends(small, keys, plain=plain) for plain in (False, True))
    assert reduced[0].states < whole[0].states
    assert reduced[1] == whole[1]


def test_what_a_schedule_ends_in_is_an_end_of_the_small_world():
    """The two machines run the same code, one by chance and one by every chance."""
    exploration = Exploration(ONE)
    with engine.quick(remembered):
        exploration.run(DEEP, FEW)
        script = ((1, "request", "ab", "a", "b"),)
        drawn = Scenario("asked", ONE.scenario.start, script, ONE.scenario.parameters, age=60.0)
        state, moment = Schedule(drawn, Knobs(), 1).run().final
    keys = Keys()
    places = {where: state.places[where] for where in (HERE, THERE)}
    world = keys.world(replace(state, places=places), moment)
    assert world in {keys.world(end.rest, end.moment) for end in exploration.rests.known.values()}


@pytest.mark.parametrize("bug", FOUND)
def test_four_seeded_bugs_are_found_by_the_shortest_way(bug, measured):
    """The simulator's schedules need 734 seeds for the first of them."""
    assert_found(bug, *FOUND[bug], measured)


@pytest.mark.proof
@pytest.mark.parametrize("bug", FOUND_TOO)
def test_seeded_bugs_that_can_show_in_a_small_world_are_found_there(bug, measured):
    assert_found(bug, *FOUND_TOO[bug], measured)


def assert_found(bug, name, promise, measured):
    found = explore(WORLDS[name], DEEP, DEEPER, around=MUTANTS[bug].put_in)
    measured(f"{bug} in {name}: {promise} in {len(found.trace)} moves, {found.states:,} states")
    assert found.broken.startswith(promise)
    assert len(found.trace) == found.depth + 1


def ends(small, keys, *, plain):
    """Return what the exploration came to, and the keys of EC2 at each end."""
    exploration = Exploration(small, plain=plain)
    with engine.quick(remembered):
        found = exploration.run(DEEP, MANY)
    assert found.whole
    known = exploration.rests.known.values()
    return found, {keys.world(end.state, replace(end.moment, delays=DELAYS)) for end in known}


def said(found):
    left = f"{found.frontier:,} left" if found.frontier else "whole"
    return (
        f"small world {found.small.name:18} {found.states:7,} states {found.moves:7,} moves "
        f"depth {found.depth:2} {left}, {found.ends} ends, {found.late} late deletes"
    )
