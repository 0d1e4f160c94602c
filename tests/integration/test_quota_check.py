"""QuotaCheck: what is nearly used up is told, a request waits for room, and a missing right stops nothing."""

from dataclasses import replace

import pytest

from peerkeeper_local.story.stage import SEOUL
from tests.integration.pair import QUICK, Pair

LIST, DEFAULT = "servicequotas:ListServiceQuotas", "servicequotas:GetAWSDefaultServiceQuota"


def opened(**parameters):
    return Pair("full", QUICK, **parameters)


def limit(stage, **limits):
    stage.cloud.world.limits = replace(stage.cloud.world.limits, **limits)


def fill(stage, number):
    """Give Seoul's main table so many routes beside the local one."""
    ec2 = stage.ec2(SEOUL)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=stage.id("seoul"))
    for one in range(number):
        ec2.create_route(
            RouteTableId=stage.id("seoul-main"),
            DestinationCidrBlock=f"192.168.{one}.0/24",
            GatewayId=gateway,
        )
    stage.settle()


def swept(stage):
    stage.runs.clear()
    stage.pump.sweep()
    stage.pump.advance(60)
    return stage.findings()


def test_a_table_that_is_nearly_full_is_told_once_the_quota_is_raised_no_more():
    with opened(QuotaCheck="report") as stage:
        fill(stage, 7)
        limit(stage, routes_per_table=10)
        (near,) = [one for one in swept(stage) if one["code"] == "quota-near"]
        assert near["subject"] == stage.id("seoul-main")
        assert "8 of the 10 IPv4 routes that the quota L-93826ACB allows" in near["message"]
        limit(stage, routes_per_table=11)
        assert [one for one in swept(stage) if one["code"] == "quota-near"] == []


def test_the_routes_of_a_prefix_list_count_as_its_most_entries():
    with opened(QuotaCheck="report") as stage:
        ec2 = stage.ec2(SEOUL)
        made = ec2.create_managed_prefix_list(
            PrefixListName="branches",
            AddressFamily="IPv4",
            MaxEntries=20,
            Entries=[{"Cidr": "192.168.0.0/24"}],
        )
        fill(stage, 1)
        (gateway,) = ec2.describe_internet_gateways(
            Filters=[{"Name": "attachment.vpc-id", "Values": [stage.id("seoul")]}]
        )["InternetGateways"]
        ec2.create_route(
            RouteTableId=stage.id("seoul-main"),
            DestinationPrefixListId=made["PrefixList"]["PrefixListId"],
            GatewayId=gateway["InternetGatewayId"],
        )
        stage.settle()
        limit(stage, routes_per_table=27)
        (near,) = [one for one in swept(stage) if one["code"] == "quota-near"]
        assert "22 of the 27 IPv4 routes" in near["message"]


def test_a_vpc_with_nearly_as_many_peerings_as_it_may_have_is_told():
    with opened(QuotaCheck="report") as stage:
        stage.agree()
        stage.ask()
        stage.pump.advance(120)
        limit(stage, active_peerings_per_vpc=1, outstanding_requests=1)
        near = [one for one in swept(stage) if one["code"] == "quota-near"]
        assert {one["subject"] for one in near} == {stage.id("seoul"), stage.id("tokyo")}


@pytest.mark.parametrize("check", ["off", "report", "hold"])
def test_a_request_waits_for_room_with_hold_alone(check):
    with opened(QuotaCheck=check) as stage:
        stage.agree()
        limit(stage, routes_per_table=2)
        (gateway,) = stage.ec2("ap-northeast-1").describe_internet_gateways()["InternetGateways"]
        assert gateway  # Tokyo's default VPC has a default route beside its local one: it is full
        pcx = stage.ask()
        stage.pump.advance(120)
        code = stage.ec2(SEOUL).describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])[
            "VpcPeeringConnections"
        ][0]["Status"]["Code"]
        held = [one for one in stage.findings() if one["code"] == "held-no-room"]
        if check == "hold":
            assert code == "pending-acceptance"
            assert "short of 1 IPv4 routes: it has 2 of the 2" in held[0]["message"]
            limit(stage, routes_per_table=3)
            swept(stage)
            assert {destination for _, destination in stage.to_peering()} == {
                "172.31.0.0/16",
                "10.39.0.0/16",
            }
        else:
            assert (code, held) == ("active", [])


def test_a_request_waits_for_room_in_the_requesters_tables_if_they_are_ours():
    with opened(QuotaCheck="hold") as stage:
        stage.agree()
        fill(stage, 2)
        limit(stage, routes_per_table=3)  # Tokyo has two routes, and so room for one more
        stage.ask()
        stage.pump.advance(120)
        (held,) = [one for one in stage.findings() if one["code"] == "held-no-room"]
        assert stage.id("seoul-main") in held["message"]
        assert stage.to_peering() == set()
        limit(stage, routes_per_table=4)
        swept(stage)
        assert len(stage.to_peering()) == 2


@pytest.mark.parametrize(
    ("check", "roles"),
    [("off", set()), ("report", {"sweep"}), ("hold", {"sweep", "connect-peerings"})],
)
def test_only_the_sweep_asks_for_quotas_and_with_hold_who_accepts(check, roles):
    with opened(QuotaCheck=check) as stage:
        stage.agree()
        stage.ask()
        stage.pump.advance(120)
        swept(stage)
        asked = {role for role, action in stage.cloud.authority.used if action == LIST}
        assert {role.rpartition("/peerkeeper-")[2] for role in asked} == roles


@pytest.mark.parametrize("action", [LIST, DEFAULT])
def test_without_the_right_the_quota_is_unknown_and_a_request_goes_on(action):
    with opened(QuotaCheck="hold") as stage:
        roles = [
            f"arn:aws:iam::{stage.cloud.account}:role/peerkeeper-{name}"
            for name in ("sweep", "connect-peerings")
        ]
        without = stage.cloud.authority.without
        with without(roles[0], action), without(roles[1], action):
            stage.agree()
            stage.ask()
            stage.pump.advance(120)
            found = [*stage.findings(), *swept(stage)]
        (unknown, *_) = [one for one in found if one["code"] == "quota-unknown"]
        assert f"grant {action} there" in unknown["message"]
        assert len(stage.to_peering()) == 2
