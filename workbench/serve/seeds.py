"""What is in the cloud before the first client comes.

In: a stage and the name of a seed. Out: resources. Seeding makes no events, so no function has run yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from workbench.serve.seed import Seed
from workbench.story.seoul import add_internet_route, build_seoul
from workbench.story.stage import SEOUL, TOKYO, Stage

A_PEERING_IS_FORGOTTEN = 3 * 86_400
"""Seconds after which a deleted peering is no longer described. Source: VPC Peering Guide, life cycle."""
SEOUL_VPC, TOKYO_VPC = "vpc-0a39a39a39a39a391", "vpc-0b31b31b31b31b310"
IDS = (
    *(SEOUL_VPC, "rtb-0a39a39a39a39a391", "rtb-0a39a39a39a39a392"),
    *("subnet-0a39a39a39a39a391", "igw-0a39a39a39a39a391"),
    *("pcx-0c0ffee0c0ffee003", "pcx-0c0ffee0c0ffee002", "pcx-0c0ffee0c0ffee001"),
)
TOKYO_IDS = (
    TOKYO_VPC,
    "rtb-0b31b31b31b31b310",
    "subnet-0b31b31b31b31b310",
    "igw-0b31b31b31b31b310",
)


def sow(stage: Stage, seed: Seed) -> None:
    """Fill the stage's cloud with `seed`, unheard by the functions; its clock then shows real time."""
    stage.pump.cut()
    SOWERS[seed](stage)
    stage.pump.run(until_idle=False)
    clock = stage.cloud.clock
    clock.advance(max(0.0, time.time() - clock.now()))
    stage.pump.join()


def _nothing(stage: Stage) -> None:
    """Leave the cloud as AWS hands it over: a default VPC in each region."""


def _story(stage: Stage) -> None:
    """Make the story's VPCs: Seoul with its tables and internet route, Tokyo's default VPC."""
    build_seoul(stage)
    add_internet_route(stage)
    (vpc,) = stage.ec2(TOKYO).describe_vpcs()["Vpcs"]
    stage.names["default"] = vpc["VpcId"]
    stage.name_main_table(TOKYO, "default")


def _events(stage: Stage) -> None:
    """Make what events/README.md lists: a request that waits, one rejected, a route of one long gone."""
    _default_vpc(stage)
    stage.cloud.pin_ids(IDS)
    _seoul(stage)
    gone = _request(stage)
    seoul, tokyo = stage.ec2(SEOUL), stage.ec2(TOKYO)
    tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=gone)
    stage.cloud.clock.advance(60)
    tokyo.create_route(
        RouteTableId=TOKYO_IDS[1], DestinationCidrBlock="10.40.0.0/16", VpcPeeringConnectionId=gone
    )
    seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=gone)
    stage.cloud.clock.advance(A_PEERING_IS_FORGOTTEN)
    tokyo.reject_vpc_peering_connection(VpcPeeringConnectionId=_request(stage))
    _request(stage)
    for ec2, own, peer in ((seoul, SEOUL_VPC, TOKYO_VPC), (tokyo, TOKYO_VPC, SEOUL_VPC)):
        ec2.create_tags(Resources=[own], Tags=[{"Key": "peerkeeper:peers", "Value": peer}])


def _seoul(stage: Stage) -> None:
    ec2 = stage.ec2(SEOUL)
    vpc = ec2.create_vpc(CidrBlock="10.39.0.0/16")["Vpc"]["VpcId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.39.1.0/24", AvailabilityZone=f"{SEOUL}a")
    ec2.create_route_table(VpcId=vpc)
    ec2.create_route(
        RouteTableId="rtb-0a39a39a39a39a391", DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway
    )


def _request(stage: Stage) -> str:
    reply = stage.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=SEOUL_VPC, PeerVpcId=TOKYO_VPC, PeerRegion=TOKYO
    )
    stage.cloud.clock.advance(60)
    return str(reply["VpcPeeringConnection"]["VpcPeeringConnectionId"])


def _default_vpc(stage: Stage) -> None:
    """Replace Tokyo's default VPC by one with the samples' ids."""
    ec2: Any = stage.ec2(TOKYO)
    (old,) = (vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"])
    for subnet in ec2.describe_subnets()["Subnets"]:
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    for gateway in ec2.describe_internet_gateways()["InternetGateways"]:
        name = gateway["InternetGatewayId"]
        ec2.detach_internet_gateway(InternetGatewayId=name, VpcId=old)
        ec2.delete_internet_gateway(InternetGatewayId=name)
    ec2.delete_vpc(VpcId=old)
    stage.cloud.pin_ids(TOKYO_IDS)
    ec2.create_default_vpc()
    if not ec2.describe_subnets()["Subnets"]:
        ec2.create_default_subnet(AvailabilityZone=f"{TOKYO}a")
    if not ec2.describe_internet_gateways()["InternetGateways"]:
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=TOKYO_VPC)
        ec2.create_route(
            RouteTableId=TOKYO_IDS[1], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway
        )


SOWERS: dict[Seed, Callable[[Stage], None]] = {
    Seed.NONE: _nothing,
    Seed.STORY: _story,
    Seed.EVENTS: _events,
}
