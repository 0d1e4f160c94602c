"""Our side's DNS option, once the peering is active and both VPCs have host names."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.dns_resolution import dns_resolution
from peerkeeper.values.changes import AllowRemoteDnsResolution
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Deferral
from peerkeeper.values.trouble import Meaning, Trouble

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


def test_the_option_is_set_where_both_vpcs_have_host_names():
    assert judged(peering(), {HERE: True, THERE: True}) == [
        AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason="")
    ]
    assert judged(peering(SEOUL), {HERE: True, THERE: True}) == [
        AllowRemoteDnsResolution(SEOUL, PCX, requester_side=True, reason="")
    ]


def test_nothing_is_set_where_it_is_on():
    pcx = peering()
    on = replace(pcx, accepter=replace(pcx.accepter, allows_remote_dns=True))
    assert judged(on, {HERE: True, THERE: True}) == []


def test_a_peer_without_host_names_is_reported_and_ours_too():
    assert code(judged(peering(), {HERE: True, THERE: False})) == [Code.PEER_DNS_OFF]
    assert code(judged(peering(), {HERE: False, THERE: True})) == [Code.DNS_OFF]


@pytest.mark.parametrize("hostnames", [{}, {HERE: True}, {THERE: True}])
def test_what_is_not_read_yet_is_waited_for(hostnames):
    assert judged(peering(), hostnames) == []


def test_a_peer_that_cannot_be_read_does_not_hold_our_side():
    failed = Read(SEOUL, Describe.DNS_HOSTNAMES, By.VPC, SEOUL_VPC)
    trouble = Trouble(Meaning.DENIED, "UnauthorizedOperation", "", "DescribeVpcAttribute")
    found = judged(peering(), {HERE: True}, unread={failed: trouble})
    assert [type(item) for item in found] == [AllowRemoteDnsResolution]


def test_while_provisioning_we_look_again_if_our_side_agreed():
    found = judged(peering(status="provisioning"), {})
    assert [type(item) for item in found] == [Deferral]
    seen = snapshot(peering(status="provisioning"), vpc(tags=()))
    assert list(dns_resolution(seen, settings())) == []


def test_a_side_that_has_not_agreed_gets_no_option():
    seen = snapshot(peering(), vpc(tags=()), vpc(SEOUL), dns_hostnames={HERE: True, THERE: True})
    assert list(dns_resolution(seen, settings())) == []
