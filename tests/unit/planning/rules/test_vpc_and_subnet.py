"""DNS attributes of VPCs, public IP on launch of subnets, and faulty tags."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.subnet_public_ip import subnet_public_ip
from peerkeeper.planning.rules.tag_faults import tag_faults
from peerkeeper.planning.rules.vpc_dns import vpc_dns
from peerkeeper.settings import SubnetPublicIp, VpcDns
from peerkeeper.values.changes import EnableDnsHostnames, EnableDnsSupport, SetMapPublicIpOnLaunch
from peerkeeper.values.findings import Code

from tests.builders import (
    SEOUL,
    SEOUL_VPC,
    SUBNET,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)

KEY = (SEOUL, SEOUL_VPC)
INTERNET = route("0.0.0.0/0", "igw-0a39a39a39a39a391")
ON = SetMapPublicIpOnLaunch(SEOUL, SUBNET, True, reason="")
OFF = SetMapPublicIpOnLaunch(SEOUL, SUBNET, False, reason="")


def dns(hostnames, support, **changed):
    seen = snapshot(
        vpc(SEOUL),
        dns_hostnames={} if hostnames is None else {KEY: hostnames},
        dns_support={} if support is None else {KEY: support},
    )
    return [type(change) for change in vpc_dns(seen, settings(**changed))]


@pytest.mark.parametrize(
    ("hostnames", "support", "expected"),
    [
        (True, None, []),
        (False, True, [EnableDnsHostnames]),
        (False, False, [EnableDnsSupport]),
        (False, None, []),
        (None, None, []),
        (None, False, []),
    ],
)
def test_dns_support_comes_before_host_names_and_nothing_before_it_is_read(
    hostnames, support, expected
):
    assert dns(hostnames, support) == expected


def test_dns_is_left_where_the_setting_or_the_owner_says_so():
    assert dns(False, False, vpc_dns=VpcDns.LEAVE) == []
    for changed in ({"tags": (("peerkeeper:exempt", "true"),)}, {"owner_id": "444455556666"}):
        seen = snapshot(vpc(SEOUL, **changed), dns_hostnames={KEY: False}, dns_support={KEY: True})
        assert list(vpc_dns(seen, settings())) == []


def public_ip(maps, tables, policy="match-internet-route", **changed):
    seen = snapshot(vpc(SEOUL), subnet(maps_public_ip=maps), *tables, **changed)
    return list(subnet_public_ip(seen, settings(subnet_public_ip=SubnetPublicIp(policy))))


PUBLIC, PRIVATE = (table(SEOUL, INTERNET),), (table(SEOUL),)


@pytest.mark.parametrize(
    ("policy", "tables", "maps", "expected"),
    [
        ("match-internet-route", PUBLIC, False, [ON]),
        ("match-internet-route", PUBLIC, True, []),
        ("match-internet-route", PRIVATE, True, [OFF]),
        ("match-internet-route", PRIVATE, False, []),
        ("off-where-private", PUBLIC, False, []),
        ("off-where-private", PUBLIC, True, []),
        ("off-where-private", PRIVATE, True, [OFF]),
        ("never", PUBLIC, True, [OFF]),
        ("never", (), True, [OFF]),
        ("leave", PUBLIC, False, []),
        ("leave", PRIVATE, True, []),
    ],
)
def test_public_ip_on_launch_follows_the_setting_and_the_route(policy, tables, maps, expected):
    assert public_ip(maps, tables, policy) == expected


@pytest.mark.parametrize(
    "odd",
    [
        route("0.0.0.0/0", "nat-1"),
        route("0.0.0.0/0", "igw-1", blackhole=True),
        route("10.0.0.0/8", "igw-1"),
        route("::/0", "igw-1"),
    ],
)
def test_only_a_live_default_route_to_an_internet_gateway_makes_a_subnet_public(odd):
    assert public_ip(True, (table(SEOUL, odd),)) == [OFF]


def test_an_association_of_its_own_wins_over_the_main_table():
    own = table(SEOUL, id="rtb-0a39a39a39a39a302", main=False, subnet_ids=(SUBNET,))
    assert public_ip(True, (*PUBLIC, own)) == [OFF]


def test_the_main_table_counts_only_once_all_tables_were_read():
    assert public_ip(False, PUBLIC, done=frozenset()) == []
    mine = (table(SEOUL, INTERNET, subnet_ids=(SUBNET,)),)
    assert public_ip(False, mine, done=frozenset()) == [ON]


@pytest.mark.parametrize(
    "changed", [{"owner_id": "444455556666"}, {"tags": (("peerkeeper:exempt", "true"),)}]
)
def test_a_shared_or_exempt_subnet_is_left_alone(changed):
    seen = snapshot(vpc(SEOUL), replace(subnet(), **changed), *PUBLIC)
    assert list(subnet_public_ip(seen, settings())) == []


def test_a_subnet_of_an_exempt_or_unread_vpc_is_left_alone():
    exempt = vpc(SEOUL, tags=(("peerkeeper:exempt", "true"),))
    assert list(subnet_public_ip(snapshot(exempt, subnet(), *PUBLIC), settings())) == []
    assert list(subnet_public_ip(snapshot(subnet(), *PUBLIC), settings())) == []


@pytest.mark.parametrize(
    ("key", "value", "faulty"),
    [
        ("peerkeeper:peers", "self 111122223333 vpc-0a39a39a39a39a391", False),
        ("peerkeeper:peers-lab", "self", False),
        ("peerkeeper:peers", "*", True),
        ("peerkeeper:peers", "", True),
        ("peerkeeper:peers", "11112222333", True),
        ("peerkeeper:approved", "yes", True),
        ("peerkeeper:approved", "false", False),
        ("peerkeeper:exempt", "True", True),
        ("peerkeeper:routes", "all", True),
        ("peerkeeper:routes", "none", False),
        ("peerkeeper:exmpt", "true", True),
        ("peerkeeper:status", "anything", False),
        ("Name", "peerkeeper:*", False),
    ],
)
def test_a_tag_outside_the_closed_list_is_a_finding(key, value, faulty):
    for resource in (
        vpc(tags=((key, value),)),
        table(tags=((key, value),)),
        peering(tags=((key, value),)),
    ):
        found = list(tag_faults(snapshot(resource), settings()))
        assert [item.code for item in found] == ([Code.TAG_FAULT] if faulty else [])
        assert not faulty or key in found[0].message
