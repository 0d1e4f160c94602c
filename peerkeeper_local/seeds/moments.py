"""The moment of each sample event: what its caller, and those before, did. No function has answered yet.

In: a stage on which the samples' world stands (`seeds`). Out: the world as the event finds it. Each act is
an EC2 call of the operator's, in the order of the story in events/README.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from peerkeeper_local.seeds.sample_ids import (
    ASSOCIATION,
    ENDPOINT,
    LATER_ASSOCIATION,
    MAIN_TABLE,
    NAT,
    PRIVATE_TABLE,
    REQUEST,
    SECOND_CIDR,
    SEOUL_SUBNET,
    SEOUL_VPC,
    TOKYO_MAIN_TABLE,
    TOKYO_SUBNET,
    TOKYO_VPC,
)
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

Act = Callable[[Stage], object]
SECOND = "100.64.0.0/16"
PEERS = "peerkeeper:peers"
EVERYWHERE = "0.0.0.0/0"
ROUTES = (
    (SEOUL, MAIN_TABLE, "172.31.0.0/16"),
    (TOKYO, TOKYO_MAIN_TABLE, "10.39.0.0/16"),
)


def _accept(stage: Stage) -> None:
    stage.ec2(TOKYO).accept_vpc_peering_connection(VpcPeeringConnectionId=REQUEST)
    stage.cloud.clock.advance(60)


def _route(stage: Stage) -> None:
    for region, table, cidr in ROUTES:
        stage.ec2(region).create_route(
            RouteTableId=table, DestinationCidrBlock=cidr, VpcPeeringConnectionId=REQUEST
        )


def _end(stage: Stage) -> None:
    stage.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=REQUEST)
    stage.cloud.clock.advance(60)


def _unroute(destination: str) -> Act:
    return lambda stage: stage.ec2(SEOUL).delete_route(
        RouteTableId=MAIN_TABLE, DestinationCidrBlock=destination
    )


def _publish(stage: Stage) -> None:
    stage.ec2(SEOUL).modify_subnet_attribute(
        SubnetId=SEOUL_SUBNET, MapPublicIpOnLaunch={"Value": True}
    )


def _resolve_names(stage: Stage) -> None:
    for region, vpc in ((SEOUL, SEOUL_VPC), (TOKYO, TOKYO_VPC)):
        stage.ec2(region).modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})


def _associate(stage: Stage) -> None:
    stage.cloud.pin_ids([ASSOCIATION])
    stage.ec2(SEOUL).associate_route_table(RouteTableId=PRIVATE_TABLE, SubnetId=SEOUL_SUBNET)


def _reassociate(stage: Stage) -> None:
    stage.cloud.pin_ids([LATER_ASSOCIATION])
    stage.ec2(SEOUL).replace_route_table_association(
        AssociationId=ASSOCIATION, RouteTableId=MAIN_TABLE
    )


def _disassociate(stage: Stage) -> None:
    stage.ec2(SEOUL).disassociate_route_table(AssociationId=LATER_ASSOCIATION)


def _add_cidr(stage: Stage) -> None:
    stage.cloud.pin_ids([SECOND_CIDR])
    stage.ec2(SEOUL).associate_vpc_cidr_block(VpcId=SEOUL_VPC, CidrBlock=SECOND)


def _route_second(stage: Stage) -> None:
    stage.ec2(TOKYO).create_route(
        RouteTableId=TOKYO_MAIN_TABLE, DestinationCidrBlock=SECOND, VpcPeeringConnectionId=REQUEST
    )


def _take_cidr(stage: Stage) -> None:
    stage.ec2(SEOUL).disassociate_vpc_cidr_block(AssociationId=SECOND_CIDR)


def _through_nat(stage: Stage) -> None:
    seoul = stage.ec2(SEOUL)
    stage.cloud.pin_ids([NAT])
    seoul.create_nat_gateway(SubnetId=SEOUL_SUBNET, ConnectivityType="private")
    seoul.replace_route(RouteTableId=MAIN_TABLE, DestinationCidrBlock=EVERYWHERE, NatGatewayId=NAT)


def _untag(stage: Stage) -> None:
    stage.ec2(TOKYO).delete_tags(Resources=[TOKYO_VPC], Tags=[{"Key": PEERS}])


def _approve(stage: Stage) -> None:
    tags = [{"Key": "peerkeeper:approved", "Value": "true"}]
    stage.ec2(TOKYO).create_tags(Resources=[REQUEST], Tags=tags)


def _hide(stage: Stage) -> None:
    stage.ec2(TOKYO).modify_subnet_attribute(
        SubnetId=TOKYO_SUBNET, MapPublicIpOnLaunch={"Value": False}
    )


def _resolve_nothing(stage: Stage) -> None:
    stage.ec2(TOKYO).modify_vpc_attribute(VpcId=TOKYO_VPC, EnableDnsHostnames={"Value": False})


def _endpoint(*tables: str) -> Act:
    """Make the gateway endpoint of S3 in these tables. Its tag asks for all."""
    tag = {"Key": "peerkeeper:endpoint-tables", "Value": "all"}

    def act(stage: Stage) -> None:
        stage.cloud.pin_ids([ENDPOINT])
        stage.ec2(SEOUL).create_vpc_endpoint(
            VpcId=SEOUL_VPC,
            ServiceName=f"com.amazonaws.{SEOUL}.s3",
            RouteTableIds=[*tables],
            TagSpecifications=[{"ResourceType": "vpc-endpoint", "Tags": [tag]}],
        )

    return act


def _take_table(stage: Stage) -> None:
    stage.ec2(SEOUL).modify_vpc_endpoint(VpcEndpointId=ENDPOINT, RemoveRouteTableIds=[MAIN_TABLE])


MOMENTS: dict[str, tuple[Act, ...]] = {
    "create-route-table": (_accept,),
    "associate-route-table": (_accept, _publish, _associate),
    "replace-route-table-association": (_accept, _associate, _reassociate),
    "disassociate-route-table": (_accept, _associate, _reassociate, _disassociate),
    "create-default-vpc": (_resolve_nothing,),
    "create-default-subnet": (_hide,),
    "modify-subnet-attribute": (_unroute(EVERYWHERE), _publish),
    "create-tags": (_resolve_nothing,),
    "create-tags-approved": (_untag, _approve),
    "delete-tags": (_accept, _route, _resolve_nothing, _untag),
    "delete-tags-all": (_accept, _route, _resolve_nothing, _untag),
    "accept-vpc-peering-connection": (_accept,),
    "accept-vpc-peering-connection-by-peerkeeper": (_accept,),
    "modify-vpc-peering-connection-options": (_resolve_names, _accept, _route),
    "associate-vpc-cidr-block": (_accept, _route, _add_cidr),
    "disassociate-vpc-cidr-block": (_accept, _route, _add_cidr, _route_second, _take_cidr),
    "replace-route": (_accept, _publish, _through_nat),
    "delete-route": (_accept, _route, _unroute("172.31.0.0/16")),
    "delete-route-to-internet": (_publish, _unroute(EVERYWHERE)),
    "delete-vpc-peering-connection": (_accept, _route, _end),
    "create-vpc-endpoint": (_endpoint(),),
    "modify-vpc-endpoint": (_endpoint(MAIN_TABLE), _take_table),
}
"""By the sample's name; every other one finds the world as `seeds` makes it."""


def reach(stage: Stage, sample: str) -> None:
    """Let everything happen up to the event that `sample` (a file's stem) holds."""
    acts: Sequence[Any] = MOMENTS.get(sample, ())
    for act in acts:
        act(stage)
