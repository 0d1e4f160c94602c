"""A route goes only when its peering is provably gone."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.stale_routes import stale_routes
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.ec2 import PeeringStatus
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Deferral

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_TABLE,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

STALE = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")
ABSENT = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, by_absence=True, reason="")
ROUTED = table(TOKYO, route("10.39.0.0/16", PCX, blackhole=True))


def judged(*resources, **changed):
    return list(stale_routes(snapshot(*resources, **changed), settings()))


@pytest.mark.parametrize("status", ["deleted", "rejected", "failed", "expired"])
def test_a_route_to_an_ended_peering_is_stale(status):
    assert judged(peering(status=status), vpc(), ROUTED) == [STALE]


@pytest.mark.parametrize(
    "status", sorted(set(PeeringStatus) - {"deleted", "rejected", "failed", "expired", "deleting"})
)
def test_a_blackhole_to_a_peering_in_any_other_status_stays(status):
    assert judged(peering(status=status), vpc(), ROUTED) == []


def test_while_the_peering_is_being_deleted_we_wait():
    assert [type(i) for i in judged(peering(status="deleting"), vpc(), ROUTED)] == [Deferral]


def test_a_terminal_status_seen_from_the_other_side_is_proof_too():
    assert judged(peering(SEOUL, "deleted"), vpc(), ROUTED) == [STALE]
    assert judged(peering(SEOUL, "deleted"), peering(TOKYO), vpc(), ROUTED) == [STALE]


def test_absent_once_asks_for_a_second_look_at_the_whole_location():
    (found,) = judged(vpc(), ROUTED)
    assert isinstance(found, Deferral)
    assert (found.absent, found.hint.location, found.hint.id) == (PCX, TOKYO, "")


def test_absent_twice_is_stale_when_the_whole_location_was_read():
    before = frozenset({(TOKYO, PCX)})
    assert judged(vpc(), ROUTED, absent_before=before) == [ABSENT]
    narrow = frozenset(
        {Read(TOKYO, Describe.PEERINGS, By.PEERING, PCX), Read(TOKYO, Describe.ROUTE_TABLES)}
    )
    (found,) = judged(vpc(), ROUTED, absent_before=before, done=narrow)
    assert isinstance(found, Deferral)


def test_the_first_look_at_one_location_proves_nothing_for_another():
    (found,) = judged(vpc(), ROUTED, absent_before=frozenset({(SEOUL, PCX)}))
    assert isinstance(found, Deferral)


def test_an_active_route_to_an_absent_peering_stays():
    assert judged(vpc(), table(TOKYO, route("10.39.0.0/16", PCX))) == []


def test_nothing_follows_from_peerings_that_were_not_read():
    assert judged(vpc(), ROUTED, done=frozenset()) == []
    half = frozenset({Read(TOKYO, Describe.PEERINGS, By.REQUESTER_VPC, vpc().id)})
    assert judged(vpc(), ROUTED, done=half) == []


def test_both_halves_of_a_vpcs_peerings_are_a_complete_read():
    both = frozenset(
        Read(TOKYO, Describe.PEERINGS, by, vpc().id) for by in (By.REQUESTER_VPC, By.ACCEPTER_VPC)
    )
    assert len(judged(vpc(), ROUTED, done=both)) == 1


@pytest.mark.parametrize("target", ["nat-1", "eni-1", "tgw-1", "local", ""])
def test_blackholes_to_anything_else_are_not_ours(target):
    foreign = table(TOKYO, route("10.39.0.0/16", target, blackhole=True))
    assert judged(peering(status="deleted"), vpc(), foreign) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"tags": (("peerkeeper:exempt", "true"),)},
        {"tags": (("peerkeeper:routes", "none"),)},
        {"owner_id": "444455556666"},
    ],
)
def test_a_table_out_of_our_hands_is_left_alone(changed):
    stale = route("10.39.0.0/16", PCX)
    assert judged(peering(status="deleted"), vpc(), table(TOKYO, stale, **changed)) == []


@pytest.mark.parametrize("changed", [{"static": False}, {"destination": None}])
def test_a_route_that_is_not_static_or_leads_to_a_prefix_list_stays(changed):
    left = replace(route("10.39.0.0/16", PCX, blackhole=True), **changed)
    assert judged(peering(status="deleted"), vpc(), table(TOKYO, left)) == []


def test_an_exempt_vpc_keeps_its_routes_and_an_unread_one_too():
    exempt = vpc(tags=(("peerkeeper:exempt", "true"),))
    assert judged(peering(status="deleted"), exempt, ROUTED) == []
    assert judged(peering(status="deleted"), ROUTED) == []


def test_a_vpc_that_a_read_of_all_does_not_show_is_no_proof_that_it_is_not_exempt():
    done = frozenset({Read(TOKYO, Describe.VPCS)})
    assert judged(peering(status="deleted"), ROUTED, done=done) == []


@pytest.mark.parametrize("key", ["Peerkeeper:exempt", "peerkeeper:Exempt", "peerkeeper:exempt "])
def test_a_vpc_whose_exempt_tag_is_a_slip_keeps_its_routes(key):
    exempt = vpc(tags=((key, "true"),))
    assert judged(peering(status="deleted"), exempt, ROUTED) == []
