"""Quotas: what counts, what is near, and whether our tables have room for a request. Row by row."""

from dataclasses import replace

import pytest
from peerkeeper.planning.room import requests_used, routes_used
from peerkeeper.planning.rules.acceptance import acceptance
from peerkeeper.planning.rules.quota_near import quota_near
from peerkeeper.settings import QuotaCheck
from peerkeeper.values.changes import AcceptPeering
from peerkeeper.values.ec2 import PrefixList, network
from peerkeeper.values.findings import Code
from peerkeeper.values.quotas import Quota, QuotaValue
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    PCX,
    SEOUL,
    THEM,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

READ = Read(TOKYO, Describe.QUOTAS)
BOTH = (READ, Read(SEOUL, Describe.QUOTAS))
LIST = "pl-0a39a39a39a39a301"
SIX = "2600:1f14:39::/56"


def seen(*resources, routes=10, peerings=10, requests=10, sizes=(), read=True, **changed):
    """A snapshot with these quotas in Tokyo. Seoul's quotas were read as well, and have no value."""
    values = zip(Quota, (routes, peerings, requests), strict=True)
    quotas = {(TOKYO, code.value): QuotaValue(TOKYO, code.value, most) for code, most in values}
    built = snapshot(
        *resources,
        quotas=quotas if read else {},
        list_sizes={(TOKYO, one.id): one for one in sizes},
    )
    more = {*BOTH} if read else {*BOTH} - {READ}
    return replace(built, done=built.done | more, **changed)


def narrow(number):
    return [route(f"192.168.{one}.0/24", "igw-1") for one in range(number)]


def listed(most, *, ipv6=False):
    return PrefixList(TOKYO, LIST, most=most, ipv6=ipv6)


def by_list(*networks):
    whole = replace(route("10.0.0.0/8", "tgw-1", prefix_list=LIST), destination=None)
    return [whole, *(route(one, "tgw-1", prefix_list=LIST) for one in networks)]


@pytest.mark.parametrize(
    ("routes", "sizes", "four", "six"),
    [
        ([], (), 1, 0),
        (narrow(3), (), 4, 0),
        ([route("10.9.0.0/16", "vgw-1", static=False)], (), 1, 0),
        ([route(SIX, "eigw-1")], (), 1, 1),
        (by_list("10.8.0.0/16", "10.9.0.0/16"), (listed(20),), 21, 0),
        (by_list("10.8.0.0/16"), (listed(20, ipv6=True),), 1, 20),
        (by_list("10.8.0.0/16"), (), None, None),
    ],
)
def test_a_route_counts_in_its_family_and_a_list_as_its_most_entries(routes, sizes, four, six):
    own = table(TOKYO, *routes)
    shown = seen(own, sizes=sizes)
    assert (routes_used(shown, own, 4), routes_used(shown, own, 6)) == (four, six)


@pytest.mark.parametrize(("used", "told"), [(6, False), (7, True), (9, True)])
def test_four_fifths_of_a_quota_are_near(used, told):
    """One more than `used`, with the local route."""
    found = [
        *quota_near(seen(table(TOKYO, *narrow(used))), settings(quota_check=QuotaCheck.REPORT))
    ]
    assert [one.subject for one in found] == ([TOKYO_TABLE] if told else [])


def test_peerings_of_a_vpc_and_requests_of_an_account_count_too():
    asked = peering(SEOUL, "pending-acceptance")
    shown = seen(peering(), asked, vpc(), peerings=1)
    (near,) = quota_near(shown, settings(quota_check=QuotaCheck.HOLD))
    assert (near.code, near.subject) == (Code.QUOTA_NEAR, TOKYO_VPC)
    assert (requests_used(shown, SEOUL), requests_used(shown, TOKYO)) == (1, 0)


def test_what_is_not_ours_or_was_not_read_is_not_told():
    theirs = table(TOKYO, *narrow(9), owner_id=THEM)
    chosen = settings(quota_check=QuotaCheck.REPORT)
    assert [*quota_near(seen(theirs, vpc(owner_id=THEM), peering(), peerings=1), chosen)] == []
    assert [*quota_near(seen(table(TOKYO, *narrow(9)), read=False), chosen)] == []
    assert [*quota_near(seen(table(TOKYO, *by_list("10.8.0.0/16"))), chosen)] == []
    assert [*quota_near(seen(table(TOKYO, *narrow(9))), settings())] == []


def verdict(*resources, check=QuotaCheck.HOLD, **quotas):
    """What becomes of a request to Tokyo."""
    shown = seen(peering(TOKYO, "pending-acceptance"), vpc(), vpc(SEOUL), *resources, **quotas)
    return [*acceptance(shown, settings(quota_check=check))]


def test_a_request_waits_if_a_table_has_no_room():
    (held,) = verdict(table(TOKYO, *narrow(3)), routes=4)
    assert held.code is Code.NO_ROOM
    assert f"leave {TOKYO_TABLE} short of 1 IPv4 routes: it has 4 of the 4" in held.message
    assert f"{PCX} waits" in held.message


@pytest.mark.parametrize(
    ("resources", "given"),
    [
        ([table(TOKYO, *narrow(3))], {"routes": 5}),
        ([table(TOKYO, *narrow(3))], {"routes": 4, "check": QuotaCheck.REPORT}),
        ([table(TOKYO, *by_list("192.168.0.0/24"))], {"routes": 1}),
        ([table(TOKYO, *narrow(3), tags=(("peerkeeper:routes", "none"),))], {"routes": 4}),
    ],
)
def test_a_request_goes_on_with_room_without_hold_and_where_no_size_is_known(resources, given):
    (accept,) = verdict(*resources, **given)
    assert isinstance(accept, AcceptPeering)


def test_a_request_waits_in_silence_for_the_read_and_goes_on_if_it_fails():
    assert verdict(table(TOKYO, *narrow(3)), read=False) == []
    trouble = Trouble(Meaning.DENIED, "AccessDeniedException", "no", "ListServiceQuotas")
    (accept,) = verdict(table(TOKYO, *narrow(3)), read=False, unread={READ: trouble})
    assert isinstance(accept, AcceptPeering)


def from_requester(*resources, asked=BOTH, **changed):
    """What becomes of the request, where a route table of Seoul takes three routes."""
    code = Quota.ROUTES.value
    view = peering(SEOUL, "pending-acceptance")
    shown = seen(peering(TOKYO, "pending-acceptance"), view, vpc(), table(TOKYO), *resources)
    quotas = {**shown.quotas, (SEOUL, code): QuotaValue(SEOUL, code, 3)}
    shown = replace(shown, quotas=quotas, done=shown.done - {*BOTH} | {*asked}, **changed)
    return [*acceptance(shown, settings(quota_check=QuotaCheck.HOLD))]


def test_a_request_waits_for_room_in_the_requesters_tables_that_are_ours():
    full = table(SEOUL, *narrow(2))
    (held,) = from_requester(vpc(SEOUL), full)
    assert held.code is Code.NO_ROOM
    assert full.id in held.message
    for others in (
        (vpc(SEOUL), table(SEOUL, *narrow(1))),
        (vpc(SEOUL, tags=()), full),  # that side has not agreed, so it gets no route
        (vpc(SEOUL),),
    ):
        (accept,) = from_requester(*others)
        assert isinstance(accept, AcceptPeering)


def test_a_request_does_not_wait_for_what_cannot_be_read_of_the_requesters_side():
    full = (vpc(SEOUL), table(SEOUL, *narrow(2)))
    assert from_requester(*full, asked=(READ,)) == []  # it waits for what is read next
    down = Trouble(Meaning.PASSING, "ServiceUnavailable", "", "ListServiceQuotas")
    (accept,) = from_requester(*full, asked=(READ,), unread={BOTH[1]: down})
    assert isinstance(accept, AcceptPeering)


def test_ipv6_networks_of_the_peer_need_room_among_the_ipv6_routes():
    both = peering(TOKYO, "pending-acceptance")
    networks = (network("10.39.0.0/16"), network(SIX))
    both = replace(both, requester=replace(both.requester, cidrs=networks))
    shown = seen(both, vpc(), table(TOKYO, route("2600:1f14:99::/56", "eigw-1")), routes=1)
    chosen = settings(
        quota_check=QuotaCheck.HOLD,
        allow_ipv6=True,
        allowed_destinations=(network("10.0.0.0/8"), network("2600::/16")),
    )
    (held,) = acceptance(shown, chosen)
    assert "short of 1 IPv4 routes: it has 1 of the 1" in held.message
    assert "short of 1 IPv6 routes: it has 1 of the 1" in held.message
