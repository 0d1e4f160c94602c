"""What a security group takes as rules."""

from dataclasses import replace

import pytest

from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.security_group_rules import (
    Rule,
    check_same_kind,
    rule_requested,
    rules_of,
    words,
)

OURS, INVALID = "111122223333", "InvalidParameterValue"
SSH = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}


def rules(**permission):
    return rules_of({"IpPermissions": [permission]}, OURS, egress=False)


def test_each_source_of_a_permission_is_a_rule():
    found = rules(
        **SSH,
        IpRanges=[{"CidrIp": "10.0.0.9/8", "Description": "home"}],
        Ipv6Ranges=[{"CidrIpv6": "2001:db8:0::/32"}],
        PrefixListIds=[{"PrefixListId": "pl-1"}],
        UserIdGroupPairs=[{"GroupId": "sg-1"}, {"GroupId": "sg-2", "UserId": "444455556666"}],
    )
    assert found == [
        Rule(False, "tcp", (22, 22), "10.0.0.0/8", description="home"),
        Rule(False, "tcp", (22, 22), "2001:db8::/32"),
        Rule(False, "tcp", (22, 22), prefix_list="pl-1"),
        Rule(False, "tcp", (22, 22), group="sg-1", owner=OURS),
        Rule(False, "tcp", (22, 22), group="sg-2", owner="444455556666"),
    ]


def test_the_short_form_says_the_same():
    sent = {**SSH, "CidrIp": "10.0.0.0/8"}
    assert rules_of(sent, OURS, egress=True) == [Rule(True, "tcp", (22, 22), "10.0.0.0/8")]
    named = {"SourceSecurityGroupName": "web"}
    assert rules_of(named, OURS, egress=False) == [Rule(False, "-1", group="web", owner=OURS)]


@pytest.mark.parametrize(
    ("sent", "protocol", "ports"),
    [
        (SSH, "tcp", (22, 22)),
        ({**SSH, "IpProtocol": "6"}, "tcp", (22, 22)),
        ({**SSH, "IpProtocol": "TCP"}, "tcp", (22, 22)),
        ({**SSH, "IpProtocol": "-1"}, "-1", None),
        ({**SSH, "IpProtocol": "50"}, "50", None),
        ({"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1}, "icmp", (-1, -1)),
        ({"IpProtocol": "icmpv6"}, "icmpv6", (-1, -1)),
    ],
)
def test_protocols_are_shown_by_name_and_ports_where_there_are_any(sent, protocol, ports):
    (rule,) = rules(**sent, IpRanges=[{"CidrIp": "10.0.0.0/8"}])
    assert (rule.protocol, rule.ports) == (protocol, ports)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "MissingParameter"),
        ({"IpRanges": [{"CidrIp": "ten"}]}, INVALID),
        ({"IpRanges": [{"CidrIp": "2001:db8::/32"}]}, INVALID),
        ({"Ipv6Ranges": [{"CidrIpv6": "10.0.0.0/8"}]}, INVALID),
        ({"IpRanges": [{"CidrIp": "10.0.0.0/8"}, {"CidrIp": "10.9.9.9/8"}]}, INVALID),
        ({"IpProtocol": None, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}, INVALID),
        ({"IpProtocol": "tcpip", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}, INVALID),
        ({"FromPort": None, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}, INVALID),
        ({"FromPort": 23, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}, INVALID),
        ({"IpProtocol": "icmp", "ToPort": None, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}, INVALID),
    ],
)
def test_a_rule_that_ec2_does_not_take_is_refused(sent, code):
    with pytest.raises(Refusal) as refused:
        rules(**{**SSH, **sent})
    assert refused.value.code == code


HOME = Rule(False, "tcp", (22, 22), "10.0.0.0/8")


def test_the_words_are_ec2s():
    named = Rule(False, "tcp", (0, 65535), group="sg-1")
    assert words(named) == "peer: sg-1, TCP, from port: 0, to port: 65535, ALLOW"
    assert words(Rule(True, "-1", cidr="0.0.0.0/0")) == "peer: 0.0.0.0/0, ALL, ALLOW"


def requested(**sent):
    return rule_requested({**SSH, **sent}, OURS, egress=False)


def test_a_changed_rule_names_exactly_one_thing():
    assert requested(CidrIpv4="10.0.0.9/8", Description="x") == replace(HOME, description="x")
    assert requested(ReferencedGroupId="sg-1").group == "sg-1"
    assert requested(PrefixListId="pl-1").prefix_list == "pl-1"
    for sent, code in (
        ({}, "MissingParameter"),
        ({"CidrIpv4": "10.0.0.0/8", "PrefixListId": "pl-1"}, "InvalidParameterCombination"),
    ):
        with pytest.raises(Refusal) as refused:
            requested(**sent)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("sent", "same"),
    [
        ({"CidrIpv4": "10.9.0.0/16"}, True),
        ({"CidrIpv6": "2001:db8::/32"}, False),
        ({"PrefixListId": "pl-1"}, False),
        ({"ReferencedGroupId": "sg-1"}, False),
    ],
)
def test_a_changed_rule_stays_of_its_kind(sent, same):
    if same:
        check_same_kind("sgr-1", HOME, requested(**sent))
        return
    with pytest.raises(Refusal) as refused:
        check_same_kind("sgr-1", HOME, requested(**sent))
    assert refused.value.code == INVALID
