"""What plain moto does otherwise than EC2: what a route may point at."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

API, ERRORS = "EC2 API", "EC2 errors"
INVALID = "InvalidParameterValue"
TO_TOKYO = {"DestinationCidrBlock": "10.1.0.0/16"}


def _create(stage: Stage, table: str, **sent: Any) -> str:
    return outcome(stage.seoul.create_route, RouteTableId=table, **TO_TOKYO, **sent)


def _table(stage: Stage) -> str:
    return stage.table(stage.seoul, stage.vpc(stage.seoul))


def deleted_peering(stage: Stage) -> str:
    pcx = stage.active()
    table = stage.table(stage.seoul, stage.side(pcx))
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    return _create(stage, table, VpcPeeringConnectionId=pcx)


def another_vpcs_peering(stage: Stage) -> str:
    pcx = stage.active()
    table = stage.table(stage.seoul, stage.vpc(stage.seoul, "10.8.0.0/16"))
    return _create(stage, table, VpcPeeringConnectionId=pcx)


def unknown_peering(stage: Stage) -> str:
    return _create(stage, _table(stage), VpcPeeringConnectionId="pcx-0123456789abcdef0")


def no_target(stage: Stage) -> str:
    return _create(stage, _table(stage))


def two_targets(stage: Stage) -> str:
    pcx = stage.active()
    vpc = stage.side(pcx)
    both = {"VpcPeeringConnectionId": pcx, "GatewayId": stage.gateway(vpc)}
    return _create(stage, stage.table(stage.seoul, vpc), **both)


def replaced_without_target(stage: Stage) -> str:
    table = stage.routed(stage.active())
    return outcome(stage.seoul.replace_route, RouteTableId=table, **TO_TOKYO)


def another_vpcs_gateway(stage: Stage) -> str:
    gateway = stage.gateway(stage.vpc(stage.seoul, "10.8.0.0/16"))
    return _create(stage, _table(stage), GatewayId=gateway)


def gateway_attached_nowhere(stage: Stage) -> str:
    made = stage.seoul.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    return _create(stage, _table(stage), GatewayId=made)


def unknown_targets(stage: Stage) -> dict[str, str]:
    return {
        kind: _create(stage, _table(stage), **{kind: unknown})
        for kind, unknown in (
            ("NatGatewayId", "nat-0123456789abcdef0"),
            ("TransitGatewayId", "tgw-0123456789abcdef0"),
            ("GatewayId", "igw-0123456789abcdef0"),
        )
    }


ROUTE_TARGETS = (
    Deviation("a deleted peering is no target", "observed", deleted_peering, INVALID, "done"),
    Deviation(
        "another VPC's peering is no target", "observed", another_vpcs_peering, INVALID, "done"
    ),
    Deviation(
        "an unknown peering as target is spelt ID",
        ERRORS,
        unknown_peering,
        "InvalidVpcPeeringConnectionID.NotFound",
        "InvalidVpcPeeringConnectionId.NotFound",
    ),
    Deviation("a route needs a target", API, no_target, "MissingParameter", "done"),
    Deviation("a route has one target", API, two_targets, "InvalidParameterCombination", "done"),
    Deviation(
        "a route is not replaced by nothing",
        API,
        replaced_without_target,
        "MissingParameter",
        "done",
    ),
    Deviation(
        "another VPC's internet gateway is no target",
        "observed",
        another_vpcs_gateway,
        INVALID,
        "done",
    ),
    Deviation(
        "a gateway attached nowhere is no target",
        "observed",
        gateway_attached_nowhere,
        INVALID,
        "done",
    ),
    Deviation(
        "a target has to exist",
        ERRORS,
        unknown_targets,
        {
            "NatGatewayId": "InvalidNatGatewayID.NotFound",
            "TransitGatewayId": "InvalidTransitGatewayID.NotFound",
            "GatewayId": "InvalidGatewayID.NotFound",
        },
        {
            "NatGatewayId": "done",
            "TransitGatewayId": "done",
            "GatewayId": "InvalidInternetGatewayID.NotFound",
        },
    ),
)
