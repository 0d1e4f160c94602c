"""What the version before wrote in `peerkeeper:status` counts as told: an update mails nobody again.

That version wrote `route-conflict` where this one writes `not-carrying`. The other words are the same. Each
tag is true of its peering when this version looks for the first time.
"""

import pytest

from peerkeeper_local.story.stage import TOKYO
from tests.integration.test_notices import BOTH_NAMES, DAY, Days


@pytest.fixture
def days():
    """Two VPCs; nobody hears of what happens until the first sweep."""
    with Days() as opened:
        opened.pump.cut()
        yield opened


def told(days, status):
    """Let the old version have told of the peering, then let this one look for half a day."""
    tags = [{"Key": "peerkeeper:status", "Value": status}]
    days.ec2(TOKYO).create_tags(Resources=[days.id("pcx")], Tags=tags)
    days.pump.run()
    days.pump.join()
    days.live(0.5)


def found(days, code):
    return [each for report in days.reports for each in report["findings"] if each["code"] == code]


def in_the_way(days):
    """A route of somebody else's has the place in Tokyo's main table."""
    (shown,) = days.ec2(TOKYO).describe_internet_gateways()["InternetGateways"]
    table = {"RouteTableId": days.id("tokyo-main"), "DestinationCidrBlock": "10.39.0.0/16"}
    days.ec2(TOKYO).create_route(**table, GatewayId=shown["InternetGatewayId"])
    return table


def peered(days):
    days.agree()
    pcx = days.ask()
    days.ec2(TOKYO).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)


def test_a_route_conflict_that_was_told_is_not_told_as_not_carrying(days):
    in_the_way(days)
    peered(days)
    told(days, "route-conflict")
    assert found(days, "route-conflict")
    assert (days.notices(), days.mails) == ([], [])
    assert days.status() == "route-conflict"


def test_once_it_carries_it_is_ok_and_the_next_time_it_is_told_anew(days):
    table = in_the_way(days)
    peered(days)
    told(days, "route-conflict")
    gateway = next(
        route["GatewayId"]
        for shown in days.tables(TOKYO, "tokyo")
        for route in shown["Routes"]
        if route.get("DestinationCidrBlock") == table["DestinationCidrBlock"]
    )
    days.ec2(TOKYO).delete_route(**table)
    days.live(0.25)
    assert (days.notices(), days.status()) == ([], "ok")
    days.ec2(TOKYO).replace_route(**table, GatewayId=gateway)
    days.live(0.25)
    assert (days.notices(), days.status()) == (BOTH_NAMES, "not-carrying")


def test_a_request_that_was_told_as_held_is_told_next_when_it_is_about_to_expire(days):
    days.ask()
    told(days, "held")
    assert found(days, "held-not-approved")
    assert (days.notices(), days.status()) == ([], "held")
    days.live(6)
    assert (days.notices(), days.status()) == (["RequestExpiring"], "expiring")


@pytest.mark.parametrize(("status", "age"), [("expiring", 6.25), ("expired", 7.25)])
def test_a_request_near_its_end_or_past_it_is_not_told_again(days, status, age):
    days.ask()
    days.cloud.clock.advance(age * DAY)
    told(days, status)
    assert (days.notices(), days.status()) == ([], status)


def test_a_peering_that_was_told_to_carry_again_is_no_news(days):
    peered(days)
    told(days, "ok")
    assert days.to_peering()
    assert (days.notices(), days.status()) == ([], "ok")
