"""The hop of the security groups: each row of its table, and of the table of one rule."""

from dataclasses import replace

import pytest
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.ec2 import Location, PrefixList, network
from peerkeeper.values.reachability import HopKind, State, Verdict
from peerkeeper.values.surroundings import Kind
from peerkeeper.values.traffic import traffic

from tests.builders import FOREIGN, SEOUL, TOKYO, peering
from tests.hosts import ALL_IN_AND_OUT, acl, end_of, group, hosts, subnet_of

NEAR = Location("444455556666", SEOUL.region)
"""Another account in Seoul: a group may be named over such a peering."""
OPEN = "out all 0.0.0.0/0"


def into_tokyo(*rules, word="tcp/22", seoul=None, **changed):
    """The hop of Tokyo's groups with these rules."""
    made = hosts(groups=(group(TOKYO, *rules, OPEN),), seoul=seoul, **changed)
    return next(hop for hop in made.ask(word).hops if hop.kind is HopKind.GROUPS_IN)


@pytest.mark.parametrize(
    ("rules", "word", "state"),
    [
        (["in tcp/22 10.39.0.0/16"], "tcp/22", State.PASSED),
        (["in tcp/22 10.39.1.5/32"], "tcp/22", State.PASSED),
        (["in tcp/20-30 10.39.0.0/16"], "tcp/22", State.PASSED),
        (["in tcp 10.39.0.0/16"], "tcp/0-65535", State.PASSED),
        (["in all 10.39.0.0/16"], "udp/53", State.PASSED),
        (["in all 0.0.0.0/0"], "all", State.PASSED),
        (["in tcp/20-21 0.0.0.0/0", "in tcp/22-30 0.0.0.0/0"], "tcp/21-25", State.PASSED),
        (["in icmp/8 0.0.0.0/0"], "icmp", State.PASSED),
        (["in icmp/8/0 0.0.0.0/0"], "icmp", State.PASSED),
        (["in icmp 0.0.0.0/0"], "icmp", State.PASSED),
        # a group needs no rule for the reply, and one for it opens nothing
        (["in icmp/0 0.0.0.0/0"], "icmp", State.BLOCKED),
        (["in icmp/3/4 0.0.0.0/0"], "icmp", State.BLOCKED),
        ([], "tcp/22", State.BLOCKED),
        (["in tcp/23 0.0.0.0/0"], "tcp/22", State.BLOCKED),
        (["in udp/22 0.0.0.0/0"], "tcp/22", State.BLOCKED),
        (["in tcp/22 172.31.0.0/16"], "tcp/22", State.BLOCKED),
        (["in all ::/0"], "tcp/22", State.BLOCKED),
    ],
)
def test_the_rules_of_an_interface_only_allow(rules, word, state):
    hop = into_tokyo(*rules, word=word)
    assert (hop.state, hop.in_part) == (state, False)


def test_the_groups_of_an_interface_add_up():
    more = group(TOKYO, "in tcp/443 10.39.0.0/16", id="sg-web")
    tokyo = end_of(TOKYO, group_ids=("sg-tokyo", "sg-web"))
    answer = hosts(groups=(more,), tokyo=tokyo).ask("tcp/443")
    assert answer.verdict is Verdict.REACHES
    assert answer.hops[5].words == "sg-web allows tcp/443 from eni-seoul (10.39.1.5)"
    both = group(TOKYO, "in tcp/23-30 10.39.0.0/16", id="sg-web")
    answer = hosts(groups=(both,), tokyo=tokyo).ask("tcp/22-30")
    assert answer.hops[5].words.startswith("sg-tokyo, sg-web allow tcp/22-30")


def test_an_interface_without_a_group_lets_nothing_out_and_has_nothing_to_open():
    answer = hosts(seoul=end_of(SEOUL, group_ids=())).ask()
    (hop,) = answer.blocking
    assert (hop.kind, hop.opening) == (HopKind.GROUPS_OUT, None)


def test_an_empty_egress_lets_nothing_out():
    answer = hosts(groups=(group(SEOUL, "in all 0.0.0.0/0"),)).ask("tcp/22")
    (hop,) = answer.blocking
    assert hop.kind is HopKind.GROUPS_OUT
    assert hop.words == "no rule of sg-seoul allows tcp/22 to eni-tokyo (172.31.16.9)"
    assert hop.opening.command == (
        "aws ec2 authorize-security-group-egress --region ap-northeast-2 --group-id sg-seoul "
        "--ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=172.31.16.9/32}]'"
    )


def test_no_group_judges_a_reply():
    """Seoul's group admits nothing, and Tokyo's lets nothing out: the replies pass both."""
    closed = group(SEOUL, OPEN), group(TOKYO, "in tcp/22 10.39.0.0/16")
    assert hosts(groups=closed).ask("tcp/22").verdict is Verdict.REACHES


def test_ports_that_no_rule_allows_are_named_and_opened_each():
    hop = into_tokyo("in tcp/22-29 0.0.0.0/0", word="tcp/20-40")
    assert hop.in_part
    assert "tcp/20-21, tcp/30-40" in hop.words
    assert hop.opening.command.count("IpProtocol=tcp") == 2


@pytest.mark.parametrize(
    ("rules", "word", "permission"),
    [
        ([], "icmp", "IpProtocol=icmp,FromPort=8,ToPort=0,IpRanges="),
        ([], "all", "IpProtocol=-1,IpRanges="),
        (["in tcp 0.0.0.0/0"], "all", "IpProtocol=-1,IpRanges="),
    ],
)
def test_the_opening_is_the_narrowest_rule(rules, word, permission):
    assert permission in into_tokyo(*rules, word=word).opening.command


def test_what_is_left_of_all_traffic_is_opened_protocol_by_protocol_where_that_is_short():
    rules = [f"in {n} 0.0.0.0/0" for n in range(256) if n not in (1, 47)]
    command = into_tokyo(*rules, word="all").opening.command
    assert "'IpProtocol=icmp,FromPort=-1,ToPort=-1,IpRanges=[{CidrIp=10.39.1.5/32}]'" in command
    assert "'IpProtocol=47,IpRanges=[{CidrIp=10.39.1.5/32}]'" in command


def test_an_opening_over_ipv6_names_an_ipv6_range():
    ends = {
        "seoul": end_of(SEOUL, network=network("fd39::5/128")),
        "tokyo": end_of(TOKYO, network=network("fd31::9/128")),
    }
    answer = hosts(**ends).ask("icmp")
    hop = next(hop for hop in answer.hops if hop.kind is HopKind.GROUPS_IN)
    assert (
        "IpProtocol=icmpv6,FromPort=128,ToPort=0,Ipv6Ranges=[{CidrIpv6=fd39::5/128}]"
        in hop.opening.command
    )


def test_a_subnet_is_admitted_only_if_all_its_addresses_are():
    seoul = subnet_of(SEOUL)
    assert into_tokyo("in all 10.39.1.0/24", seoul=seoul).state is State.PASSED
    halves = into_tokyo("in all 10.39.1.0/25", "in tcp/22 10.39.1.128/25", seoul=seoul)
    assert halves.state is State.PASSED
    hop = into_tokyo("in all 10.39.1.0/25", seoul=seoul)
    assert (hop.state, hop.in_part) == (State.BLOCKED, True)


def test_an_interface_whose_groups_are_not_known_is_unknown():
    hop = into_tokyo("in all 0.0.0.0/0", tokyo=end_of(TOKYO, group_ids=None))
    assert hop.state is State.UNKNOWN
    assert hop.words == "the security groups of eni-tokyo (172.31.16.9) are not known"


def test_a_group_that_was_not_read_may_allow_everything():
    tokyo = end_of(TOKYO, group_ids=("sg-tokyo", "sg-shared"))
    why = {(TOKYO, Kind.SECURITY_GROUPS): "UnauthorizedOperation"}
    hop = into_tokyo(tokyo=tokyo, unread=why)
    assert hop.state is State.UNKNOWN
    assert hop.words == (
        "sg-shared: security groups of 111122223333/ap-northeast-1 could not be read: UnauthorizedOperation"
    )
    assert into_tokyo("in tcp/22 0.0.0.0/0", tokyo=tokyo).state is State.PASSED


def test_what_no_doubt_can_save_is_blocked_though_some_rules_are_in_doubt():
    hop = into_tokyo("in tcp/22 pl-unread", word="tcp/22-23")
    assert (hop.state, hop.in_part) == (State.BLOCKED, True)
    assert "allows tcp/23 from" in hop.words


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (PrefixList(TOKYO, "pl-1", (network("10.39.0.0/16"),)), State.PASSED),
        (
            PrefixList(TOKYO, "pl-1", (network("10.40.0.0/16"), network("10.39.1.5/32"))),
            State.PASSED,
        ),
        (PrefixList(TOKYO, "pl-1", (network("10.40.0.0/16"),)), State.BLOCKED),
        (PrefixList(TOKYO, "pl-1"), State.BLOCKED),
        (PrefixList(TOKYO, "pl-1", (network("10.39.0.0/16"),), of_aws=True), State.BLOCKED),
        (PrefixList(SEOUL, "pl-1", (network("10.39.0.0/16"),)), State.UNKNOWN),
    ],
)
def test_a_rule_that_names_a_prefix_list_matches_its_entries(found, state):
    assert into_tokyo("in all pl-1", prefix_lists=(found,)).state is state


def over_a_peering(rule, status="active", *, seoul=None, where=NEAR):
    """The hop of the groups of a host of another account, which one of Seoul wants to reach."""
    other = end_of(TOKYO, location=where, group_ids=("sg-tokyo",))
    sides = peering(SEOUL).requester, replace(peering(SEOUL).accepter, location=where)
    pcx = replace(peering(SEOUL, status or "active"), requester=sides[0], accepter=sides[1])
    around = replace(
        hosts().around,
        security_groups=(group(TOKYO, rule, location=where), group(SEOUL, OPEN)),
        peerings=(pcx,) if status else (),
        peerings_read_in=frozenset(),
    )
    answer = judge(around, seoul or end_of(SEOUL), other, traffic("tcp/22"))
    return next(hop for hop in answer.hops if hop.kind is HopKind.GROUPS_IN)


@pytest.mark.parametrize(
    ("rule", "status", "seoul", "state"),
    [
        ("in tcp/22 sg-seoul", "active", None, State.PASSED),
        ("in tcp/22 sg-seoul active", "active", None, State.PASSED),
        ("in tcp/22 sg-other", "active", None, State.BLOCKED),
        # stale, by the rule itself or by the peering
        ("in tcp/22 sg-seoul deleted", "active", None, State.BLOCKED),
        ("in tcp/22 sg-seoul", "deleted", None, State.BLOCKED),
        ("in tcp/22 sg-seoul active", "pending-acceptance", None, State.BLOCKED),
        # the groups of the other end, or the peering, are not known
        ("in tcp/22 sg-seoul", "active", end_of(SEOUL, group_ids=None), State.UNKNOWN),
        ("in tcp/22 sg-seoul", "deleted", end_of(SEOUL, group_ids=None), State.BLOCKED),
        ("in tcp/22 sg-seoul", "active", subnet_of(SEOUL), State.UNKNOWN),
        ("in tcp/22 sg-seoul", "", None, State.UNKNOWN),
        ("in tcp/22 sg-seoul", "unknown", None, State.UNKNOWN),
        ("in tcp/22 sg-other", "", None, State.BLOCKED),
    ],
)
def test_a_group_of_the_peer_matches_over_an_active_peering_of_the_region(
    rule, status, seoul, state
):
    assert over_a_peering(rule, status, seoul=seoul).state is state


@pytest.mark.parametrize("groups", [("sg-seoul",), None])
def test_a_group_of_another_region_never_matches(groups):
    seoul = end_of(SEOUL, group_ids=groups)
    for where in (TOKYO, FOREIGN):
        assert over_a_peering("in tcp/22 sg-seoul", seoul=seoul, where=where).state is State.BLOCKED


def test_a_group_of_the_same_vpc_needs_no_peering():
    other = end_of(SEOUL, subnet_id="subnet-2", network=network("10.39.2.9"), group_ids=("sg-b",))
    around = replace(
        hosts().around,
        network_acls=(
            acl(SEOUL, *ALL_IN_AND_OUT, subnet_ids=("subnet-2", end_of(SEOUL).subnet_id)),
        ),
        security_groups=(group(SEOUL, OPEN), group(SEOUL, "in tcp/22 sg-seoul", id="sg-b")),
        peerings=(),
    )
    assert judge(around, end_of(SEOUL), other, traffic("tcp/22")).verdict is Verdict.REACHES
