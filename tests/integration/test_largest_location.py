"""One location at its size: pages, quotas and many tables are read whole and served whole."""

import pytest
from peerkeeper.aws.edge import Edge
from peerkeeper.loop.job import Job
from peerkeeper.loop.reconcile import reconcile
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.values.ec2 import Location
from peerkeeper.values.scope import Function, Hint, Scope

from peerkeeper_local.cloud import Delays, Limits, LocalCloud
from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.builders import settings
from tests.truth import Forever, in_order

SQS_LIMIT = 256 * 1024
AGREED = [{"Key": "peerkeeper:peers", "Value": "self"}]
TABLES, SUBNETS, PEERINGS = 105, 1005, 125
HERE = Location("111122223333", SEOUL)
THERE = Location("111122223333", TOKYO)
SETTINGS = settings()


class Direct:
    """Stands for `Clients`: the local cloud's own."""

    def __init__(self, cloud):
        self.cloud = cloud

    def ec2(self, where):
        return self.cloud.client("ec2", where.region)


@pytest.fixture
def cloud():
    limits = Limits(active_peerings_per_vpc=200, outstanding_requests=200)
    with LocalCloud(delays=Delays(0.0, 0.0, 0.0), limits=limits) as opened:
        yield opened


def vpc_in(cloud, region, cidr, *more):
    ec2 = cloud.client("ec2", region)
    made = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
    for one in more:
        ec2.associate_vpc_cidr_block(VpcId=made, CidrBlock=one)
    ec2.create_tags(Resources=[made], Tags=AGREED)
    return made


def tables_in(cloud, vpc_id, count):
    """`count` more tables, each with a subnet of its own."""
    ec2, made = cloud.client("ec2", SEOUL), []
    for number in range(count):
        block = f"10.39.{number // 16}.{number % 16 * 16}/28"
        subnet = ec2.create_subnet(VpcId=vpc_id, CidrBlock=block)["Subnet"]["SubnetId"]
        made.append(ec2.create_route_table(VpcId=vpc_id)["RouteTable"]["RouteTableId"])
        ec2.associate_route_table(RouteTableId=made[-1], SubnetId=subnet)
    return made


def peer(cloud, one, other, region=TOKYO):
    reply = cloud.client("ec2", SEOUL).create_vpc_peering_connection(
        VpcId=one, PeerVpcId=other, PeerRegion=region
    )
    return reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]


def run(cloud, function, look, *hints):
    job = Job(function, look, RULES_OF[Function.SWEEP])
    edge = Edge(Direct(cloud))
    scope = Scope(frozenset(hints))
    return reconcile([scope], SETTINGS, edge, job, clock=Forever(), gather=in_order)


def routed(cloud, vpc_id):
    """The destinations that each table of the VPC sends to a peering."""
    pages = cloud.client("ec2", SEOUL).get_paginator("describe_route_tables")
    return {
        found["RouteTableId"]: {
            route["DestinationCidrBlock"]
            for route in found["Routes"]
            if route.get("VpcPeeringConnectionId")
        }
        for page in pages.paginate(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])
        for found in page["RouteTables"]
    }


def calls(cloud, action):
    return [call for call in cloud.calls if call.action == action]


def test_every_table_of_over_a_hundred_gets_every_network_of_the_peer(cloud):
    wanted = [f"10.{number}.0.0/16" for number in (60, 61, 62, 63, 64)]
    ours, theirs = vpc_in(cloud, SEOUL, "10.39.0.0/16"), vpc_in(cloud, TOKYO, *wanted)
    tables_in(cloud, ours, TABLES)
    pcx = peer(cloud, ours, theirs)
    before = len(cloud.calls)
    report = run(cloud, Function.CONNECT, ConnectReads(), Hint(THERE, pcx, theirs))
    found = routed(cloud, ours)
    assert len(found) == TABLES + 1
    assert [*found.values()].count(set()) == 1, "the main table, which no subnet uses"
    assert [*found.values()].count(set(wanted)) == TABLES
    reads = [c for c in cloud.calls[before:] if c.action == "DescribeRouteTables"]
    assert [c for c in reads if "NextToken" in c.params], "tables come in pages of 100"
    assert not [finding for finding in report.findings if finding.code == "change-failed"]


def test_a_sweep_hands_125_requests_to_the_function_that_accepts(cloud):
    ours = vpc_in(cloud, SEOUL, "10.39.0.0/16")
    made = {
        peer(cloud, ours, vpc_in(cloud, SEOUL, f"172.16.{number}.0/24"), SEOUL)
        for number in range(PEERINGS)
    }
    report = run(cloud, Function.SWEEP, SweepReads(), Hint(HERE))
    handed = [
        sent.hand_off for sent in report.hand_offs if sent.hand_off.function is Function.CONNECT
    ]
    assert {hint.id for one in handed for hint in one.scope.hints} >= made
    assert all(len(one.to_body().encode()) <= SQS_LIMIT for one in handed)


def test_a_sweep_reads_over_a_thousand_subnets_to_the_last_page(cloud):
    ours, ec2 = vpc_in(cloud, SEOUL, "10.39.0.0/16"), cloud.client("ec2", SEOUL)
    asks = [{"Key": "peerkeeper:public-ip", "Value": "enforce"}]
    ec2.create_tags(Resources=[ours], Tags=asks)
    made = set()
    for number in range(SUBNETS):
        block = f"10.39.{number // 16}.{number % 16 * 16}/28"
        made.add(ec2.create_subnet(VpcId=ours, CidrBlock=block)["Subnet"]["SubnetId"])
    last = sorted(made)[-1]
    for one in (last, min(made)):
        ec2.modify_subnet_attribute(SubnetId=one, MapPublicIpOnLaunch={"Value": True})
    report = run(cloud, Function.SWEEP, SweepReads(), Hint(HERE))
    handed = {hint.id for sent in report.hand_offs for hint in sent.hand_off.scope.hints}
    assert {last, min(made)} <= handed
    assert [c for c in calls(cloud, "DescribeSubnets") if "NextToken" in c.params]
