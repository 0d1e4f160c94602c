"""Zones that two VPCs share, and authorizations: a test for each row of the tables."""

import pytest
from peerkeeper.values.zones import ZoneVpc

from peerkeeper_cli.teardown.order.step import State
from peerkeeper_cli.teardown.order.zone_steps import zone_steps
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.zone import Zone
from tests.builders import SEOUL, SEOUL_VPC, THEM, TOKYO, TOKYO_VPC, US
from tests.cli.teardown.seen import commands, pcx, seen_of_peering, seen_of_vpc

ASKING, ASKED = ZoneVpc(SEOUL.region, SEOUL_VPC), ZoneVpc(TOKYO.region, TOKYO_VPC)
LEAVE = (
    "aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id Z1 --vpc VPCRegion={},VPCId={}"
)


def zone(*vpcs, **changed):
    whole = {"owner": US, "whole": True, "vpcs": frozenset(vpcs)}
    return Zone("Z1", "db.internal.", **{**whole, **changed})


def of_peering(one, **changed):
    return [*zone_steps(seen_of_peering(zones=(one,), **changed))]


def between_accounts():
    one = pcx()
    accepter = one.accepter.__class__(TOKYO._replace(account_id=THEM), TOKYO_VPC)
    return {"peerings": (pcx(accepter=accepter),)}


def test_a_zone_of_a_service_is_left_alone():
    assert of_peering(zone(ASKING, ASKED, owner="", service="efs.amazonaws.com")) == []


def test_a_zone_of_one_side_alone_is_left_alone():
    assert of_peering(zone(ASKING)) == []


def test_the_side_that_does_not_own_the_zone_leaves_it():
    (step,) = of_peering(zone(ASKING, ASKED), **between_accounts())
    assert commands([step]) == [LEAVE.format(TOKYO.region, TOKYO_VPC)]
    assert step.location.account_id == THEM
    assert step.state is State.DUE


@pytest.mark.parametrize(
    ("address", "leaves"),
    [("10.39.0.9", ASKED), ("172.31.7.7", ASKING)],
)
def test_in_one_account_the_side_without_the_addresses_leaves(address, leaves):
    (step,) = of_peering(zone(ASKING, ASKED, addresses=(address,)))
    assert commands([step]) == [LEAVE.format(*leaves)]


@pytest.mark.parametrize("addresses", [(), ("192.0.2.1",), ("10.39.0.9", "172.31.7.7")])
def test_where_nothing_says_whose_zone_it_is_a_person_chooses(addresses):
    (step,) = of_peering(zone(ASKING, ASKED, addresses=addresses))
    assert step.state is State.CHOOSE
    assert len(step.calls) == 2


def test_a_zone_of_an_account_that_was_not_read_may_be_the_peers():
    theirs = zone(ASKING, owner=THEM, whole=False)
    (step,) = of_peering(theirs, **between_accounts())
    assert step.state is State.CHOOSE
    assert commands([step]) == [LEAVE.format(SEOUL.region, SEOUL_VPC)]


def test_an_open_authorization_of_either_side_is_taken_back():
    (step,) = of_peering(zone(ASKING, authorized=frozenset({ASKED})))
    assert step.kind is Kind.AUTHORIZATION
    assert commands([step]) == [
        "aws route53 delete-vpc-association-authorization --hosted-zone-id Z1 "
        f"--vpc VPCRegion={TOKYO.region},VPCId={TOKYO_VPC}"
    ]


def of_vpc(one):
    return [*zone_steps(seen_of_vpc(zones=(one,)))]


def test_a_vpc_leaves_every_zone_that_has_another_one():
    (step,) = of_vpc(zone(ASKING, ASKED))
    assert commands([step]) == [LEAVE.format(SEOUL.region, SEOUL_VPC)]
    (step,) = of_vpc(zone(ASKING, owner=THEM, whole=False))
    assert step.state is State.DUE


def test_the_last_vpc_of_a_zone_stays_and_a_person_chooses():
    (step,) = of_vpc(zone(ASKING))
    assert (step.state, step.calls) == (State.CHOOSE, ())


def test_zones_of_other_vpcs_are_left_alone():
    assert of_vpc(zone(ASKED)) == []
    assert of_vpc(zone(ASKING, owner="", service="efs.amazonaws.com")) == []


def test_what_authorizes_a_vpc_is_taken_back():
    (step,) = of_vpc(zone(ASKED, authorized=frozenset({ASKING})))
    assert step.kind is Kind.AUTHORIZATION
