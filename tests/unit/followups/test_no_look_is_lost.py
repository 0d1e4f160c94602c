"""No look is lost: a chain ends once what it waits for is so, or with a finding, and not in silence."""

from dataclasses import replace

from peerkeeper.values.findings import Code
from peerkeeper.values.reads import Describe
from peerkeeper.values.scope import Expectation, Expected, Function, Hint, Scope
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    SEOUL_VPC,
    SUBNET,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    snapshot,
    subnet,
    table,
    vpc,
)
from tests.truth import Truth, UntilMade
from tests.unit.jobs import (
    BOTH,
    CLEAN,
    CONNECT,
    CREATED,
    DENIED,
    run,
)


def slow_lists():
    """A read on the way that names no id: which prefix lists Tokyo's table routes by, while EC2 throttles."""
    slow = Trouble(Meaning.PASSING, "RequestLimitExceeded", "", "DescribeManagedPrefixLists")
    listed = replace(route("10.9.0.0/16", "vpce-0123456789abcdef0"), destination=None)
    listed = replace(listed, static=False, prefix_list="pl-0123456789abcdef0")
    return Truth(
        snapshot(peering(), peering(SEOUL), *BOTH[:2], table(TOKYO, listed), table(SEOUL)),
        {Describe.AWS_PREFIX_LISTS: slow},
    )


def test_a_right_that_a_role_lacks_hides_only_what_it_would_show():
    """A spoke of before may not describe subnets. A new request there is looked at again all the same."""
    claim = frozenset({Expectation(TOKYO, PCX, Expected.VISIBLE)})
    scope = Scope(CREATED.hints, claim)
    shown = (peering(SEOUL, "pending-acceptance"), *BOTH)
    for kind, looked_at in ((Describe.SUBNETS, {PCX}), (Describe.PEERINGS, set())):
        report = run(Truth(snapshot(*shown), {kind: DENIED}), CONNECT, scope)
        found = {
            hint.id
            for sent in report.hand_offs
            for hint in sent.hand_off.scope.hints
            if hint.location == TOKYO
        }
        assert found == looked_at, kind


def test_the_re_look_at_a_new_subnet_still_knows_its_vpc():
    """The VPC's first subnet of the main table: without the VPC nothing would be read."""
    claim = frozenset({Expectation(SEOUL, SUBNET, Expected.VISIBLE)})
    hint = Hint(SEOUL, SUBNET, SEOUL_VPC)
    own = replace(subnet(), id="subnet-0a39a39a39a39a399")
    other = table(SEOUL, id="rtb-0a39a39a39a39a302", main=False, subnet_ids=(own.id,))
    world = Truth(snapshot(peering(), peering(SEOUL), *BOTH, own, other))
    report = run(world, CONNECT, Scope(frozenset({hint}), claim))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert again.scope.hints == {hint}
    world.now = replace(world.now, subnets={**world.now.subnets, (SEOUL, SUBNET): subnet()})
    world.made.clear()
    run(world, CONNECT, again.scope)
    assert [change.route_table_id for change in world.made] == [SEOUL_TABLE]


def test_a_fresh_message_about_what_a_tired_one_gave_up_begins_anew():
    claim = frozenset({Expectation(TOKYO, PCX, Expected.VISIBLE)})
    tired = Scope(frozenset({Hint(TOKYO, PCX)}), looks=4, hops=4)
    world = Truth(snapshot(peering(SEOUL, "pending-acceptance"), *BOTH))
    report = run(world, CONNECT, Scope(CREATED.hints, claim), tired)
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.delay, again.scope.looks) == (30, 1)
    assert Code.STILL_WAITING not in {finding.code for finding in report.findings}


def test_the_last_message_of_a_chain_does_not_end_a_fresh_one_about_the_same_vpc():
    claim = frozenset({Expectation(TOKYO, PCX, Expected.VISIBLE)})
    last = Scope(frozenset({Hint(TOKYO, TOKYO_VPC)}), hops=8)
    world = Truth(snapshot(peering(SEOUL, "pending-acceptance"), *BOTH))
    fresh = Scope(frozenset({Hint(TOKYO, PCX, TOKYO_VPC)}), claim)
    report = run(world, CONNECT, fresh, last)
    assert {sent.hand_off.scope.hops for sent in report.hand_offs} == {1}
    assert Code.LEFT_TO_SWEEP not in {finding.code for finding in report.findings}


def test_a_read_of_no_id_on_the_way_is_tried_again_by_the_hint_that_led_there():
    """In place of a look at the whole location, which costs most where EC2 throttles."""
    report = run(slow_lists(), CONNECT, Scope(frozenset({Hint(SEOUL, SEOUL_VPC)})))
    found = {hint for sent in report.hand_offs for hint in sent.hand_off.scope.hints}
    assert found == {Hint(SEOUL, SEOUL_VPC)}


def test_of_several_messages_no_one_knows_which_led_to_a_read_on_the_way():
    other = Scope(frozenset({Hint(SEOUL, "vpc-0a39a39a39a39a399")}))
    report = run(slow_lists(), CONNECT, other, Scope(frozenset({Hint(SEOUL, SEOUL_VPC)}), looks=1))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert again.scope.hints == {Hint(TOKYO)}
    assert again.scope.why == f"{TOKYO} could not be read"


def test_what_was_not_read_is_not_covered_by_another_functions_second_look():
    slow = Trouble(Meaning.PASSING, "RequestLimitExceeded", "", "DescribeSubnets")
    dead = route("10.39.0.0/16", OLD_PCX, blackhole=True)
    world = Truth(snapshot(vpc(), table(TOKYO, dead)), {Describe.SUBNETS: slow})
    tired = Scope(frozenset({Hint(TOKYO)}), looks=4, hops=4)
    report = run(world, CONNECT, tired)
    assert {sent.hand_off.function for sent in report.hand_offs} == {Function.CLEAN}
    assert report.failed == (0,)


def test_who_waits_for_a_peering_to_end_is_woken_when_its_routes_are_gone():
    ending = (
        peering(status="deleting", id=OLD_PCX),
        peering(SEOUL, "deleting", id=OLD_PCX),
        *(peering(), peering(SEOUL)),
    )
    kept = table(TOKYO, route("10.39.0.0/16", OLD_PCX))
    world = Truth(snapshot(*ending, vpc(), vpc(SEOUL), kept, table(SEOUL)))
    report = run(world, CONNECT, Scope(frozenset({Hint(TOKYO, PCX, TOKYO_VPC)})))
    (cleans,) = [
        sent.hand_off for sent in report.hand_offs if sent.hand_off.function is Function.CLEAN
    ]
    assert (cleans.delay, cleans.scope.then) == (30, Function.CONNECT)


def test_a_delete_by_absence_that_came_too_late_keeps_this_look_as_its_first():
    gone = [f"pcx-0c0ffee0c0ffee{number:03x}" for number in range(16, 19)]
    dead = [route(f"10.{n}.0.0/16", id_, blackhole=True) for n, id_ in enumerate(gone)]
    live = [route(f"10.{100 + n}.0.0/16", PCX) for n in range(20)]
    world = Truth(
        snapshot(peering(), peering(SEOUL), *BOTH[:2], table(TOKYO, *dead, *live), table(SEOUL))
    )
    absent = frozenset((TOKYO, id_) for id_ in gone)
    proven = Scope(frozenset({Hint(TOKYO)}), absent=absent, proven=True, hops=1)
    report = run(world, CLEAN, proven, clock=UntilMade(world, 1))
    (done,) = world.made
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert again.scope.absent == absent - {(TOKYO, done.pcx_id)}
    assert (again.function, again.delay, again.scope.hops) == (Function.CLEAN, 310, 2)
