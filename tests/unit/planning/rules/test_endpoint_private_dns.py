"""Private DNS of interface endpoints: what the tag wants, what is in the way, and what the finding says."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.endpoint_private_dns import endpoint_private_dns
from peerkeeper.settings import Endpoints, VpcDns
from peerkeeper.values.changes import EnablePrivateDns
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.scope import Function

from tests.builders import SEOUL, SEOUL_VPC, THEM, settings, vpc
from tests.unit.planning.endpoints import DNS_ON, ONE, OTHER, SSM, gateway, interface, seen

KEY = (SEOUL, SEOUL_VPC)
LEAVE = (("peerkeeper:dns", "leave"),)


def found(*endpoints, names=True, support=None, tags=LEAVE, **changed):
    shown = seen(
        vpc(SEOUL, tags=tags),
        endpoints=endpoints,
        dns_hostnames={} if names is None else {KEY: names},
        dns_support={} if support is None else {KEY: support},
    )
    return list(endpoint_private_dns(shown, settings(**changed)))


def codes(*endpoints, **changed):
    return [(one.code, one.subject) for one in found(*endpoints, **changed)]


def test_private_dns_that_is_off_is_told_with_the_command_that_turns_it_on():
    (one,) = found(interface(tags=DNS_ON))
    assert (one.code, one.subject) == (Code.ENDPOINT_DNS_OFF, ONE)
    assert f"{ONE} ({SSM}) has the tag peerkeeper:private-dns=on" in one.message
    assert one.message.endswith(
        "to turn it on: aws ec2 modify-vpc-endpoint --region ap-northeast-2 "
        f"--vpc-endpoint-id {ONE} --private-dns-enabled"
    )
    assert one.remedy.command in one.message


@pytest.mark.parametrize("private", [True, False])
def test_host_names_that_are_off_are_told_of_each_endpoint_that_needs_them(private):
    one = interface(tags=() if private else DNS_ON, private_dns=private)
    (said,) = found(one, names=False, support=True)
    assert (said.code, said.subject) == (Code.ENDPOINT_DNS_NEEDS, ONE)
    assert said.message.endswith(f"--vpc-id {SEOUL_VPC} --enable-dns-hostnames Value=true")
    assert "support first" not in said.message


def test_support_that_is_off_is_to_be_turned_on_first():
    (said,) = found(interface(private_dns=True), names=False, support=False)
    words = said.message
    assert 0 < words.index("--enable-dns-support") < words.index("--enable-dns-hostnames")


def test_where_vpc_dns_acts_it_turns_them_on_and_nobody_else_must():
    one = interface(private_dns=True)
    assert codes(one, names=False, tags=(("peerkeeper:dns", "enforce"),)) == []
    said = codes(one, names=False, tags=(("peerkeeper:dns", "enforce"),), vpc_dns=VpcDns.LEAVE)
    assert said == [(Code.ENDPOINT_DNS_NEEDS, ONE)]


@pytest.mark.parametrize("other", [{"private_dns": True}, {"tags": DNS_ON}])
def test_another_endpoint_that_has_or_wants_it_is_a_conflict(other):
    rival = interface(OTHER, **other)
    assert (Code.ENDPOINT_DNS_CONFLICT, ONE) in codes(interface(tags=DNS_ON), rival)
    (said,) = (one for one in found(interface(tags=DNS_ON), rival) if one.subject == ONE)
    assert OTHER in said.message


@pytest.mark.parametrize(
    "other",
    [
        {"private_dns": True, "service": "com.amazonaws.ap-northeast-2.sqs"},
        {"private_dns": True, "vpc_id": "vpc-0a39a39a39a39a392"},
        {"tags": DNS_ON, "state": "deleting"},
        {},
    ],
)
def test_one_of_another_service_or_vpc_or_that_ends_is_no_rival(other):
    assert (Code.ENDPOINT_DNS_OFF, ONE) in codes(interface(tags=DNS_ON), interface(OTHER, **other))


@pytest.mark.parametrize(
    "one",
    [
        interface(tags=DNS_ON, private_dns=True),
        interface(),
        interface(tags=(("Peerkeeper:private-dns", "on"),)),
        interface(tags=(("peerkeeper:private-dns", "off"),)),
        interface(tags=DNS_ON, managed=True),
        interface(tags=DNS_ON, state="pendingacceptance"),
        interface(tags=DNS_ON, owner_id=THEM),
        gateway(tags=DNS_ON),
    ],
)
def test_one_that_is_as_it_should_be_or_not_ours_has_no_finding(one):
    assert codes(one) == []


def test_what_was_not_read_is_no_reason_for_a_finding():
    assert codes(interface(tags=DNS_ON), names=None) == []
    assert codes(interface(tags=DNS_ON), tags=(("peerkeeper:exempt", "true"),)) == []


def test_where_another_endpoint_may_have_it_nothing_is_turned_on():
    shown = seen(vpc(SEOUL), endpoints=[interface(tags=DNS_ON)], dns_hostnames={KEY: True})
    unread = replace(shown, done=shown.done - {Read(SEOUL, Describe.VPC_ENDPOINTS)})
    assert list(endpoint_private_dns(shown, settings(endpoints=Endpoints.KEEP)))
    assert list(endpoint_private_dns(unread, settings(endpoints=Endpoints.KEEP))) == []


def test_with_keep_private_dns_that_is_off_is_turned_on():
    (one,) = found(interface(tags=DNS_ON), endpoints=Endpoints.KEEP)
    assert isinstance(one, EnablePrivateDns)
    assert (one.endpoint_id, "wants private DNS" in one.reason) == (ONE, True)


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ({"tags": DNS_ON, "state": "pending"}, 1),
        ({"tags": DNS_ON, "state": "pending", "private_dns": True}, 0),
        ({"state": "pending"}, 0),
        ({"tags": DNS_ON, "state": "deleting"}, 0),
    ],
)
def test_with_keep_a_tagged_endpoint_that_is_pending_is_looked_at_again(changed, again):
    shown = seen(vpc(SEOUL, tags=LEAVE), endpoints=[interface(**changed)])
    found = endpoint_private_dns(shown, settings(endpoints=Endpoints.KEEP))
    assert [one.function for one in found] == [Function.KEEP] * again
