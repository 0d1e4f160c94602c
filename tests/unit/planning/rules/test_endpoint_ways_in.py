"""Interface endpoints: zones, groups, and what a peer must use."""

import pytest
from peerkeeper.planning.rules.endpoint_ways_in import endpoint_ways_in
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code
from peerkeeper.values.security_groups import GroupRule, SecurityGroup

from tests.builders import PCX, SEOUL, SEOUL_VPC, US, peering, settings, subnet, vpc
from tests.unit.planning.endpoints import DNS_ON, ONE, gateway, interface, seen

GROUP, CLIENTS = "sg-0a39a39a39a39a301", "sg-0a39a39a39a39a302"
FAR = "subnet-0a39a39a39a39a312"
NAMES = ("vpce-1.ssm.ap-northeast-2.vpce.amazonaws.com", "ssm.ap-northeast-2.amazonaws.com")
HERE = {"subnet_ids": (subnet().id,)}


def found(endpoint, *resources, rules=None, groups=None):
    held = {} if rules is None else {(SEOUL, GROUP): group(rules)}
    shown = seen(
        *resources, endpoints=[endpoint], security_groups=held if groups is None else groups
    )
    return list(endpoint_ways_in(shown, settings()))


def codes(*args, **changed):
    return [one.code for one in found(*args, **changed)]


def group(rules):
    return SecurityGroup(SEOUL, GROUP, SEOUL_VPC, US, "default", tuple(rules))


def rule(protocol=6, first=443, last=443, cidr="10.39.0.0/16", **changed):
    return GroupRule(protocol, first, last, network(cidr) if cidr else None, **changed)


def test_one_zone_is_told_where_the_vpc_has_subnets_in_others():
    near, far = subnet(zone="ap-northeast-2a"), subnet(id=FAR, zone="ap-northeast-2c")
    (one,) = found(interface(**HERE), near, far)
    assert (one.code, one.subject) == (Code.ENDPOINT_ONE_ZONE, ONE)
    assert "ap-northeast-2a" in one.message
    assert "ap-northeast-2c" in one.message


@pytest.mark.parametrize(
    ("ids", "zones"),
    [
        ((subnet().id, FAR), ("a", "c")),
        ((subnet().id,), ("a", "a")),
        ((subnet().id,), ("", "c")),
        ((subnet().id, FAR), ("a", "")),
        (("subnet-0a39a39a39a39a319",), ("a", "c")),
        ((), ("a", "c")),
    ],
)
def test_other_zones_that_are_used_or_not_known_are_no_fault(ids, zones):
    both = [subnet(zone=zones[0]), subnet(id=FAR, zone=zones[1])]
    assert codes(interface(subnet_ids=ids), *both) == []


@pytest.mark.parametrize(
    "rules",
    [
        (),
        [rule(cidr="", group_id=GROUP)],
        [rule(cidr="", group_id=GROUP, protocol=-1, first=-1, last=-1)],
        [rule(first=80, last=442)],
        [rule(first=444, last=9000)],
        [rule(protocol=17)],
        [rule(cidr="172.31.0.0/16")],
        [rule(cidr="2001:db8::/56")],
    ],
)
def test_groups_that_admit_no_443_from_the_vpc_are_closed(rules):
    (one,) = found(interface(group_ids=(GROUP,)), rules=rules)
    assert (one.code, one.subject) == (Code.ENDPOINT_CLOSED, ONE)
    assert f"Let {GROUP} admit tcp 443 from 10.39.0.0/16" in one.message


@pytest.mark.parametrize(
    "rules",
    [
        [rule()],
        [rule(cidr="10.39.4.0/24")],
        [rule(cidr="0.0.0.0/0", first=0, last=65535)],
        [rule(protocol=-1, first=-1, last=-1)],
        [rule(first=-1, last=-1)],
        [rule(cidr="", group_id=CLIENTS)],
        [rule(cidr="", prefix_list="pl-0a39a39a39a39a302")],
        [rule(first=80, last=80), rule()],
    ],
)
def test_a_rule_that_admits_some_of_the_vpc_or_may_is_enough(rules):
    assert codes(interface(group_ids=(GROUP,)), rules=rules) == []


def test_groups_that_were_not_read_are_no_fault():
    assert codes(interface(group_ids=(GROUP,))) == []
    assert codes(interface(group_ids=(GROUP, CLIENTS)), rules=()) == []
    assert codes(interface(), rules=()) == []


def test_a_peer_is_told_the_endpoints_own_name():
    one = interface(tags=DNS_ON, private_dns=True, names=NAMES)
    (said,) = found(one, peering(SEOUL))
    assert (said.code, said.subject) == (Code.ENDPOINT_PEER_NAME, ONE)
    assert PCX in said.message
    assert said.message.endswith(NAMES[0])


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"tags": ()}, "active"),
        ({"private_dns": False}, "active"),
        ({"names": ()}, "active"),
        ({}, "provisioning"),
        ({}, "deleted"),
    ],
)
def test_without_tag_private_dns_or_active_peering_a_peer_is_told_nothing(changed, status):
    one = interface(**{"tags": DNS_ON, "private_dns": True, "names": NAMES, **changed})
    assert codes(one, peering(SEOUL, status)) == []


def from_peer(word, rules, *, status="active", on_peering=False):
    """What is said of an endpoint whose group has these rules, where the tag expects the word."""
    tags = (("peerkeeper:expect", word),)
    pcx = peering(SEOUL, status, tags=tags if on_peering else ())
    own = () if on_peering else (vpc(SEOUL, tags=tags),)
    said = found(interface(group_ids=(GROUP,)), pcx, *own, rules=[rule(), *rules])
    return [one for one in said if one.code is Code.ENDPOINT_CLOSED_TO_PEER]


@pytest.mark.parametrize("word", ["tcp/443", "icmp tcp/80-500", "all"])
@pytest.mark.parametrize("on_peering", [True, False])
def test_a_peer_that_is_expected_and_let_in_by_no_group_is_told(word, on_peering):
    (one,) = from_peer(word, [rule(first=80, last=80)], on_peering=on_peering)
    assert (one.subject, one.pcx_id) == (ONE, PCX)
    assert f"Let {GROUP} admit tcp 443 from 172.31.0.0/16" in one.message


@pytest.mark.parametrize(
    ("word", "rules", "status"),
    [
        ("tcp/80", [], "active"),
        ("tcp/443", [rule(cidr="172.31.8.0/24")], "active"),
        ("tcp/443", [], "deleted"),
        ("udp/443", [], "active"),
        ("https", [], "active"),
    ],
)
def test_a_peer_that_is_let_in_or_not_expected_is_no_fault(word, rules, status):
    assert from_peer(word, rules, status=status) == []


@pytest.mark.parametrize("changed", [{"managed": True}, {"state": "pending"}])
def test_one_that_is_not_ours_or_not_available_is_left(changed):
    assert codes(interface(group_ids=(GROUP,), **changed), rules=()) == []
    assert codes(gateway(group_ids=(GROUP,)), rules=()) == []
