"""Our side's DNS option, once the peering is active and its own VPC has host names."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.dns_resolution import dns_resolution
from peerkeeper.values.changes import AllowRemoteDnsResolution
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Deferral

from tests.builders import (
    PCX,
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


def test_what_is_advised_for_our_own_vpc_is_the_tag_that_its_setting_hangs_on():
    (found,) = judged(peering(), {HERE: False, THERE: True})
    assert "VpcDns=enforce" in found.message
    assert f"tag {TOKYO_VPC} peerkeeper:dns=enforce" in found.message


@pytest.mark.parametrize("hostnames", [{}, {THERE: True}])
def test_what_is_not_read_yet_is_waited_for(hostnames):
    assert judged(peering(), hostnames) == []


def test_while_provisioning_we_look_again_if_our_side_agreed():
    found = judged(peering(status="provisioning"), {})
    assert [type(item) for item in found] == [Deferral]
    seen = snapshot(peering(status="provisioning"), vpc(tags=()))
    assert list(dns_resolution(seen, settings())) == []


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
