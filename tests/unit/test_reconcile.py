"""The loop: waves, what a function may do, what it leaves and to whom."""

from dataclasses import replace

import pytest
from peerkeeper.changes import AcceptPeering, AllowRemoteDnsResolution, CreateRoute, DeleteRoute
from peerkeeper.findings import Code
from peerkeeper.looks.clean import CleanLook
from peerkeeper.looks.configure import ConfigureLook
from peerkeeper.looks.connect import ConnectLook
from peerkeeper.looks.sweep import SweepLook
from peerkeeper.model import Side
from peerkeeper.outcomes import Result
from peerkeeper.reads import Kind
from peerkeeper.reconcile import Job, reconcile
from peerkeeper.rules import RULES, acceptance, dns_resolution, routes, stale_routes
from peerkeeper.scope import Expectation, Expected, Function, Hint, Scope
from peerkeeper.settings import Mode
from peerkeeper.trouble import Meaning, Trouble

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.truth import Forever, Truth, UntilMade, in_order

CONNECT = Job(Function.CONNECT, ConnectLook(), (acceptance, routes, dns_resolution, stale_routes))
CLEAN = Job(Function.CLEAN, CleanLook(), (stale_routes,))
SWEEP = Job(Function.SWEEP, SweepLook(), RULES)
CREATED = Scope(frozenset({Hint(SEOUL, PCX, SEOUL_VPC), Hint(TOKYO, PCX, TOKYO_VPC)}))
BOTH = (vpc(), vpc(SEOUL), table(), table(SEOUL))
PENDING = (
    peering(status="pending-acceptance"),
    peering(SEOUL, "pending-acceptance"),
    *BOTH,
)
PASSING = Trouble(Meaning.PASSING, "RequestLimitExceeded", "slow down", "CreateRoute")
DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "CreateRoute")


def run(world, job=CONNECT, *scopes, clock=None, **changed):
    return reconcile(
        scopes or [CREATED],
        settings(**changed),
        world,
        job,
        clock=clock or Forever(),
        gather=in_order,
    )


def kinds(report):
    return sorted(type(outcome.change).__name__ for outcome in report.outcomes)


def test_a_request_is_accepted_and_both_sides_are_routed_in_three_waves():
    world = Truth(snapshot(*PENDING))
    report = run(world)
    assert kinds(report)[:3] == [
        "AcceptPeering",
        "AllowRemoteDnsResolution",
        "AllowRemoteDnsResolution",
    ]
    assert kinds(report)[3:] == ["CreateRoute", "CreateRoute"]
    made = [type(change) for change in world.made]
    assert made[:3] == [AcceptPeering, CreateRoute, CreateRoute]
    assert run(Truth(world.now)).outcomes == ()


def test_a_converged_scope_makes_no_change_and_no_hand_off():
    world = Truth(snapshot(*PENDING))
    run(world)
    for job in (CONNECT, CLEAN, SWEEP):
        report = run(Truth(world.now), job, Scope(frozenset({Hint(SEOUL), Hint(TOKYO)})))
        assert (report.outcomes, report.hand_offs, report.findings) == ((), (), ())


def test_mode_observe_changes_nothing_hands_off_nothing_and_says_what_it_would_do():
    world = Truth(snapshot(*PENDING))
    for job in (CONNECT, SWEEP):
        report = run(world, job, Scope(frozenset({Hint(TOKYO)})), mode=Mode.OBSERVE)
        assert (world.made, report.hand_offs) == ([], ())
        assert [type(change) for change in report.would] == [AcceptPeering]


def test_mode_add_only_adds_and_takes_nothing_away():
    stale = table(TOKYO, route("10.9.0.0/16", OLD_PCX))
    gone = replace(peering(status="deleted"), id=OLD_PCX)
    world = Truth(snapshot(gone, *PENDING[:2], vpc(), vpc(SEOUL), stale, table(SEOUL)))
    report = run(world, CONNECT, Scope(frozenset({Hint(TOKYO)})), mode=Mode.ADD_ONLY)
    assert "CreateRoute" in kinds(report)
    assert not any(sent.hand_off.function is Function.CLEAN for sent in report.hand_offs)
    cleaned = run(world, CLEAN, Scope(frozenset({Hint(TOKYO, OLD_PCX)})), mode=Mode.ADD_ONLY)
    assert cleaned.outcomes == ()
    assert [type(change) for change in cleaned.would] == [DeleteRoute]


def test_what_the_sweep_finds_goes_to_the_functions_that_may_mend_it():
    stale = table(TOKYO, route("10.9.0.0/16", OLD_PCX))
    gone = replace(peering(status="deleted"), id=OLD_PCX)
    seen = snapshot(gone, *PENDING[:2], vpc(), vpc(SEOUL), stale, table(SEOUL))
    world = Truth(replace(seen, dns_hostnames={(TOKYO, TOKYO_VPC): False}))
    report = run(world, SWEEP, Scope(frozenset({Hint(SEOUL), Hint(TOKYO)})))
    assert world.made == []
    woken = {one.hand_off.function: one.hand_off.scope for one in report.hand_offs}
    assert {h.id for h in woken[Function.CONNECT].hints} == {PCX}
    assert {h.id for h in woken[Function.CLEAN].hints} == {OLD_PCX}
    assert {h.id for h in woken[Function.CONFIGURE].hints} == {TOKYO_VPC}
    assert {scope.hops for scope in woken.values()} == {1}


def test_a_stale_route_in_the_way_is_handed_to_clean_which_hands_the_create_back():
    in_the_way = table(TOKYO, route("10.39.0.0/16", OLD_PCX))
    gone = replace(peering(status="deleted"), id=OLD_PCX)
    world = Truth(
        snapshot(gone, peering(), peering(SEOUL), vpc(), vpc(SEOUL), in_the_way, table(SEOUL))
    )
    first = run(world, CONNECT, Scope(frozenset({Hint(TOKYO, TOKYO_VPC)})))
    (to_clean,) = [s.hand_off for s in first.hand_offs if s.hand_off.function is Function.CLEAN]
    assert to_clean.scope.then == Function.CONNECT
    second = run(world, CLEAN, to_clean.scope)
    assert kinds(second) == ["DeleteRoute"]
    (back,) = [sent.hand_off for sent in second.hand_offs]
    assert (back.function, back.scope.hops) == (Function.CONNECT, 2)
    third = run(world, CONNECT, back.scope)
    assert kinds(third) == ["CreateRoute"]
    assert not any(s.hand_off.delay == 0 for s in third.hand_offs)


def test_clean_that_changes_nothing_hands_nothing_back():
    world = Truth(snapshot(peering(), *BOTH))
    scope = Scope(frozenset({Hint(TOKYO, PCX)}), then=Function.CONNECT.value)
    assert run(world, CLEAN, scope).hand_offs == ()


def test_clean_takes_the_routes_of_both_sides_and_no_other():
    seen = snapshot(
        peering(status="deleted"),
        peering(SEOUL, "deleted"),
        vpc(),
        vpc(SEOUL),
        table(TOKYO, route("10.39.0.0/16", PCX), route("0.0.0.0/0", "igw-1")),
        table(SEOUL, route("172.31.0.0/16", PCX), route("10.9.0.0/16", "tgw-1")),
    )
    world = Truth(seen)
    report = run(world, CLEAN, Scope(frozenset({Hint(SEOUL, PCX)})))
    assert {c.route_table_id for c in world.made} == {SEOUL_TABLE, TOKYO_TABLE}
    assert report.waves == 3
    left = [r.target for t in world.now.route_tables.values() for r in t.routes]
    assert sorted(left) == ["igw-1", "local", "local", "tgw-1"]


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
        if not report.hand_offs:
            break
        (again,) = [sent.hand_off for sent in report.hand_offs]
        delays.append(again.delay)
        scope = again.scope
    assert delays == [30, 60, 120, 300]
    assert world.made == []


def test_a_new_id_that_is_not_visible_yet_is_looked_at_again():
    claim = frozenset({Expectation(TOKYO, PCX, Expected.VISIBLE)})
    report = run(Truth(snapshot()), CONNECT, Scope(frozenset({Hint(TOKYO, PCX)}), claim))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.delay, again.scope.expect) == (30, claim)


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


def test_a_denied_location_is_a_finding_that_names_what_to_grant_and_no_retry():
    world = Truth(snapshot(*PENDING), {SEOUL: replace(DENIED, action="DescribeRouteTables")})
    report = run(world)
    denied = [f for f in report.findings if f.code is Code.DENIED]
    assert denied
    assert all("ec2:DescribeRouteTables" in finding.message for finding in denied)
    assert report.failed == ()


@pytest.mark.parametrize(
    ("meaning", "code"), [(Meaning.QUOTA, Code.QUOTA), (Meaning.DENIED, Code.DENIED)]
)
def test_one_full_or_denied_table_does_not_stop_the_others(meaning, code):
    other = table(id="rtb-0b31b31b31b31b302", main=False, subnet_ids=("subnet-1",))
    full = CreateRoute(TOKYO, TOKYO_TABLE, vpc(SEOUL).cidrs[0], PCX, reason="")
    trouble = Trouble(meaning, "RouteLimitExceeded", "", "CreateRoute")
    world = Truth(snapshot(peering(), vpc(), vpc(SEOUL), table(), other), {full: trouble})
    report = run(world, CONNECT, Scope(frozenset({Hint(TOKYO, TOKYO_VPC)})))
    results = {
        o.change.route_table_id: o.result
        for o in report.outcomes
        if hasattr(o.change, "route_table_id")
    }
    assert results == {TOKYO_TABLE: Result.FAILED, "rtb-0b31b31b31b31b302": Result.APPLIED}
    assert code in {finding.code for finding in report.findings}
    assert report.hand_offs == ()


def test_a_throttled_write_is_tried_again_later():
    world = Truth(snapshot(peering(), peering(SEOUL), *BOTH), {CreateRoute: PASSING})
    report = run(world, CONNECT, CREATED)
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.function, again.delay, again.scope.hops) == (Function.CONNECT, 30, 1)
    assert report.failed == ()


def test_a_route_that_exists_already_is_read_again_before_it_is_believed():
    exists = Trouble(Meaning.ALREADY_SO, "RouteAlreadyExists", "", "CreateRoute")
    world = Truth(snapshot(peering(), vpc(), vpc(SEOUL), table()), {CreateRoute: exists})
    taken = table(TOKYO, route("10.39.0.0/16", "nat-1"))
    plain = world.apply

    def apply(change):
        world.now = replace(world.now, route_tables={(TOKYO, TOKYO_TABLE): taken})
        return plain(change)

    world.apply = apply
    report = run(world, CONNECT, Scope(frozenset({Hint(TOKYO, TOKYO_VPC)})))
    assert Code.CONFLICT in {finding.code for finding in report.findings}
    assert report.hand_offs == ()


def test_after_the_deadline_nothing_is_written_and_the_rest_is_handed_on():
    world = Truth(snapshot(*PENDING))
    report = run(world, clock=UntilMade(world, 1))
    assert [type(change) for change in world.made] == [AcceptPeering]
    (rest,) = [s.hand_off for s in report.hand_offs if s.hand_off.delay == 0]
    assert rest.function is Function.CONNECT
    assert {hint.id for hint in rest.scope.hints} == {PCX}


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


def test_a_sweep_reads_each_location_whole_and_dns_support_only_where_host_names_are_off():
    quiet = vpc(id="vpc-0b31b31b31b31b399", cidrs=())
    seen = snapshot(vpc(), quiet, table(), dns_hostnames={(TOKYO, TOKYO_VPC): False})
    world = Truth(seen)
    run(world, SWEEP, Scope(frozenset({Hint(TOKYO)})))
    counted = {kind: sum(read.kind is kind for read in world.read) for kind in Kind}
    assert counted == {
        Kind.PEERINGS: 1,
        Kind.VPCS: 1,
        Kind.SUBNETS: 1,
        Kind.ROUTE_TABLES: 1,
        Kind.DNS_HOSTNAMES: 2,
        Kind.DNS_SUPPORT: 1,
    }


def test_dns_support_then_host_names_are_turned_on_in_three_waves():
    off = {(SEOUL, SEOUL_VPC): False}
    world = Truth(snapshot(vpc(SEOUL), dns_hostnames=off, dns_support=off))
    job = Job(Function.CONFIGURE, ConfigureLook(), RULES)
    report = run(world, job, Scope(frozenset({Hint(SEOUL, SEOUL_VPC)})))
    assert kinds(report) == ["EnableDnsHostnames", "EnableDnsSupport"]
    assert report.waves == 3


def test_the_option_of_the_other_location_is_set_from_there():
    pcx = peering()
    world = Truth(snapshot(pcx, peering(SEOUL), *BOTH))
    run(world)
    set_from = [c.location for c in world.made if isinstance(c, AllowRemoteDnsResolution)]
    assert sorted(set_from) == [TOKYO, SEOUL]
    assert TOKYO_CIDR in pcx.accepter.cidrs
    assert isinstance(pcx.accepter, Side)


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
    world = Truth(snapshot(), {Kind.DNS_HOSTNAMES: gone, Kind.DNS_SUPPORT: gone})
    claim = frozenset({Expectation(SEOUL, SEOUL_VPC, Expected.VISIBLE)})
    job = Job(Function.CONFIGURE, ConfigureLook(), RULES)
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


def test_a_vpc_whose_attributes_are_not_visible_yet_is_looked_at_again():
    gone = Trouble(Meaning.ABSENT, "InvalidVpcID.NotFound", "", "DescribeVpcAttribute")
    world = Truth(snapshot(vpc(SEOUL)), {Kind.DNS_HOSTNAMES: gone, Kind.DNS_SUPPORT: gone})
    job = Job(Function.CONFIGURE, ConfigureLook(), RULES)
    report = run(world, job, Scope(frozenset({Hint(SEOUL, SEOUL_VPC)})))
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert {hint.id for hint in again.scope.hints} == {SEOUL_VPC}


def test_a_live_route_whose_peering_is_read_only_later_is_not_shadowed():
    other = replace(peering(requester=Side(SEOUL, "vpc-0a39a39a39a39a399", ())), id=OLD_PCX)
    covered = table(TOKYO, route("10.32.0.0/12", OLD_PCX))
    world = Truth(snapshot(peering(), other, vpc(), vpc(SEOUL), covered))
    report = run(world, CONNECT, Scope(frozenset({Hint(TOKYO, PCX, TOKYO_VPC)})))
    assert not any(isinstance(change, CreateRoute) for change in world.made)
    assert Code.CONFLICT in {finding.code for finding in report.findings}


def test_after_the_deadline_nothing_is_read_either_and_it_is_looked_at_again():
    world = Truth(snapshot(*PENDING))
    report = run(world, clock=UntilMade(world, 0))
    assert world.read == []
    assert {hint.id for sent in report.hand_offs for hint in sent.hand_off.scope.hints} == {PCX}


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
