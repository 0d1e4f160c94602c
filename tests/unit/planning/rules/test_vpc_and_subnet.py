"""DNS attributes of VPCs, and public IP on launch of subnets."""

from dataclasses import replace

import pytest
from peerkeeper.planning.internet import leads_to_internet
from peerkeeper.planning.rules.subnet_public_ip import subnet_public_ip
from peerkeeper.planning.rules.vpc_dns import vpc_dns
from peerkeeper.settings import EnforceIn, Mode, SubnetPublicIp, VpcDns
from peerkeeper.values.changes import EnableDnsHostnames, EnableDnsSupport, SetMapPublicIpOnLaunch
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Sight

from tests.builders import (
    SEOUL,
    SEOUL_VPC,
    SUBNET,
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


def public_ip(maps, tables, policy="match-internet-route", before=True, **changed):
    """What the rule yields at the second look, or at the first one; the VPC's tag asks for it."""
    seen = snapshot(vpc(SEOUL, tags=ASKS), subnet(maps_public_ip=maps), *tables, **changed)
    if before:
        sights = {Sight(SEOUL, SUBNET, one.id, leads) for one in tables for leads in (True, False)}
        seen = replace(seen, seen_before=frozenset(sights))
    return list(subnet_public_ip(seen, follows(policy)))


def follows(policy, **changed):
    return settings(subnet_public_ip=SubnetPublicIp(policy), **changed)


ASKS = (("peerkeeper:public-ip", "enforce"),)
PUBLIC, PRIVATE = (table(SEOUL, INTERNET),), (table(SEOUL),)
NAT = route("0.0.0.0/0", "nat-1")


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
        ("never", PUBLIC, False, []),
        ("never", (), True, [OFF]),
        ("leave", PUBLIC, False, []),
        ("leave", PRIVATE, True, []),
    ],
)
def test_public_ip_on_launch_follows_the_setting_and_the_route(policy, tables, maps, expected):
    assert public_ip(maps, tables, policy) == expected


@pytest.mark.parametrize(
    ("routes", "leads"),
    [
        ([], False),
        ([NAT], False),
        ([route("10.0.0.0/8", "tgw-1")], False),
        ([route("8.0.0.0/8", "pcx-1")], False),
        ([route("::/0", "igw-1")], False),
        ([replace(INTERNET, destination=None, target="vpce-1")], False),
        ([INTERNET], True),
        ([INTERNET, route("10.0.0.0/8", "tgw-1")], True),
        ([route("0.0.0.0/1", "igw-1"), route("128.0.0.0/1", "igw-1")], True),
        ([INTERNET, route("8.8.8.8/32", "nat-1")], True),
        ([route("0.0.0.0/1", "igw-1")], None),
        ([route("0.0.0.0/1", "igw-1"), NAT], None),
        ([replace(INTERNET, blackhole=True)], None),
        ([replace(INTERNET, odd=True)], None),
        ([replace(NAT, blackhole=True)], None),
        ([route("0.0.0.0/0", "vpce-1")], None),
        ([route("0.0.0.0/0", "eni-1")], None),
        ([route("0.0.0.0/0", "tgw-1")], None),
        ([route("0.0.0.0/0", "vgw-1")], None),
        ([replace(INTERNET, destination=None)], None),
    ],
)
def test_a_table_leads_to_the_internet_or_does_not_or_nobody_knows(routes, leads):
    assert leads_to_internet(table(SEOUL, *routes)) is leads
    if leads is None:
        assert public_ip(True, (table(SEOUL, *routes),)) == []
        assert public_ip(False, (table(SEOUL, *routes),)) == []


@pytest.mark.parametrize(
    ("maps", "tables", "leads"), [(False, PUBLIC, True), (True, PRIVATE, False)]
)
def test_the_first_look_asks_for_a_second_and_changes_nothing(maps, tables, leads):
    (found,) = public_ip(maps, tables, before=False)
    assert found.function is Function.CONFIGURE
    assert found.hint == Hint(SEOUL, SUBNET, SEOUL_VPC)
    assert found.sight == Sight(SEOUL, SUBNET, tables[0].id, leads)


@pytest.mark.parametrize("other", [{"table_id": "rtb-0a39a39a39a39a399"}, {"leads": False}])
def test_a_look_that_saw_something_else_is_a_first_look(other):
    sight = Sight(SEOUL, SUBNET, PUBLIC[0].id, leads=True)._replace(**other)
    (found,) = public_ip(False, PUBLIC, before=False, seen_before=frozenset({sight}))
    assert isinstance(found, Deferral)


@pytest.mark.parametrize(
    ("mode", "maps", "tables"),
    [("observe", True, PRIVATE), ("observe", False, PUBLIC), ("add-only", True, PRIVATE)],
)
def test_what_the_mode_does_not_let_us_do_is_reported_at_the_first_look(mode, maps, tables):
    seen = snapshot(vpc(SEOUL, tags=ASKS), subnet(maps_public_ip=maps), *tables)
    (found,) = subnet_public_ip(seen, follows("match-internet-route", mode=Mode(mode)))
    assert isinstance(found, SetMapPublicIpOnLaunch)


@pytest.mark.parametrize(
    ("tags", "everywhere", "acts"),
    [
        ((), False, False),
        ((("peerkeeper:peers", "self"),), False, False),
        (ASKS, False, True),
        ((("peerkeeper:public-ip", "yes"),), False, False),
        ((("peerkeeper:Public-IP", "enforce"),), False, False),
        ((), True, True),
        ((("peerkeeper:public-ip", "leave"),), True, False),
        ((("peerkeeper:Public-IP", "leave"),), True, False),
        ((*ASKS, ("Peerkeeper:exempt", "true")), True, False),
    ],
)
def test_public_ip_is_set_only_where_the_vpcs_own_tags_ask(tags, everywhere, acts):
    seen = snapshot(vpc(SEOUL, tags=tags), subnet(maps_public_ip=True), *PRIVATE)
    reach = EnforceIn.ALL if everywhere else EnforceIn.PARTICIPATING
    assert bool([*subnet_public_ip(seen, follows("never", enforce_in=reach))]) is acts


@pytest.mark.parametrize(
    ("tags", "everywhere", "acts"),
    [
        ((), False, False),
        ((("peerkeeper:peers", "self"),), False, True),
        ((("peerkeeper:peers-lab", "444455556666 nonsense"),), False, True),
        ((("peerkeeper:peers", "everybody"),), False, False),
        ((("Peerkeeper:peers", "self"),), False, False),
        ((("peerkeeper:dns", "enforce"),), False, True),
        ((("peerkeeper:DNS", "enforce"),), False, False),
        ((("peerkeeper:peers", "self"), ("peerkeeper:dns", "leave")), False, False),
        ((("peerkeeper:peers", "self"), ("peerkeeper:dns", "Enforce")), False, False),
        ((), True, True),
        ((("peerkeeper:dns ", "leave"),), True, False),
    ],
)
def test_dns_is_set_only_where_the_vpcs_own_tags_ask(tags, everywhere, acts):
    seen = snapshot(vpc(SEOUL, tags=tags), dns_hostnames={KEY: False}, dns_support={KEY: True})
    reach = EnforceIn.ALL if everywhere else EnforceIn.PARTICIPATING
    assert bool([*vpc_dns(seen, settings(enforce_in=reach))]) is acts


def test_an_association_of_its_own_wins_over_the_main_table():
    own = table(SEOUL, id="rtb-0a39a39a39a39a302", main=False, subnet_ids=(SUBNET,))
    assert public_ip(True, (*PUBLIC, own)) == [OFF]


def test_the_main_table_counts_only_once_all_tables_were_read():
    assert public_ip(False, PUBLIC, done=frozenset()) == []
    mine = (table(SEOUL, INTERNET, subnet_ids=(SUBNET,)),)
    assert public_ip(False, mine, done=frozenset()) == [ON]


@pytest.mark.parametrize(
    "changed",
    [
        {"owner_id": "444455556666"},
        {"tags": (("peerkeeper:exempt", "true"),)},
        {"ipv6_only": True},
    ],
)
def test_a_shared_exempt_or_ipv6_subnet_is_left_alone(changed):
    own = replace(subnet(maps_public_ip=True), **changed)
    seen = snapshot(vpc(SEOUL, tags=ASKS), own, *PRIVATE)
    assert list(subnet_public_ip(seen, follows("never"))) == []


def test_a_subnet_of_an_exempt_or_unread_vpc_is_left_alone():
    exempt = vpc(SEOUL, tags=(*ASKS, ("peerkeeper:exempt", "true")))
    own = subnet(maps_public_ip=True)
    assert list(subnet_public_ip(snapshot(exempt, own, *PRIVATE), follows("never"))) == []
    assert list(subnet_public_ip(snapshot(own, *PRIVATE), follows("never"))) == []
