"""What is in the cloud before the first client comes.

In: a stage and a seed. Out: resources. Seeding makes no events, so no function has run yet.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from peerkeeper_local.cloud import Limits
from peerkeeper_local.cloud.restored import restore
from peerkeeper_local.saved.saved import SavedError, saved_from
from peerkeeper_local.seeds.estate.build import build
from peerkeeper_local.seeds.moments import reach
from peerkeeper_local.seeds.sample_ids import (
    GATEWAY,
    LONG_GONE,
    MAIN_TABLE,
    PEERINGS,
    REJECTED,
    SEOUL_IDS,
    SEOUL_VPC,
    TOKYO_IDS,
    TOKYO_MAIN_TABLE,
    TOKYO_VPC,
)
from peerkeeper_local.seeds.seed import Seed, Wanted
from peerkeeper_local.story.hosts import build_hosts
from peerkeeper_local.story.seoul import add_internet_route, build_seoul
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

A_PEERING_IS_FORGOTTEN = 3 * 86_400
"""Seconds after which a deleted peering is no longer described. Source: VPC Peering Guide, life cycle."""
WHILE_PENDING = "reject-vpc-peering-connection"
"""The sample for which the request that is rejected had a route already, as a request may."""


def sow(stage: Stage, seed: Wanted) -> None:
    """Fill the stage's cloud with `seed`, unheard by the functions; its clock then shows real time.

    The functions' log begins then: `history` must not say that it knows the days before.

    Raises SavedError for a file that holds no saved cloud, OSError for one that cannot be read.
    """
    stage.pump.cut()
    match seed.seed:
        case Path() as file:
            _saved(stage, file)
        case Seed.STORY:
            _story(stage)
        case Seed.EVENTS:
            _events(stage, seed.sample)
        case Seed.ESTATE:
            _estate(stage)
        case Seed.NONE:
            pass
    stage.pump.run(until_idle=False)
    clock = stage.cloud.clock
    clock.advance(max(0.0, time.time() - clock.now()))
    stage.pump.join()
    stage.log.begin(clock.now())


def _estate(stage: Stage) -> None:
    """Build the estate. A quota that the command line set below what it needs holds from then on."""
    world = stage.cloud.world
    asked, world.limits = world.limits, Limits()
    build(stage)
    world.limits = asked


def _saved(stage: Stage, file: Path) -> None:
    """Put a saved cloud back: everything in it is as old as it was when it was saved."""
    try:
        text = file.read_text()
    except UnicodeDecodeError as error:
        raise SavedError([f"not text: {error}"]) from None
    saved = saved_from(text).moved(time.time())
    world = stage.cloud.world
    with stage.cloud.lock:
        for location, lists in saved.locations.items():
            try:
                restore(world, location, lists)
            except (
                Exception
            ) as error:  # moto's own objections: a CIDR, a zone, a subnet outside its VPC
                name = "/".join(location)
                fault = f"{name} cannot be restored: {type(error).__name__}: {error}"
                raise SavedError([fault]) from error
        world.peerings.clear()
        world.peerings.update({each.id: each for each in saved.peerings})


def _story(stage: Stage) -> None:
    """Make the story's VPCs and hosts: Seoul with its tables and internet route, Tokyo's default VPC."""
    build_seoul(stage)
    add_internet_route(stage)
    (vpc,) = stage.ec2(TOKYO).describe_vpcs()["Vpcs"]
    stage.names["default"] = vpc["VpcId"]
    stage.name_main_table(TOKYO, "default")
    build_hosts(stage)


def _events(stage: Stage, sample: str) -> None:
    """Make what events/README.md lists, as it is when the event of `sample` comes.

    First of all a request that waits, one rejected, and a route of one deleted long ago.
    """
    _default_vpc(stage)
    stage.cloud.pin_ids((*SEOUL_IDS, *PEERINGS))
    _seoul(stage)
    seoul, tokyo = stage.ec2(SEOUL), stage.ec2(TOKYO)
    _request(stage)
    tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=LONG_GONE)
    stage.cloud.clock.advance(60)
    _route_to(stage, LONG_GONE, "10.40.0.0/16")
    seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=LONG_GONE)
    stage.cloud.clock.advance(A_PEERING_IS_FORGOTTEN)
    _request(stage)
    if sample == WHILE_PENDING:
        _route_to(stage, REJECTED, "10.41.0.0/16")
    tokyo.reject_vpc_peering_connection(VpcPeeringConnectionId=REJECTED)
    _request(stage)
    for ec2, own, peer in ((seoul, SEOUL_VPC, TOKYO_VPC), (tokyo, TOKYO_VPC, SEOUL_VPC)):
        ec2.create_tags(Resources=[own], Tags=[{"Key": "peerkeeper:peers", "Value": peer}])
    reach(stage, sample)


def _route_to(stage: Stage, pcx: str, cidr: str) -> None:
    stage.ec2(TOKYO).create_route(
        RouteTableId=TOKYO_MAIN_TABLE, DestinationCidrBlock=cidr, VpcPeeringConnectionId=pcx
    )


def _seoul(stage: Stage) -> None:
    ec2 = stage.ec2(SEOUL)
    vpc = ec2.create_vpc(CidrBlock="10.39.0.0/16")["Vpc"]["VpcId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.39.1.0/24", AvailabilityZone=f"{SEOUL}a")
    ec2.create_route_table(VpcId=vpc)
    ec2.create_route(RouteTableId=MAIN_TABLE, DestinationCidrBlock="0.0.0.0/0", GatewayId=GATEWAY)


def _request(stage: Stage) -> None:
    stage.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=SEOUL_VPC, PeerVpcId=TOKYO_VPC, PeerRegion=TOKYO
    )
    stage.cloud.clock.advance(60)


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
            RouteTableId=TOKYO_MAIN_TABLE, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway
        )
