"""Does our side carry? The decision table of `peerkeeper.planning.connectivity`, row by row."""

from dataclasses import replace

import pytest
from peerkeeper.planning.connectivity import connectivity
from peerkeeper.planning.dead_routes import deletes_of
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import Plan, plan
from peerkeeper.settings import Mode
from peerkeeper.values.changes import CreateRoute, DeleteRoute
from peerkeeper.values.connectivity import Cause, Upshot, Way
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

PEER = str(SEOUL_CIDR)
DEAD = table(TOKYO, route(PEER, OLD_PCX, blackhole=True))
SIDES = (By.REQUESTER_VPC, By.ACCEPTER_VPC)
ENDED = peering(id=OLD_PCX, status="deleted")
CREATE = CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")


def verdict(*resources, outcomes=(), whole=(TOKYO,), **changed):
    """The one verdict, and the findings of the judged plan."""
    seen = snapshot(peering(), vpc(), *resources, whole=whole)
    made, verdicts = judged(plan(seen, settings(**changed)), seen, settings(**changed), outcomes)
    (found,) = (one for one in verdicts if one.pcx_id == PCX)
    return found, {one.code for one in made.findings if one.pcx_id == PCX}


def leg(*resources, **changed):
    found, codes = verdict(*resources, **changed)
    assert len(found.legs) + found.carried == 1
    ways = [(one.way, one.cause) for one in found.legs] or [(Way.CARRIED, Cause.NONE)]
    return *ways[0], codes


@pytest.mark.parametrize(
    ("tables", "way", "cause", "code"),
    [
        (table(TOKYO, route(PEER, PCX)), Way.CARRIED, "", None),
        (table(TOKYO, route("10.0.0.0/8", PCX)), Way.CARRIED, "", Code.SURPLUS),
        (table(TOKYO, route(PEER, PCX, blackhole=True)), Way.WAITS, "", None),
        (table(TOKYO), Way.DUE, "", None),
        (table(TOKYO, route("0.0.0.0/0", "igw-1")), Way.DUE, "", None),
        (table(TOKYO, route(PEER, "nat-1")), Way.BLOCKED, "route-conflict", Code.CONFLICT),
        (table(TOKYO, route("10.0.0.0/8", "tgw-1")), Way.BLOCKED, "route-conflict", Code.CONFLICT),
        (
            table(TOKYO, tags=(("peerkeeper:routes", "report"),)),
            Way.LEFT,
            "",
            Code.LEFT_TO_OWNER,
        ),
        (table(TOKYO, tags=(("peerkeeper:routes", OLD_PCX),)), Way.LEFT, "", None),
    ],
)
def test_the_winning_route_decides(tables, way, cause, code):
    assert leg(tables) == (way, Cause(cause), {code} - {None})


def test_a_static_route_wins_over_a_propagated_one_of_the_same_length():
    both = table(TOKYO, route(PEER, "vgw-1", static=False), route(PEER, PCX))
    assert leg(both)[0] is Way.CARRIED


def test_a_provisioning_peering_waits():
    seen = snapshot(peering(status="provisioning"), vpc(), table(TOKYO, route(PEER, PCX)))
    _, (found,) = judged(plan(seen, settings()), seen, settings())
    assert (found.legs[0].way, found.upshot) == (Way.WAITS, Upshot.WAITS)


def test_narrower_routes_that_take_a_part_are_told_and_those_that_take_all_block():
    halves = [route("10.39.0.0/17", "nat-1"), route("10.39.128.0/17", "nat-1")]
    one = table(TOKYO, route(PEER, PCX), halves[0])
    assert leg(one) == (Way.CARRIED, Cause.NONE, {Code.DIVERTED})
    both = table(TOKYO, route(PEER, PCX), *halves)
    assert leg(both) == (Way.BLOCKED, Cause.DIVERTED, {Code.NOT_CARRYING})
    ours = table(TOKYO, route(PEER, PCX), route("10.39.0.0/17", PCX), halves[1])
    assert leg(ours)[0] is Way.CARRIED


@pytest.mark.parametrize("mode", Mode)
def test_a_dead_route_that_stays_blocks_and_names_the_command(mode):
    way, cause, codes = leg(DEAD, ENDED, mode=mode)
    if mode is Mode.FULL:
        assert (way, cause, codes) == (Way.DUE, Cause.NONE, set())
    else:
        assert (way, cause, codes) == (Way.BLOCKED, Cause.DEAD_ROUTE, {Code.DEAD_ROUTE})
        found, _ = verdict(DEAD, ENDED, mode=mode)
        assert f"aws ec2 delete-route --region {TOKYO.region}" in found.legs[0].words


@pytest.mark.parametrize("mode", [Mode.FULL, Mode.ADD_ONLY])
def test_a_dead_route_of_a_peering_that_ec2_forgot_waits_only_where_it_may_go(mode):
    way = Way.WAITS if mode is Mode.FULL else Way.BLOCKED
    assert leg(DEAD, mode=mode) == (way, Cause.DEAD_ROUTE, {Code.DEAD_ROUTE})


def test_a_dead_route_blocks_where_its_delete_is_denied_or_withheld():
    delete = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, OLD_PCX, reason="")
    no = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DeleteRoute")
    denied = [Outcome(delete, Result.FAILED, trouble=no)]
    assert leg(DEAD, ENDED, outcomes=denied)[:2] == (Way.BLOCKED, Cause.DEAD_ROUTE)
    slow = [replace(denied[0], trouble=replace(no, meaning=Meaning.PASSING))]
    assert leg(DEAD, ENDED, outcomes=slow)[0] is Way.DUE
    seen = snapshot(peering(), vpc(), DEAD, ENDED)
    (found,) = connectivity(seen, settings(), Plan())
    assert "withholds" in found.legs[0].words


def test_a_gap_without_a_cause_is_said_to_have_none():
    (found,) = connectivity(snapshot(peering(), vpc(), table()), settings(), Plan())
    assert found.legs[0].cause is Cause.UNEXPLAINED


def test_a_gap_is_unknown_until_every_peering_that_may_claim_the_network_was_read():
    seen = snapshot(peering(), vpc(), table())
    some = {one for one in seen.done if one.kind is not Describe.PEERINGS}
    by_vpc = [Read(TOKYO, Describe.PEERINGS, by, TOKYO_VPC) for by in SIDES]
    for read, way in (((), Way.UNKNOWN), (by_vpc[:1], Way.UNKNOWN), (by_vpc, Way.BLOCKED)):
        part = replace(seen, done=frozenset({*some, *read}))
        (found,) = connectivity(part, settings(), Plan())
        assert found.legs[0].way is way
        assert (found.blocked == ()) is (way is Way.UNKNOWN)


def test_a_gap_is_unknown_where_the_table_routes_a_peering_that_was_not_read():
    alive = peering(SEOUL, id=OLD_PCX)
    found, codes = verdict(table(TOKYO, route("10.9.0.0/16", OLD_PCX)), alive)
    assert (found.upshot, codes) == (Upshot.UNKNOWN, set())


def test_of_a_prefix_list_there_is_no_delete():
    listed = replace(route(PEER, OLD_PCX), destination=None)
    assert deletes_of(DEAD, listed) == ()


def test_two_peerings_of_a_vpc_are_judged_one_by_one():
    second = replace(peering(id=OLD_PCX), requester=replace(peering().requester, vpc_id="vpc-0c"))
    seen = snapshot(peering(), second, vpc(), table(TOKYO, route(PEER, PCX)))
    verdicts = connectivity(seen, settings(), plan(seen, settings()))
    assert {one.pcx_id: one.upshot for one in verdicts} == {
        PCX: Upshot.CARRIES,
        OLD_PCX: Upshot.NOTHING,
    }


def test_where_subnets_could_not_be_read_the_main_table_counts():
    lacking = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeSubnets")
    main = table(TOKYO, route(PEER, PCX), main=True, subnet_ids=())
    seen = snapshot(peering(), vpc(), main, unread={Read(TOKYO, Describe.SUBNETS): lacking})
    (found,) = connectivity(seen, settings(), Plan())
    assert (found.legs, found.carried) == ((), 1)


def test_a_route_to_a_peering_that_is_being_deleted_is_waited_for():
    ending = peering(id=OLD_PCX, status="deleting")
    assert leg(table(TOKYO, route(PEER, OLD_PCX)), ending) == (Way.WAITS, Cause.NONE, set())


def test_a_live_holder_carries_and_the_claimant_is_told():
    held = table(TOKYO, route(PEER, OLD_PCX))
    assert leg(held, peering(id=OLD_PCX)) == (
        Way.BLOCKED,
        Cause.CLAIMED_TWICE,
        {Code.CLAIMED_TWICE},
    )


def test_a_route_to_a_peering_that_nobody_read_is_unknown():
    foreign = table(TOKYO, route(PEER, OLD_PCX))
    assert leg(foreign)[0] is Way.UNKNOWN


@pytest.mark.parametrize(
    ("meaning", "way", "cause"),
    [
        (Meaning.DENIED, Way.BLOCKED, "denied"),
        (Meaning.QUOTA, Way.BLOCKED, "quota-reached"),
        (Meaning.REFUSED, Way.BLOCKED, "change-failed"),
        (Meaning.PASSING, Way.DUE, ""),
    ],
)
def test_a_refused_route_blocks_with_ec2s_words_and_one_that_may_pass_is_due(meaning, way, cause):
    said = Trouble(meaning, "SomeCode", "and why", "CreateRoute")
    outcomes = [Outcome(CREATE, Result.FAILED, trouble=said)]
    found, codes = verdict(table(), outcomes=outcomes)
    assert (found.legs[0].way, found.legs[0].cause) == (way, Cause(cause))
    assert ("SomeCode: and why" in found.legs[0].words) is (way is Way.BLOCKED)
    assert codes == ({Code.NOT_CARRYING} if way is Way.BLOCKED else set())


def test_our_own_guards_refusal_blocks():
    outcomes = [Outcome(CREATE, Result.REFUSED, "S2: no")]
    assert leg(table(), outcomes=outcomes)[:2] == (Way.BLOCKED, Cause.REFUSED)


def test_what_the_mode_alone_keeps_back_is_said_and_counts_as_no_fault():
    found, codes = verdict(table(), mode=Mode.OBSERVE)
    assert (found.legs[0].cause, codes) == (Cause.MODE, {Code.NOT_CARRYING})
    assert found.blocked == ()


def test_what_settings_leave_out_is_left_and_overlap_blocks():
    found, _ = verdict(table(), allowed_destinations=frozenset({network("192.168.0.0/16")}))
    assert (found.legs[0].way, found.upshot) == (Way.LEFT, Upshot.CARRIES)
    clash = replace(vpc(), cidrs=(SEOUL_CIDR,))
    seen = snapshot(peering(), clash, table())
    _, (found,) = judged(plan(seen, settings()), seen, settings())
    assert (found.legs[0].way, found.legs[0].cause) == (Way.BLOCKED, Cause.OVERLAP)


def test_what_was_not_read_is_unknown_and_concludes_nothing():
    found, _ = verdict(table(TOKYO, route(PEER, PCX)), whole=())
    assert (found.unread, found.upshot, found.whole) == (True, Upshot.UNKNOWN, False)


@pytest.mark.parametrize("why", ["exempt", "not agreed", "pending"])
def test_no_verdict_where_we_take_no_part(why):
    tags = {"exempt": (("peerkeeper:exempt", "true"),), "not agreed": ()}.get(why, vpc().tags)
    pcx = peering(status="pending-acceptance" if why == "pending" else "active")
    seen = snapshot(pcx, vpc(tags=tags), table())
    assert judged(plan(seen, settings()), seen, settings())[1] == ()


def test_two_tables_make_partly():
    half = [table(TOKYO, route(PEER, PCX)), table(TOKYO, route(PEER, "nat-1"), id="rtb-0b")]
    found, _ = verdict(*half)
    assert found.upshot is Upshot.PARTLY
    assert found.to_dict()["gaps"] == [
        {"route_table": "rtb-0b", "destination": PEER, "way": "blocked", "cause": "route-conflict"}
    ]


def test_a_peer_of_both_ip_versions_has_a_leg_of_each():
    six = network("2600:1f00:0:100::/56")
    both = replace(peering().requester, cidrs=(SEOUL_CIDR, six))
    seen = snapshot(replace(peering(), requester=both), vpc(), table())
    set_ = settings(allow_ipv6=True, allowed_destinations=(network("0.0.0.0/0"), network("::/0")))
    (found,) = connectivity(seen, set_, plan(seen, set_))
    assert [one.way for one in found.legs] == [Way.DUE, Way.DUE]
