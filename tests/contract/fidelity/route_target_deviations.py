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


def of_another_vpc(stage: Stage) -> dict[str, str]:
    """Targets that lie in another VPC."""
    other = stage.vpc(stage.seoul, "10.8.0.0/16")
    subnet = stage.subnet(other, "10.8.1.0/24")
    seoul, table = stage.seoul, _table(stage)
    nat = seoul.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]
    interface = seoul.create_network_interface(SubnetId=subnet)["NetworkInterface"]
    return {
        kind: _create(stage, table, **{kind: target})
        for kind, target in (
            ("NatGatewayId", nat["NatGatewayId"]),
            ("NetworkInterfaceId", interface["NetworkInterfaceId"]),
        )
    }


def _egress_only(stage: Stage, vpc: str) -> str:
    made = stage.seoul.create_egress_only_internet_gateway(VpcId=vpc)
    return str(made["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"])


def egress_only(stage: Stage) -> list[str]:
    """Routes over IPv4, over IPv6, and over IPv6 from another VPC."""
    vpc = stage.vpc(stage.seoul)
    gateway, other = _egress_only(stage, vpc), stage.vpc(stage.seoul, "10.8.0.0/16")
    call, target = stage.seoul.create_route, {"EgressOnlyInternetGatewayId": gateway}
    six = {"DestinationIpv6CidrBlock": "::/0"}
    return [
        _create(stage, stage.table(stage.seoul, vpc), **target),
        outcome(call, RouteTableId=stage.table(stage.seoul, vpc), **six, **target),
        outcome(call, RouteTableId=stage.table(stage.seoul, other), **six, **target),
    ]


def transit_gateway(stage: Stage) -> list[str]:
    """A route to it before it is attached to the VPC, and after."""
    vpc, seoul = stage.vpc(stage.seoul), stage.seoul
    table, subnet = stage.table(seoul, vpc), stage.subnet(vpc)
    gateway = seoul.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    before = _create(stage, table, TransitGatewayId=gateway)
    seoul.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnet]
    )
    route = {"RouteTableId": table, "DestinationCidrBlock": "10.9.0.0/16"}
    return [before, outcome(seoul.create_route, **route, TransitGatewayId=gateway)]


def shown_without_target(stage: Stage) -> int:
    """How many routes are shown that lead nowhere."""
    table, call = _table(stage), stage.seoul.create_route
    arn = "arn:aws:networkmanager::111122223333:core-network/core-network-0123456789abcdef0"
    for third, (kind, target) in enumerate(
        (
            ("CoreNetworkArn", arn),
            ("LocalGatewayId", "lgw-0123456789abcdef0"),
            ("OdbNetworkArn", "arn:aws:odb:ap-northeast-2:111122223333:odb-network/odbnet_1"),
        )
    ):
        cidr = f"10.9.{third}.0/24"
        outcome(call, RouteTableId=table, DestinationCidrBlock=cidr, **{kind: target})
    known = {"DestinationCidrBlock", "Origin", "State"}
    return sum(set(route) <= known for route in stage.routes(table))


def second_internet_gateway(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    stage.gateway(vpc)
    made = stage.seoul.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    call = stage.seoul.attach_internet_gateway
    return outcome(call, InternetGatewayId=made, VpcId=vpc)


ROUTE_TARGETS = (
    Deviation("a deleted peering cannot be a target", "observed", deleted_peering, INVALID, "done"),
    Deviation(
        "another VPC's peering cannot be a target",
        "observed",
        another_vpcs_peering,
        INVALID,
        "done",
    ),
    Deviation(
        "the error for an unknown peering as target spells ID",
        ERRORS,
        unknown_peering,
        "InvalidVpcPeeringConnectionID.NotFound",
        "InvalidVpcPeeringConnectionId.NotFound",
    ),
    Deviation("a route needs a target", API, no_target, "MissingParameter", "done"),
    Deviation("a route has one target", API, two_targets, "InvalidParameterCombination", "done"),
    Deviation(
        "a route can be replaced only with a target",
        API,
        replaced_without_target,
        "MissingParameter",
        "done",
    ),
    Deviation(
        "another VPC's internet gateway cannot be a target",
        "observed",
        another_vpcs_gateway,
        INVALID,
        "done",
    ),
    Deviation(
        "an internet gateway must be attached before it is a target",
        "observed",
        gateway_attached_nowhere,
        INVALID,
        "done",
    ),
    Deviation(
        "a target must exist",
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
    Deviation(
        "a target must be in the table's VPC",
        "observed",
        of_another_vpc,
        {"NatGatewayId": INVALID, "NetworkInterfaceId": INVALID},
        {"NatGatewayId": "done", "NetworkInterfaceId": "done"},
    ),
    Deviation(
        "an egress-only gateway is for IPv6 and its own VPC",
        "VPC User Guide, egress-only internet gateways (codes assumed)",
        egress_only,
        [INVALID, "done", INVALID],
        ["done", "done", "done"],
    ),
    Deviation(
        "a transit gateway must be attached first",
        "observed",
        transit_gateway,
        ["InvalidTransitGatewayID.NotFound", "done"],
        ["done", "done"],
    ),
    Deviation("every route shows its target", API, shown_without_target, 0, 3),
    Deviation(
        "a VPC has one internet gateway", "observed", second_internet_gateway, INVALID, "done"
    ),
)
