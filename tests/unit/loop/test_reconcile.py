"""The loop: waves, what a function may do, and to whom it hands the rest."""

from dataclasses import replace

import pytest
from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.configure import ConfigureReads
from peerkeeper.settings import Mode
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    CreateRoute,
    DeleteRoute,
)
from peerkeeper.values.connectivity import Upshot
from peerkeeper.values.ec2 import Side
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Result
from peerkeeper.values.reads import Describe
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.trouble import Meaning, Trouble

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
    snapshot,
    table,
    vpc,
)
from tests.truth import Truth, UntilMade
from tests.unit.jobs import (
    BOTH,
    CLEAN,
    CONNECT,
    DENIED,
    PENDING,
    SWEEP,
    kinds,
    run,
)


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
        assert {type(change) for change in report.would} >= {AcceptPeering, CreateRoute}


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


def test_a_route_goes_at_once_whose_peering_only_the_other_side_shows_to_have_ended():
    ended = peering(SEOUL, "deleted", id=OLD_PCX)
    dead = table(TOKYO, route("10.39.0.0/16", OLD_PCX, blackhole=True))
    world = Truth(snapshot(ended, *BOTH, dead))
    found = run(world, SWEEP, Scope(frozenset({Hint(SEOUL), Hint(TOKYO)})))
    (to_clean,) = [s.hand_off for s in found.hand_offs if s.hand_off.function is Function.CLEAN]
    assert to_clean.scope.hints == {Hint(TOKYO, OLD_PCX), Hint(SEOUL, OLD_PCX)}
    assert kinds(run(world, CLEAN, to_clean.scope)) == ["DeleteRoute"]


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
    of_vpc = Scope(frozenset({Hint(TOKYO, TOKYO_VPC)}))  # all its peerings are read at once
    report = run(world, CONNECT, of_vpc, clock=UntilMade(world, 1))
    assert [type(change) for change in world.made] == [AcceptPeering]
    (rest,) = [s.hand_off for s in report.hand_offs if s.hand_off.delay == 0]
    assert rest.function is Function.CONNECT
    assert {hint.id for hint in rest.scope.hints} == {PCX}


def test_where_the_deadline_cuts_off_who_else_claims_a_network_it_is_looked_at_again():
    world = Truth(snapshot(*PENDING))
    report = run(world, clock=UntilMade(world, 1))
    assert {one.upshot for one in report.verdicts} == {Upshot.UNKNOWN}
    assert Code.UNEXPLAINED not in {one.code for one in report.findings}
    (again,) = [sent.hand_off for sent in report.hand_offs]
    assert (again.function, again.scope.looks, again.delay) == (Function.CONNECT, 1, 30)
    assert {hint.id for hint in again.scope.hints} == {PCX}


def test_a_sweep_reads_each_location_whole_and_dns_support_only_where_host_names_are_off():
    quiet = vpc(id="vpc-0b31b31b31b31b399", cidrs=())
    seen = snapshot(vpc(), quiet, table(), dns_hostnames={(TOKYO, TOKYO_VPC): False})
    world = Truth(seen)
    run(world, SWEEP, Scope(frozenset({Hint(TOKYO)})))
    counted = {kind: sum(read.kind is kind for read in world.read) for kind in Describe}
    assert counted == dict.fromkeys(Describe, 0) | {
        Describe.PEERINGS: 1,
        Describe.VPCS: 1,
        Describe.SUBNETS: 1,
        Describe.ROUTE_TABLES: 1,
        Describe.DNS_HOSTNAMES: 2,
        Describe.DNS_SUPPORT: 1,
    }


def test_dns_support_then_host_names_are_turned_on_in_three_waves():
    off = {(SEOUL, SEOUL_VPC): False}
    world = Truth(snapshot(vpc(SEOUL), dns_hostnames=off, dns_support=off))
    job = Job(Function.CONFIGURE, ConfigureReads(), RULES_OF[Function.SWEEP])
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
