"""A peering that carries less than was asked for is never silent: somebody is told what is missing."""

import json

import pytest

from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.contract.deploy.templates import HUB, of_type
from tests.integration.pair import AGREED
from tests.reports.estate import add_only, with_a_topic

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
GOOD_NEWS = {"PeeringAccepted", "RoutesChanged", "DriftFound", "SweepFinished"}


@add_only
def test_a_peering_asked_for_again_is_routed_or_a_finding_names_it(estate):
    one, other = estate.agreed(ONE, OTHER)
    _, new = estate.asked_again(one, other)
    assert new in estate.targets(one, OTHER) or estate.naming(new)


@with_a_topic
def test_a_peering_that_no_table_has_room_for_is_told_by_mail_event_or_alarm(estate):
    one, other = estate.agreed(ONE, OTHER)
    estate.pump.advance(30)
    estate.cloud.outages.fail("CreateRoute", "RouteLimitExceeded", times=1000)
    estate.ask(one, other)
    estate.pump.advance(120)
    estate.sweep()
    kinds = {event["detail-type"] for event in estate.events}
    assert estate.mails or kinds - GOOD_NEWS or _alarmed("ChangesFailed")


def _alarmed(metric):
    """Whether an alarm of the hub watches the metric."""
    alarms = of_type(HUB, "AWS::CloudWatch::Alarm")
    return f'"MetricName": "{metric}"' in json.dumps(alarms)


@pytest.fixture
def twins(estate):
    """A live peering, and the request that the other owner makes for the same pair; an hour passes."""
    one = estate.vpc(ONE, AGREED)
    other = estate.vpc(OTHER, AGREED, TOKYO)
    live = estate.ask(one, other, SEOUL, TOKYO)
    estate.pump.advance(120)
    twin = estate.ask(other, one, TOKYO, SEOUL)
    estate.pump.advance(120)
    estate.reports.clear()
    for _ in range(4):
        estate.sweep(900)
    return live, twin


def test_a_request_for_a_pair_that_is_peered_is_not_tried_over_and_over(estate, twins):
    _, twin = twins
    tries = [
        call
        for call in estate.writes()
        if call.action == "AcceptVpcPeeringConnection" and twin in str(call.params)
    ]
    assert len(tries) <= 2


def test_a_request_for_a_pair_that_is_peered_has_a_finding_that_names_the_live_one(estate, twins):
    live, twin = twins
    assert any(live in finding["message"] for finding in estate.naming(twin))


def test_a_narrower_route_that_takes_a_part_of_the_peer_elsewhere_is_reported(estate):
    one, other = estate.agreed(ONE, OTHER)
    table = estate.only_table(one)
    estate.owner.create_route(
        RouteTableId=table, DestinationCidrBlock="10.2.5.0/24", NatGatewayId=_nat(estate, one)
    )
    estate.pump.advance(30)
    estate.reports.clear()
    estate.ask(one, other)
    estate.pump.advance(120)
    estate.sweep()
    assert estate.naming(table)


def _nat(estate, vpc):
    subnet = estate.subnet(vpc, "10.1.1.0/24")
    address = estate.owner.allocate_address(Domain="vpc")["AllocationId"]
    made = estate.owner.create_nat_gateway(SubnetId=subnet, AllocationId=address)
    return made["NatGateway"]["NatGatewayId"]
