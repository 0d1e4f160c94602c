"""Other partitions than `aws`: the same functions and templates, and ARNs of the partition alone.

moto has no store for `aws-iso-e` and `aws-iso-f`; tests/reports/test_regions.py deploys there as well.
"""

import re

import pytest

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.partitions import partition_of
from peerkeeper_local.pump import EventEmitted, EventForwarded
from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.story import Stage
from tests.builders import THEM

PAIRS = [("cn-north-1", "cn-northwest-1"), ("us-gov-west-1", "us-gov-east-1")]


def place(regions):
    """A stage in these regions, with one account besides the hub's."""
    own = type("InAPartition", (Stage,), {"regions": regions, "accounts": (THEM,)})
    return own(ExternalId="a-secret-of-both-sides", AllowedAccounts=f"111122223333,{THEM}")


@pytest.mark.parametrize("regions", PAIRS, ids=[partition_of(one) for one, _ in PAIRS])
def test_a_peering_of_two_accounts_is_accepted_and_routed_with_arns_of_the_partition(regions):
    first, second = regions
    with place(regions) as stage:
        steps = []
        stage.pump.on_step(steps.append)
        here = stage.ec2(first).create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        ec2 = stage.ec2(second, THEM)
        there = ec2.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
        for client, vpc, peer in ((stage.ec2(first), here, THEM), (ec2, there, "111122223333")):
            tags = [{"Key": "peerkeeper:peers", "Value": peer}]
            client.create_tags(Resources=[vpc], Tags=tags)
        stage.ec2(first).create_vpc_peering_connection(
            VpcId=here, PeerVpcId=there, PeerRegion=second, PeerOwnerId=THEM
        )
        stage.pump.advance(90)
        for client in (stage.ec2(first), ec2):
            tables = client.describe_route_tables()["RouteTables"]
            routed = [route for table in tables for route in table["Routes"]]
            assert any("VpcPeeringConnectionId" in route for route in routed), stage.findings()
        made = {call.principal for call in stage.writes()}
        assert {arn.split(":")[1] for arn in made} == {partition_of(first)}
        assert any(isinstance(step, EventForwarded) and step.region == second for step in steps)
        roles = {role for role, _ in stage.cloud.authority.used}
        assert {arn.split(":")[1] for arn in roles} == {partition_of(first)}
        said = str([step.event for step in steps if isinstance(step, EventEmitted)])
        assert set(re.findall(r"\barn:([a-z-]+):", said)) == {partition_of(first)}


@pytest.mark.parametrize("region", [first for first, _ in PAIRS], ids=partition_of)
def test_lists_rules_quotas_and_zones_are_told_with_arns_of_the_partition(region):
    """A region of AWS's own has lists of AWS's, and an account there has zones of its own."""
    with LocalCloud(regions=(region,)) as cloud:
        ec2, quotas = cloud.client("ec2", region), cloud.client("service-quotas", region)
        vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        lists = ec2.describe_managed_prefix_lists()["PrefixLists"]
        rules = ec2.describe_security_group_rules()["SecurityGroupRules"]
        defaults = quotas.list_aws_default_service_quotas(ServiceCode="vpc")["Quotas"]
        cloud.world.limits = Limits(routes_per_table=7)
        applied = quotas.list_service_quotas(ServiceCode="vpc")["Quotas"]
        told = (
            [each["PrefixListArn"] for each in lists],
            [each["SecurityGroupRuleArn"] for each in rules],
            [each["QuotaArn"] for each in defaults],
            [each["QuotaArn"] for each in applied],
        )
        assert [{arn.split(":")[1] for arn in arns} for arns in told] == [
            {partition_of(region)}
        ] * 4
        zones = cloud.client("route53", region)
        asked = {"VPCRegion": region, "VPCId": vpc}
        zones.create_hosted_zone(Name="inner.example", CallerReference="1", VPC=asked)
        found = zones.list_hosted_zones_by_vpc(**asked)["HostedZoneSummaries"]
        assert [zone["Name"] for zone in found] == ["inner.example."]
