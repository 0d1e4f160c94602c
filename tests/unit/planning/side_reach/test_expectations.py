"""What a tag expects: judged over the best pair of a peer's subnet and our interface."""

from dataclasses import replace

import pytest
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import Plan
from peerkeeper.planning.side_reach.reach_of_sides import ReachOfSides
from peerkeeper.settings import FurtherLook
from peerkeeper.values.connectivity import Cause, Leg, Reaches, SideVerdict, Way
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.security_groups import GroupRule

from tests.builders import (
    PCX,
    SELF,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    subnet,
    vpc,
)
from tests.hosts import ALL_IN_AND_OUT, acl, group
from tests.side_reach import interface, looked, open_group, routed

OURS, THEIRS = (
    SideVerdict(PCX, where, one) for where, one in ((SEOUL, SEOUL_VPC), (TOKYO, TOKYO_VPC))
)
OPEN_IN, OPEN_OUT = ALL_IN_AND_OUT


def expecting(value, where=SEOUL):
    return vpc(where, tags=(*SELF, ("peerkeeper:expect", value)))


def judge(*changed, verdicts=(OURS, THEIRS), **more):
    """Seoul's `reaches`, and the findings about what it expects."""
    reach = ReachOfSides(looked(*changed, **more), settings(), Plan(), verdicts)
    said = {one.location: one.reaches for one in reach.with_reaches()}
    return said[SEOUL], [one for one in reach.findings() if one.code is Code.EXPECTED]


def seoul(*rules):
    return [group(SEOUL, *rules), open_group(TOKYO)]


def acls(*entries):
    return [acl(SEOUL, *entries), acl(TOKYO, *ALL_IN_AND_OUT)]


@pytest.mark.parametrize("word", ["icmp", "tcp/22", "udp/53", "tcp/1024-2000", "all"])
def test_what_is_open_reaches(word):
    assert judge(expecting(word)) == (Reaches.REACHES, [])


def test_without_a_tag_nothing_is_expected():
    assert judge(groups=seoul()) == (Reaches.OPEN, [])


def test_the_tag_of_the_other_side_expects_nothing_here():
    assert judge(expecting("tcp/22", TOKYO), groups=seoul()) == (Reaches.OPEN, [])


def test_a_tag_on_our_view_of_the_peering_counts():
    view = peering(SEOUL, tags=(("peerkeeper:expect", "tcp/22"),))
    state, (found,) = judge(view, groups=seoul())
    assert state is Reaches.BLOCKED
    assert (found.subject, found.pcx_id) == (SEOUL_VPC, PCX)


def test_each_blocked_word_has_a_finding_and_a_word_that_reaches_has_none():
    state, found = judge(expecting("icmp tcp/22 udp/53"), groups=seoul("in tcp/22 172.31.0.0/16"))
    assert state is Reaches.BLOCKED
    assert ["icmp" in found[0].message, "udp/53" in found[1].message] == [True, True]
    assert len(found) == 2


def test_a_single_hop_has_the_command_that_opens_it():
    _, (found,) = judge(expecting("tcp/22"), groups=seoul())
    assert "; to open it: aws ec2 authorize-security-group-ingress --region ap-northeast-2" in (
        found.message
    )
    assert found.remedy.command in found.message


def test_several_hops_are_all_named_and_no_command_opens_them():
    _, (found,) = judge(expecting("tcp/22"), acls=acls())
    assert found.message.count("acl-seoul") >= 2
    assert "on the way back, acl-seoul, egress" in found.message
    assert "aws ec2" not in found.message
    assert found.remedy is None


def test_one_interface_that_lets_it_in_is_enough():
    other = interface(SEOUL, id="eni-other", group_ids=("sg-other",))
    groups = [*seoul("in tcp/22 172.31.0.0/16"), group(SEOUL, id="sg-other")]
    both = [interface(SEOUL), other, interface(TOKYO)]
    assert judge(expecting("tcp/22"), groups=groups, interfaces=both)[0] is Reaches.REACHES
    state, _ = judge(expecting("tcp/22"), groups=groups, interfaces=[other, interface(TOKYO)])
    assert state is Reaches.BLOCKED


def naming(**changed):
    """Seoul's group admits a group of Tokyo's; both VPCs in one Region, as the judge asks."""
    rule = GroupRule(6, 22, 22, group_id="sg-tokyo", group_vpc=TOKYO_VPC, peering_id=PCX)
    return replace(group(SEOUL), ingress=(replace(rule, **changed),))


def test_a_rule_that_names_a_group_of_another_region_never_matches():
    assert judge(expecting("tcp/22"), groups=[naming(), open_group(TOKYO)])[0] is Reaches.BLOCKED


@pytest.mark.parametrize("kind", [Describe.INTERFACES, Describe.GROUPS])
def test_without_our_interfaces_or_groups_it_is_unknown(kind):
    lacking = Read(SEOUL, kind, By.VPC, SEOUL_VPC)
    assert judge(expecting("tcp/22"), groups=seoul(), without=(lacking,)) == (Reaches.UNKNOWN, [])


def test_without_a_host_it_is_unknown():
    assert judge(expecting("tcp/22"), interfaces=[interface(TOKYO)]) == (Reaches.UNKNOWN, [])


def test_without_the_peers_side_what_our_side_stops_is_blocked_and_all_else_unknown():
    assert judge(expecting("tcp/22"), whole=(SEOUL,))[0] is Reaches.UNKNOWN
    state, (found,) = judge(expecting("tcp/22"), whole=(SEOUL,), groups=seoul())
    assert state is Reaches.BLOCKED
    assert "sg-seoul" in found.message


def test_a_peer_that_does_not_route_blocks_it():
    lost = routed(TOKYO, route("0.0.0.0/0", "igw-1"))
    state, (found,) = judge(expecting("tcp/22"), lost)
    assert state is Reaches.BLOCKED
    assert TOKYO_TABLE in found.message


@pytest.mark.parametrize(
    ("way", "cause", "state"),
    [
        (Way.DUE, Cause.NONE, Reaches.WAITS),
        (Way.WAITS, Cause.NONE, Reaches.WAITS),
        (Way.BLOCKED, Cause.MODE, Reaches.WAITS),
        (Way.BLOCKED, Cause.ROUTE_CONFLICT, Reaches.BLOCKED),
        (Way.CARRIED, Cause.NONE, Reaches.BLOCKED),
    ],
)
@pytest.mark.parametrize("ours", [True, False])
def test_what_is_half_done_on_either_side_is_waited_for(way, cause, state, ours):
    table, to = (SEOUL_TABLE, TOKYO_CIDR) if ours else (TOKYO_TABLE, SEOUL_CIDR)
    side = replace(OURS if ours else THEIRS, legs=(Leg(table, to, way, cause),))
    verdicts = (side, THEIRS) if ours else (OURS, side)
    judged, found = judge(expecting("tcp/22"), groups=seoul(), verdicts=verdicts)
    assert judged is state
    assert bool(found) is (state is Reaches.BLOCKED)


@pytest.mark.parametrize(
    ("changed", "more", "state"),
    [
        ([routed(TOKYO, route("0.0.0.0/0", "igw-1"))], {}, Reaches.SHUT),
        ([], {"acls": acls()}, Reaches.SHUT),
        ([], {"acls": acls(OPEN_IN)}, Reaches.SHUT),
        ([], {"acls": acls(OPEN_IN, "out 10 allow tcp/443 0.0.0.0/0")}, Reaches.OPEN),
        ([], {"without": (Read(SEOUL, Describe.ACLS, By.VPC, SEOUL_VPC),)}, Reaches.UNKNOWN),
    ],
)
def test_without_a_tag_only_what_stops_everything_counts(changed, more, state):
    assert judge(*changed, **more)[0] is state


def test_a_side_that_is_not_judged_has_no_word():
    views = [peering(where, "provisioning") for where in (SEOUL, TOKYO)]
    assert judge(*views) == (None, [])


def test_the_word_changes_nothing_else_of_the_verdict():
    reach = ReachOfSides(looked(acls=acls()), settings(), Plan(), (OURS, THEIRS))
    judged = reach.with_reaches()
    assert [replace(one, reaches=None) for one in judged] == [OURS, THEIRS]
    assert [one.upshot for one in judged] == [OURS.upshot, THEIRS.upshot]
    assert judged[0].to_dict()["reaches"] == "shut"
    assert "reaches" not in OURS.to_dict()


def test_a_rule_that_names_a_group_of_another_region_needs_no_interfaces_of_the_peer():
    lacking = Read(TOKYO, Describe.INTERFACES, By.VPC, TOKYO_VPC)
    named = replace(group(TOKYO), id="sg-tokyo")
    state, found = judge(expecting("tcp/22"), groups=[naming(), named], without=(lacking,))
    assert (state, [one.code for one in found]) == (Reaches.BLOCKED, [Code.EXPECTED])


def test_an_interface_in_a_subnet_that_was_not_read_is_no_host():
    elsewhere = interface(SEOUL, subnet_id="subnet-elsewhere")
    hosts = [elsewhere, interface(TOKYO)]
    assert judge(expecting("tcp/22"), interfaces=hosts) == (Reaches.UNKNOWN, [])


@pytest.mark.parametrize("look", [FurtherLook.REPORT, FurtherLook.OFF])
def test_a_run_that_looked_adds_what_stops_traffic_to_its_plan_and_verdicts(look):
    seen, chosen = looked(expecting("tcp/22"), groups=seoul()), settings(reachability=look)
    plan, verdicts = judged(Plan(), seen, chosen)
    found = {one.code for one in plan.findings}
    assert (Code.EXPECTED in found) is (look is FurtherLook.REPORT)
    assert any(one.reaches for one in verdicts) is (look is FurtherLook.REPORT)


def test_a_second_subnet_that_lets_it_in_is_enough_where_the_first_is_closed():
    """Both hosts have the same group, so that only the subnets' ACLs tell them apart."""
    there = interface(
        SEOUL, id="eni-open", subnet_id="subnet-open", addresses=(network("10.39.2.5/32"),)
    )
    other = subnet(
        location=SEOUL, id="subnet-open", vpc_id=SEOUL_VPC, cidrs=(network("10.39.2.0/24"),)
    )
    both = [
        acl(SEOUL),
        acl(SEOUL, *ALL_IN_AND_OUT, id="acl-open", subnet_ids=("subnet-open",)),
        acl(TOKYO, *ALL_IN_AND_OUT),
    ]
    hosts = [interface(SEOUL), there, interface(TOKYO)]
    assert judge(expecting("tcp/22"), other, interfaces=hosts, acls=both) == (Reaches.REACHES, [])
    assert judge(expecting("tcp/22"), interfaces=hosts, acls=both)[0] is Reaches.BLOCKED
