"""Our side's DNS option, once the peering is active and its own VPC has hostnames."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.dns_resolution import dns_resolution
from peerkeeper.settings import VpcDns
from peerkeeper.values.changes import AllowRemoteDnsResolution
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Deferral

from tests.builders import (
    PCX,
    SELF,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    peering,
    settings,
    snapshot,
    vpc,
)

HERE, THERE = (TOKYO, TOKYO_VPC), (SEOUL, SEOUL_VPC)


def judged(pcx, hostnames, *more, **changed):
    seen = snapshot(pcx, vpc(), vpc(SEOUL), *more, dns_hostnames=hostnames, **changed)
    return list(dns_resolution(seen, settings()))


def code(found):
    return [item.code for item in found if isinstance(item, Finding)]


@pytest.mark.parametrize("there", [{}, {THERE: True}, {THERE: False}])
def test_the_option_is_set_where_our_vpc_has_host_names_whatever_the_peer_has(there):
    assert judged(peering(), {HERE: True, **there}) == [
        AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason="")
    ]


def test_each_side_has_an_option_of_its_own():
    assert judged(peering(SEOUL), {THERE: True}) == [
        AllowRemoteDnsResolution(SEOUL, PCX, requester_side=True, reason="")
    ]


def test_nothing_is_set_where_it_is_on():
    pcx = peering()
    on = replace(pcx, accepter=replace(pcx.accepter, allows_remote_dns=True))
    assert judged(on, {HERE: True, THERE: True}) == []


def test_our_vpc_without_host_names_is_reported():
    assert code(judged(peering(), {HERE: False, THERE: True})) == [Code.DNS_OFF]


TURN_ON = f"aws ec2 modify-vpc-attribute --region {TOKYO.region} --vpc-id {TOKYO_VPC} --enable-dns-"
BOTH = f"{TURN_ON}support Value=true && {TURN_ON}hostnames Value=true"
TAG = f"tag {TOKYO_VPC} peerkeeper:dns=enforce"


@pytest.mark.parametrize(
    ("vpc_dns", "asks", "missing"),
    [
        (VpcDns.ENFORCE, True, ""),
        (VpcDns.ENFORCE, False, f", or {TAG}"),
        (VpcDns.LEAVE, True, ", or set VpcDns=enforce"),
        (VpcDns.LEAVE, False, f", or set VpcDns=enforce and {TAG}"),
    ],
)
def test_only_what_is_missing_is_advised_beside_the_command(vpc_dns, asks, missing):
    agreed = peering(tags=(("peerkeeper:approved", "true"),))
    seen = snapshot(agreed, vpc(tags=SELF if asks else ()), dns_hostnames={HERE: False})
    (found,) = dns_resolution(seen, settings(vpc_dns=vpc_dns))
    assert found.message.endswith(f"; turn them on: {BOTH}{missing}")


@pytest.mark.parametrize("support", [None, False, True])
def test_the_command_turns_on_dns_support_first_unless_it_is_on(support):
    agreed = peering(tags=(("peerkeeper:approved", "true"),))
    known = {} if support is None else {HERE: support}
    seen = snapshot(agreed, vpc(), dns_hostnames={HERE: False}, dns_support=known)
    (found,) = dns_resolution(seen, settings())
    assert ("--enable-dns-support" in found.message) is not support
    assert found.message.index("--enable-dns-hostnames") > found.message.find(
        "--enable-dns-support"
    )


@pytest.mark.parametrize("hostnames", [{}, {THERE: True}])
def test_what_is_not_read_yet_is_waited_for(hostnames):
    assert judged(peering(), hostnames) == []


def test_while_provisioning_we_look_again_if_our_side_agreed():
    found = judged(peering(status="provisioning"), {})
    assert [type(item) for item in found] == [Deferral]
    seen = snapshot(peering(status="provisioning"), vpc(tags=()))
    assert list(dns_resolution(seen, settings())) == []


def test_a_vpc_that_leaves_its_dns_is_looked_at_again_too_for_what_it_carries():
    left = vpc(tags=(*vpc().tags, ("peerkeeper:dns", "leave")))
    (found,) = dns_resolution(snapshot(peering(status="provisioning"), left), settings())
    assert isinstance(found, Deferral)
    assert "DNS" not in found.why


def test_a_side_that_has_not_agreed_gets_no_option():
    seen = snapshot(peering(), vpc(tags=()), vpc(SEOUL), dns_hostnames={HERE: True, THERE: True})
    assert list(dns_resolution(seen, settings())) == []


@pytest.mark.parametrize("hostnames", [True, False])
@pytest.mark.parametrize("value", ["leave", "Enforce"])
def test_a_vpc_that_leaves_its_dns_gets_no_option_and_no_finding(value, hostnames):
    left = vpc(tags=(*vpc().tags, ("peerkeeper:dns", value)))
    seen = snapshot(peering(), left, vpc(SEOUL), dns_hostnames={HERE: hostnames})
    assert list(dns_resolution(seen, settings())) == []


def test_the_other_side_decides_for_itself():
    left = vpc(SEOUL, tags=(*vpc(SEOUL).tags, ("peerkeeper:dns", "leave")))
    seen = snapshot(peering(), vpc(), left, dns_hostnames={HERE: True})
    assert list(dns_resolution(seen, settings())) == [
        AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason="")
    ]
