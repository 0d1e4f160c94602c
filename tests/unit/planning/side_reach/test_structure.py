"""What stops all traffic: each row of the tables, and silence about what was not read."""

from dataclasses import replace

import pytest
from peerkeeper.planning.plan import Plan
from peerkeeper.planning.side_reach.reach_of_sides import ReachOfSides
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import PrefixList, Route, network
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.security_groups import GroupRule

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    vpc,
)
from tests.hosts import ALL_IN_AND_OUT, acl, group
from tests.side_reach import PEERS, interface, looked, open_group, routed

EXEMPT = (("peerkeeper:exempt", "true"),)
NOT_OURS = (("peerkeeper:peers", "444455556666"),)
TO_SEOUL, TO_TOKYO = PEERS[TOKYO], PEERS[SEOUL]


def found(*changed, plan=Plan(), **more):  # noqa: B008 - it is frozen
    return sorted(ReachOfSides(looked(*changed, **more), settings(), plan, ()).findings())


def codes(*changed, **more):
    return [(one.code, one.location) for one in found(*changed, **more)]


def test_where_all_is_open_there_is_nothing_to_say():
    assert found() == []


@pytest.mark.parametrize("status", ["provisioning", "pending-acceptance", "deleted", "deleting"])
def test_only_an_active_peering_is_judged(status):
    views = [peering(where, status) for where in (SEOUL, TOKYO)]
    assert found(*views, routed(TOKYO, route("10.0.0.0/8", "igw-1"))) == []


# ---- one-way-route


def one_way(*changed, **more):
    return [one for one in found(*changed, **more) if one.code is Code.ONE_WAY]


@pytest.mark.parametrize(
    ("routes", "said"),
    [
        ([route("10.39.1.0/24", PCX)], ""),  # a part of our networks
        ([route("10.0.0.0/8", PCX)], ""),
        ([Route(None, PCX, static=False, prefix_list="pl-1")], ""),
        ([route("192.0.2.0/24", PCX)], "has no live route to 10.39.0.0/16"),
        ([route(TO_SEOUL, PCX, blackhole=True)], "has no live route to 10.39.0.0/16"),
        ([route("192.0.2.0/24", "igw-1")], "has no live route to 10.39.0.0/16"),
        ([route("0.0.0.0/0", "igw-1")], "sends 10.39.0.0/16 to igw-1"),
        ([route(TO_SEOUL, OLD_PCX)], f"sends 10.39.0.0/16 to {OLD_PCX}"),
        ([route(TO_SEOUL, "")], "sends 10.39.0.0/16 to another target"),
    ],
)
def test_a_table_of_the_peer_without_a_route_back_is_named(routes, said):
    others = one_way(routed(TOKYO, *routes))
    assert [(one.location, one.subject) for one in others] == ([(SEOUL, PCX)] if said else [])
    assert all(f"{TOKYO_TABLE} {said}" in one.message for one in others)


LOST = routed(TOKYO, route("0.0.0.0/0", "igw-1"))


@pytest.mark.parametrize(
    "changed",
    [
        [routed(SEOUL, route("192.0.2.0/24", "igw-1"))],  # no packet leaves us
        [replace(LOST, tags=(("peerkeeper:routes", "none"),))],
        [replace(LOST, tags=(("peerkeeper:routes", OLD_PCX),))],
        [replace(LOST, gateway_ids=("igw-1",))],
        [vpc(SEOUL, tags=EXEMPT)],
        [vpc(SEOUL, tags=NOT_OURS)],
        [vpc(SEOUL, owner_id="444455556666")],
    ],
)
def test_a_way_back_that_is_left_out_on_purpose_or_not_ours_is_no_finding(changed):
    assert one_way(LOST)
    assert one_way(LOST, *changed) == []


def test_a_route_that_the_plan_makes_is_not_missed():
    due = CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")
    assert one_way(LOST, plan=Plan(changes=(due,))) == []


def test_without_the_peers_tables_nothing_is_concluded():
    assert one_way(LOST, whole=(SEOUL,)) == []


# ---- acl-blocks-all, acl-blocks-replies


def acls(*entries):
    return [acl(SEOUL, *entries), acl(TOKYO, *ALL_IN_AND_OUT)]


OPEN_IN, OPEN_OUT = ALL_IN_AND_OUT


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], [Code.ACL_ALL, Code.ACL_ALL]),
        ([OPEN_IN], [Code.ACL_ALL]),
        ([OPEN_OUT], [Code.ACL_ALL]),
        ([OPEN_OUT, f"in 10 deny all {TO_TOKYO}", OPEN_IN], [Code.ACL_ALL]),
        ([OPEN_OUT, "in 10 deny all 192.0.2.0/24", OPEN_IN], []),
        ([OPEN_OUT, "in 10 allow tcp/443 172.31.0.0/20"], [Code.ACL_REPLIES]),
        ([OPEN_IN, "out 10 allow tcp/443 0.0.0.0/0"], [Code.ACL_REPLIES]),
        ([OPEN_IN, "out 10 allow tcp/1024-65535 0.0.0.0/0"], []),
        ([OPEN_IN, "out 10 allow tcp/32768-60999 0.0.0.0/0"], []),
        ([OPEN_IN, "out 10 allow tcp/49152-65535 0.0.0.0/0"], []),
        ([OPEN_IN, "out 10 allow tcp/1024-40000 0.0.0.0/0"], [Code.ACL_REPLIES]),
        ([OPEN_IN, "out 10 allow udp 0.0.0.0/0"], [Code.ACL_REPLIES]),
        (["in 10 allow udp 0.0.0.0/0", "out 10 allow udp 0.0.0.0/0"], []),
    ],
)
def test_an_acl_is_judged_in_each_direction(entries, expected):
    judged = found(acls=acls(*entries))
    assert [one.code for one in judged] == expected
    assert {(one.location, one.subject) for one in judged} <= {(SEOUL, "acl-seoul")}


def test_one_finding_names_the_peerings_that_an_acl_stops():
    other = peering(SEOUL, id=OLD_PCX)
    both = routed(SEOUL, route(TO_TOKYO, PCX), route("172.30.0.0/16", OLD_PCX))
    judged = [one for one in found(other, both, acls=acls(OPEN_IN)) if one.code is Code.ACL_ALL]
    assert len(judged) == 1
    assert PCX in judged[0].message
    assert OLD_PCX in judged[0].message
    assert judged[0].pcx_id == ""


def test_an_acl_of_subnets_that_do_not_route_to_the_peering_is_no_finding():
    assert codes(routed(SEOUL, route("0.0.0.0/0", "igw-1")), acls=acls()) == [(Code.ONE_WAY, TOKYO)]


def test_an_acl_that_was_not_read_is_no_finding():
    assert found(acls=[]) == []


# ---- no-group-admits-peer


def no_group(**more):
    return [one for one in found(**more) if one.code is Code.NO_GROUP]


def seoul(*rules):
    return [group(SEOUL, *rules), open_group(TOKYO)]


@pytest.mark.parametrize(
    ("rules", "shut"),
    [
        ([], True),
        (["out all 0.0.0.0/0"], True),
        (["in tcp/22 192.0.2.0/24"], True),
        (["in tcp/22 172.31.16.9/32"], False),
        (["in all 0.0.0.0/0"], False),
        (["in tcp/22 pl-office"], False),  # not read: it may name the peer
    ],
)
def test_a_vpc_without_a_rule_for_the_peer_is_information(rules, shut):
    judged = no_group(groups=seoul(*rules))
    assert [(one.location, one.subject) for one in judged] == ([(SEOUL, SEOUL_VPC)] * shut)


@pytest.mark.parametrize(
    ("named", "shut"),
    [
        ({"peering_id": PCX, "peering_status": "active"}, False),
        ({"group_vpc": TOKYO_VPC}, False),
        ({"peering_id": PCX, "peering_status": "deleted"}, True),
        ({"group_vpc": "vpc-0ffffffffffffff01", "peering_id": OLD_PCX}, True),
    ],
)
def test_a_rule_that_names_a_group_counts_where_its_peering_lives(named, shut):
    rule = GroupRule(6, 22, 22, group_id="sg-theirs", **named)
    ours = replace(group(SEOUL), ingress=(rule,))
    assert bool(no_group(groups=[ours, open_group(TOKYO)])) is shut


@pytest.mark.parametrize(
    ("networks", "shut"), [(["192.0.2.0/24"], True), (["172.31.0.0/24"], False)]
)
def test_a_list_that_was_read_counts_by_its_networks(networks, shut):
    office = PrefixList(SEOUL, "pl-office", tuple(map(network, networks)))
    lists = {(SEOUL, "pl-office"): office}
    judged = no_group(groups=seoul("in tcp/22 pl-office"), prefix_lists=lists)
    assert bool(judged) is shut


@pytest.mark.parametrize("kind", [Describe.INTERFACES, Describe.GROUPS])
def test_without_interfaces_or_groups_nothing_is_concluded(kind):
    lacking = Read(SEOUL, kind, By.VPC, SEOUL_VPC)
    assert no_group(groups=seoul(), without=(lacking,)) == []


def test_only_groups_that_an_interface_has_count():
    other = group(SEOUL, "in all 0.0.0.0/0", id="sg-other")
    groups = [*seoul(), other]
    assert no_group(groups=groups)
    both = interface(SEOUL, group_ids=("sg-seoul", "sg-other"))
    assert no_group(groups=groups, interfaces=[both]) == []
    assert no_group(groups=groups, interfaces=[interface(TOKYO)]) == []


def test_a_group_of_another_vpc_leaves_the_question_open():
    shared = interface(SEOUL, group_ids=("sg-seoul", "sg-of-another-vpc"))
    assert no_group(groups=seoul(), interfaces=[shared]) == []
