"""A route table that is full: a finding, and the others are routed."""

from dataclasses import replace

import pytest

from peerkeeper_local.story.stage import SEOUL
from tests.integration.pair import QUICK, Pair


@pytest.fixture
def pair():
    with Pair("full", QUICK) as opened:
        yield opened


def grow(pair, tables):
    """Give Seoul so many route tables, each with a subnet."""
    ec2, made = pair.ec2(SEOUL), []
    for number in range(tables):
        table = ec2.create_route_table(VpcId=pair.id("seoul"))["RouteTable"]["RouteTableId"]
        cidr = f"10.39.{number}.0/24"
        subnet = ec2.create_subnet(VpcId=pair.id("seoul"), CidrBlock=cidr)["Subnet"]["SubnetId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        made.append(table)
    return made


def test_a_full_route_table_is_a_finding_and_the_others_are_routed(pair):
    pair.pump.cut()
    full, *_ = grow(pair, 3)
    for number in range(9):
        pair.ec2(SEOUL).create_route(
            RouteTableId=full,
            DestinationCidrBlock=f"192.168.{number}.0/24",
            GatewayId=_gateway(pair),
        )
    pair.pump.run()
    pair.pump.join()
    pair.cloud.world.limits = replace(pair.cloud.world.limits, routes_per_table=9)
    pair.agree()
    pair.ask()
    pair.reports.clear()
    pair.pump.advance(60)
    routed = {table for table, destination in pair.to_peering() if destination == "172.31.0.0/16"}
    assert len(routed) == 2  # the main table serves no subnet any more
    assert full not in routed
    findings = [f for f in pair.findings() if f["code"] == "quota-reached"]
    assert findings
    assert "RouteLimitExceeded" in findings[0]["message"]


def _gateway(pair):
    if "igw" not in pair.names:
        ec2 = pair.ec2(SEOUL)
        pair.names["igw"] = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=pair.id("igw"), VpcId=pair.id("seoul"))
    return pair.id("igw")
