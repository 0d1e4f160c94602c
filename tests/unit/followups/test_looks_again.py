"""What is looked at again, when, how often, and what becomes of it in the end."""

from dataclasses import replace

from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.configure import ConfigureReads
from peerkeeper.values.changes import CreateRoute, DeleteRoute
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import Describe
from peerkeeper.values.scope import Expectation, Expected, Function, Hint, Scope
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    OLD_PCX,
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
from tests.truth import Truth, UntilMade
from tests.unit.jobs import (
    BOTH,
    CLEAN,
    CONNECT,
    CREATED,
    DENIED,
    PASSING,
    PENDING,
    SWEEP,
    run,
)


def test_absent_once_is_looked_at_again_five_minutes_later_and_then_goes():
    blackhole = route("10.39.0.0/16", PCX, blackhole=True)
    world = Truth(snapshot(vpc(), table(TOKYO, blackhole)))
    first = run(world, CLEAN, Scope(frozenset({Hint(TOKYO, PCX)})))
    (again,) = [sent.hand_off for sent in first.hand_offs]
    assert (again.function, again.delay >= 300) == (Function.CLEAN, True)
    assert again.scope.absent == {(TOKYO, PCX)}
    unproven = run(world, CLEAN, again.scope)
    assert world.made == []
    assert len(unproven.hand_offs) == 1
    run(world, CLEAN, replace(again.scope, proven=True))
    assert [type(change) for change in world.made] == [DeleteRoute]


def test_an_event_that_the_read_contradicts_is_looked_at_again_at_30_60_120_and_300_seconds():
    world = Truth(snapshot(peering(), peering(SEOUL), *BOTH))
    claim = frozenset({Expectation(TOKYO, PCX, Expected.GONE)})
    scope, delays = Scope(frozenset({Hint(TOKYO, PCX)}), claim), []
    while True:
        report = run(world, CLEAN, scope)
        found = [f for f in report.findings if f.code is Code.STILL_WAITING]
        if not report.hand_offs:
            break
        assert found == []
        (again,) = [sent.hand_off for sent in report.hand_offs]
        delays.append(again.delay)
        scope = again.scope
    assert delays == [30, 60, 120, 300]
    assert world.made == []
    assert [(finding.location, finding.subject) for finding in found] == [(TOKYO, PCX)]
    assert "the event says gone" in found[0].message


def test_a_write_that_is_refused_through_all_relooks_is_a_finding_and_the_sweep_starts_anew():
    world = Truth(snapshot(peering(), peering(SEOUL), *BOTH), {CreateRoute: PASSING})
    tired = replace(CREATED, looks=4)
    report = run(world, CONNECT, tired)
    found = [finding for finding in report.findings if finding.code is Code.STILL_WAITING]
    assert {finding.subject for finding in found} == {PCX}
    assert all(PASSING.code in finding.message for finding in found)
    assert not report.hand_offs
    swept = run(world, SWEEP, Scope(frozenset({Hint(SEOUL), Hint(TOKYO)})))
    assert Code.STILL_WAITING not in {finding.code for finding in swept.findings}
    assert {sent.hand_off.scope.looks for sent in swept.hand_offs} == {0}


def test_a_new_id_that_is_not_visible_yet_is_looked_at_again():
    claim = frozenset({Expectation(TOKYO, PCX, Expected.VISIBLE)})
    report = run(Truth(snapshot()), CONNECT, Scope(frozenset({Hint(TOKYO, PCX)}), claim))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.delay, again.scope.expect) == (30, claim)


def test_a_request_that_failed_ends_the_waiting_on_both_sides():
    world = Truth(snapshot(peering(SEOUL, "failed"), *BOTH))
    claim = frozenset({Expectation(TOKYO, PCX, Expected.VISIBLE)})
    hints = frozenset({Hint(SEOUL, PCX), Hint(TOKYO, PCX)})
    report = run(world, CONNECT, Scope(hints, claim))
    assert {one.code for one in report.findings} == {Code.REQUEST_FAILED}
    assert report.hand_offs == ()


def test_a_region_that_is_down_is_looked_at_again_and_the_other_goes_on():
    down = Trouble(Meaning.PASSING, "ServiceUnavailable", "", "DescribeVpcs")
    world = Truth(snapshot(peering(), peering(SEOUL), *BOTH), {SEOUL: down})
    report = run(world, CONNECT, Scope(frozenset({Hint(TOKYO, TOKYO_VPC)})))
    assert [c.location for c in world.made if isinstance(c, CreateRoute)] == [TOKYO]
    assert Code.UNREAD in {finding.code for finding in report.findings}
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert {hint.location for hint in again.scope.hints} == {SEOUL}
    assert report.failed == ()


def test_what_could_not_be_read_contradicts_no_event():
    down = Trouble(Meaning.PASSING, "ServiceUnavailable", "", "DescribeVpcs")
    claim = frozenset({Expectation(SEOUL, PCX, Expected.VISIBLE)})
    scope = Scope(frozenset({Hint(SEOUL, PCX)}), claim)
    report = run(Truth(snapshot(*PENDING), {SEOUL: down}), CONNECT, scope)
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert "could not be read" in again.scope.why
    assert again.scope.expect == claim, "the claim is looked into once the location can be read"


def test_a_re_look_still_answers_to_whoever_waits_for_it():
    world = Truth(
        snapshot(peering(status="deleting"), *BOTH[:1], table(TOKYO, route("10.39.0.0/16", PCX)))
    )
    scope = Scope(frozenset({Hint(TOKYO, PCX)}), then=Function.CONNECT.value)
    (again,) = [sent.hand_off for sent in run(world, CLEAN, scope).hand_offs]
    assert (again.delay, again.scope.then) == (30, Function.CONNECT)


def test_a_message_fails_only_once_its_own_location_stays_down_through_every_re_look():
    down = Trouble(Meaning.PASSING, "ServiceUnavailable", "", "DescribeVpcs")
    world = Truth(snapshot(*PENDING), {SEOUL: down})
    tired = replace(CREATED, looks=4)
    other = Scope(frozenset({Hint(TOKYO, "vpc-0b31b31b31b31b399")}))
    report = run(world, CONNECT, tired, other)
    assert report.failed == (0,)


def test_a_throttled_write_is_tried_again_later():
    world = Truth(snapshot(peering(), peering(SEOUL), *BOTH), {CreateRoute: PASSING})
    report = run(world, CONNECT, CREATED)
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.function, again.delay, again.scope.hops) == (Function.CONNECT, 30, 1)
    assert report.failed == ()


def test_a_chain_ends_after_eight_hand_offs_and_says_so():
    world = Truth(snapshot(*PENDING))
    scope = replace(CREATED, hops=8)
    report = run(world, CONNECT, scope, clock=UntilMade(world, 1))
    assert report.hand_offs == ()
    assert Code.LEFT_TO_SWEEP in {finding.code for finding in report.findings}


def test_one_tired_chain_in_a_batch_does_not_tire_the_others():
    other_vpc = "vpc-0b31b31b31b31b399"
    claim = frozenset({Expectation(TOKYO, other_vpc, Expected.VISIBLE)})
    fresh = Scope(frozenset({Hint(TOKYO, other_vpc)}), claim)
    report = run(Truth(snapshot(*PENDING)), CONNECT, replace(CREATED, hops=8), fresh)
    assert [sent.hand_off.scope.hops for sent in report.hand_offs] == [1]


def test_re_looks_of_one_batch_are_counted_each_on_its_own():
    fresh_vpc, tired_vpc = "vpc-0b31b31b31b31b398", "vpc-0b31b31b31b31b399"

    def waits_for(vpc_id, looks, hops):
        claim = frozenset({Expectation(TOKYO, vpc_id, Expected.VISIBLE)})
        return Scope(frozenset({Hint(TOKYO, vpc_id)}), claim, looks=looks, hops=hops)

    batch = (waits_for(fresh_vpc, 0, 0), waits_for(tired_vpc, 4, 6))
    report = run(Truth(snapshot()), CONNECT, *batch)
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert ({hint.id for hint in again.scope.hints}, again.delay) == ({fresh_vpc}, 30)


def test_in_a_location_that_stays_down_only_the_tired_message_fails():
    down = Trouble(Meaning.PASSING, "ServiceUnavailable", "", "DescribeVpcs")
    tired = Scope(frozenset({Hint(SEOUL, SEOUL_VPC)}), looks=4)
    fresh = Scope(frozenset({Hint(SEOUL, "vpc-0a39a39a39a39a399")}))
    report = run(Truth(snapshot(), {SEOUL: down}), CONNECT, tired, fresh)
    assert report.failed == (0,)
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert {hint.id for hint in again.scope.hints} == {"vpc-0a39a39a39a39a399"}


def test_a_new_vpc_that_no_read_shows_yet_is_looked_at_again_and_is_no_unread_location():
    gone = Trouble(Meaning.ABSENT, "InvalidVpcID.NotFound", "", "DescribeVpcAttribute")
    world = Truth(snapshot(), {Describe.DNS_HOSTNAMES: gone, Describe.DNS_SUPPORT: gone})
    claim = frozenset({Expectation(SEOUL, SEOUL_VPC, Expected.VISIBLE)})
    job = Job(Function.CONFIGURE, ConfigureReads(), RULES_OF[Function.SWEEP])
    report = run(world, job, Scope(frozenset({Hint(SEOUL, SEOUL_VPC)}), claim))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.function, again.delay, report.findings) == (Function.CONFIGURE, 30, ())


def test_a_proven_second_look_that_cannot_be_made_keeps_its_proof_by_failing():
    down = Trouble(Meaning.PASSING, "RequestLimitExceeded", "", "DescribeRouteTables")
    proven = Scope(frozenset({Hint(TOKYO)}), absent=frozenset({(TOKYO, PCX)}), proven=True)
    report = run(Truth(snapshot(), {TOKYO: down}), CLEAN, proven)
    assert (report.failed, report.hand_offs) == ((0,), ())


def test_a_denied_location_contradicts_no_event():
    claim = frozenset({Expectation(SEOUL, PCX, Expected.ACCEPTED)})
    denied = replace(DENIED, action="DescribeVpcPeeringConnections")
    report = run(
        Truth(snapshot(), {SEOUL: denied}), CONNECT, Scope(frozenset({Hint(SEOUL, PCX)}), claim)
    )
    assert (report.hand_offs, report.failed) == ((), ())


def test_a_place_that_was_never_read_contradicts_no_event():
    """A hand-off that claims something and hints at nothing: nothing is read, so nothing is known."""
    for state in Expected:
        claim = frozenset({Expectation(SEOUL, PCX, state)})
        world = Truth(snapshot())
        alone = run(world, CONNECT, Scope(expect=claim))
        assert (alone.hand_offs, alone.findings, alone.failed) == ((), (), ()), state
        elsewhere = Scope(frozenset({Hint(TOKYO, TOKYO_VPC)}), claim)
        assert run(world, CONNECT, elsewhere).hand_offs == (), state


def test_a_vpc_whose_attributes_are_not_visible_yet_is_looked_at_again():
    gone = Trouble(Meaning.ABSENT, "InvalidVpcID.NotFound", "", "DescribeVpcAttribute")
    world = Truth(snapshot(vpc(SEOUL)), {Describe.DNS_HOSTNAMES: gone, Describe.DNS_SUPPORT: gone})
    job = Job(Function.CONFIGURE, ConfigureReads(), RULES_OF[Function.SWEEP])
    report = run(world, job, Scope(frozenset({Hint(SEOUL, SEOUL_VPC)})))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert {hint.id for hint in again.scope.hints} == {SEOUL_VPC}


def test_absent_ids_are_split_so_that_each_message_stays_small():
    ids = [f"pcx-{number:017x}" for number in range(1200)]
    blackholes = [
        route(f"10.{n // 256}.{n % 256}.0/24", pcx, blackhole=True) for n, pcx in enumerate(ids)
    ]
    world = Truth(snapshot(vpc(), table(TOKYO, *blackholes)))
    report = run(world, SWEEP, Scope(frozenset({Hint(TOKYO)})))
    bodies = [sent.hand_off.to_body() for sent in report.hand_offs]
    assert max(map(len, bodies)) < 262_144 / 2
    assert {pcx for sent in report.hand_offs for _, pcx in sent.hand_off.scope.absent} == set(ids)


def test_an_id_found_on_the_way_is_looked_at_again_beside_another_message_of_its_location():
    down = Trouble(Meaning.PASSING, "RequestLimitExceeded", "", "DescribeRouteTables")
    world = Truth(snapshot(peering(SEOUL, "deleted"), vpc(SEOUL)), {TOKYO: down})
    deletion = Scope(frozenset({Hint(SEOUL, PCX)}))
    other = Scope(frozenset({Hint(TOKYO, OLD_PCX)}))
    report = run(world, CLEAN, deletion, other)
    again = {hint for sent in report.hand_offs for hint in sent.hand_off.scope.hints}
    assert {Hint(TOKYO, PCX), Hint(TOKYO, OLD_PCX)} <= again


def test_a_message_fails_when_what_it_led_to_can_be_looked_at_no_more():
    down = Trouble(Meaning.PASSING, "RequestLimitExceeded", "", "DescribeRouteTables")
    world = Truth(snapshot(peering(SEOUL, "deleted"), vpc(SEOUL)), {TOKYO: down})
    report = run(world, CLEAN, Scope(frozenset({Hint(SEOUL, PCX)}), looks=4))
    assert (report.failed, report.hand_offs) == ((0,), ())


def test_a_deletion_under_way_is_looked_at_again_though_no_route_of_ours_waits_for_it():
    claim = frozenset({Expectation(SEOUL, PCX, Expected.GONE)})
    world = Truth(snapshot(peering(SEOUL, "deleting"), vpc(SEOUL), table(SEOUL)))
    report = run(world, CLEAN, Scope(frozenset({Hint(SEOUL, PCX)}), claim))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.delay, again.scope.expect) == (30, claim)
