"""A peering that ended without a route leaves room for others: connect_peerings looks at its VPCs."""

import pytest
from peerkeeper.settings import Mode
from peerkeeper.values.reads import Describe
from peerkeeper.values.scope import Expectation, Expected, Function, Hint, Scope

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    snapshot,
    table,
    vpc,
)
from tests.truth import Truth
from tests.unit.jobs import BOTH, CLEAN, DENIED, PASSING, run

DELETED = Scope(
    frozenset({Hint(SEOUL, PCX), Hint(TOKYO, PCX)}),
    frozenset({Expectation(SEOUL, PCX, Expected.GONE)}),
)
ENDED = (peering(status="deleted"), peering(SEOUL, "deleted"))
TO_SEOUL = route("10.39.0.0/16", PCX, blackhole=True)


def woken(*resources, unread=(), **changed):
    """The hints on which connect_peerings is woken at once."""
    world = Truth(snapshot(*resources), dict(unread))
    report = run(world, CLEAN, DELETED, **changed)
    sent = [one.hand_off for one in report.hand_offs]
    assert all(one.delay == 0 for one in sent if one.function is Function.CONNECT)
    return {hint for one in sent if one.function is Function.CONNECT for hint in one.scope.hints}


HERE, THERE = Hint(SEOUL, PCX, SEOUL_VPC), Hint(TOKYO, PCX, TOKYO_VPC)


def test_both_vpcs_are_looked_at_if_neither_had_a_route():
    assert woken(*ENDED, *BOTH) == {HERE, THERE}


def test_the_side_that_had_a_route_is_woken_by_the_event_of_its_delete():
    assert woken(*ENDED, vpc(), vpc(SEOUL), table(TOKYO, TO_SEOUL), table(SEOUL)) == {HERE}


@pytest.mark.parametrize(
    ("tags", "mode"), [((), Mode.ADD_ONLY), ((("peerkeeper:routes", "report"),), Mode.FULL)]
)
def test_a_route_that_is_not_deleted_wakes_nobody_so_its_side_is_looked_at(tags, mode):
    tables = (table(TOKYO, TO_SEOUL, tags=tags), table(SEOUL))
    assert woken(*ENDED, vpc(), vpc(SEOUL), *tables, mode=mode) == {HERE, THERE}


def test_an_exempt_vpc_has_nothing_to_gain():
    out = vpc(tags=(("peerkeeper:exempt", "true"),))
    assert woken(*ENDED, out, vpc(SEOUL), table(), table(SEOUL)) == {HERE}


@pytest.mark.parametrize("status", ["rejected", "failed", "expired"])
def test_each_way_to_end_counts(status):
    assert woken(peering(status=status), peering(SEOUL, status), *BOTH)


def test_one_side_may_show_the_end_before_the_other():
    assert woken(peering(status="deleted"), peering(SEOUL, "deleting"), *BOTH) == {HERE, THERE}


@pytest.mark.parametrize("status", ["deleting", "active", "pending-acceptance"])
def test_nobody_is_woken_before_the_end(status):
    assert not woken(peering(status=status), peering(SEOUL, status), *BOTH)


def test_what_was_not_read_is_not_without_a_route():
    assert not woken(*ENDED, *BOTH, unread={Describe.ROUTE_TABLES: DENIED}.items())


def test_where_a_read_fails_in_passing_the_look_again_still_knows_of_the_end():
    """Seoul was read, and is handed on. Tokyo is read in half a minute, and is handed on then."""
    world = Truth(snapshot(*ENDED, *BOTH), {TOKYO: PASSING})
    again, there = (one.hand_off for one in run(world, CLEAN, DELETED).hand_offs)
    if again.function is Function.CONNECT:
        again, there = there, again
    assert there.scope.hints == {HERE}
    assert (again.function, again.scope.hints) == (Function.CLEAN, {Hint(TOKYO, PCX)})
    world.trouble.clear()
    (sent,) = run(world, CLEAN, again.scope).hand_offs
    assert sent.hand_off.function is Function.CONNECT
    assert THERE in sent.hand_off.scope.hints


def test_a_look_that_no_event_of_an_end_led_to_wakes_nobody():
    """The sweep's, or one of `connect_peerings`: these look at the VPCs themselves."""
    world = Truth(snapshot(*ENDED, *BOTH))
    assert not run(world, CLEAN, Scope(DELETED.hints)).hand_offs


def test_mode_observe_hands_nothing_on():
    assert not woken(*ENDED, *BOTH, mode=Mode.OBSERVE)
