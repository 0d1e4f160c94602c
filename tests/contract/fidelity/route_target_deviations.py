"""What plain moto does otherwise than EC2: what a route may point at."""

from typing import Any

from peerkeeper_local.semantics.routes import TARGETS
from tests.contract.fidelity.stage import SEOUL, Deviation, Stage, outcome

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


FIREWALL = f"com.amazonaws.vpce.{SEOUL}.vpce-svc-0123456789abcdef0"


def _firewall(stage: Stage, vpc: str) -> str:
    """Return the id of a firewall's endpoint in a VPC."""
    sent = {"ServiceName": FIREWALL, "VpcEndpointType": "GatewayLoadBalancer"}
    subnets = [stage.subnet(vpc)]
    made = stage.seoul.create_vpc_endpoint(VpcId=vpc, SubnetIds=subnets, **sent)
    return str(made["VpcEndpoint"]["VpcEndpointId"])


def _targets(stage: Stage, table: str, cidr: str = TO_TOKYO["DestinationCidrBlock"]) -> list[str]:
    """Return the parameter and the kind of each target that the route shows."""
    (route,) = (each for each in stage.routes(table) if each.get("DestinationCidrBlock") == cidr)
    shown = sorted((key, str(value)) for key, value in route.items() if key in TARGETS)
    return [f"{key} {value.partition('-')[0]}" for key, value in shown]


def from_and_to_a_firewall(stage: Stage) -> list[list[str]]:
    """What a route shows when it leads to a peering, then to a firewall, then to the peering again."""
    pcx = stage.active()
    table, endpoint = stage.routed(pcx), _firewall(stage, stage.side(pcx))
    seen = [_targets(stage, table)]
    for target in ({"VpcEndpointId": endpoint}, {"VpcPeeringConnectionId": pcx}):
        stage.seoul.replace_route(RouteTableId=table, **TO_TOKYO, **target)
        seen.append(_targets(stage, table))
    return seen


def from_a_new_firewall_route(stage: Stage) -> list[list[str]]:
    pcx = stage.active()
    vpc = stage.side(pcx)
    table, endpoint = stage.table(stage.seoul, vpc), _firewall(stage, vpc)
    stage.seoul.create_route(RouteTableId=table, **TO_TOKYO, VpcEndpointId=endpoint)
    seen = [_targets(stage, table)]
    stage.seoul.replace_route(RouteTableId=table, **TO_TOKYO, VpcPeeringConnectionId=pcx)
    return [*seen, _targets(stage, table)]


def replaced_by_what_is_not_there(stage: Stage) -> list[object]:
    """What ReplaceRoute says to each unknown target, and what the route shows after all of them."""
    table = stage.routed(stage.active())
    said = [
        outcome(stage.seoul.replace_route, RouteTableId=table, **TO_TOKYO, **{kind: unknown})
        for kind, unknown in (
            ("VpcEndpointId", "vpce-0123456789abcdef0"),
            ("NetworkInterfaceId", "eni-0123456789abcdef0"),
            ("InstanceId", "i-0123456789abcdef0"),
            ("CarrierGatewayId", "cagw-0123456789abcdef0"),
        )
    ]
    return [*said, _targets(stage, table)]


def endpoints_that_take_no_route(stage: Stage) -> list[str]:
    """A route to an endpoint of S3, and to a firewall's in another VPC."""
    vpc, other = stage.vpc(stage.seoul), stage.vpc(stage.seoul, "10.8.0.0/16")
    made = stage.seoul.create_vpc_endpoint(VpcId=vpc, ServiceName=f"com.amazonaws.{SEOUL}.s3")
    gateway = made["VpcEndpoint"]["VpcEndpointId"]
    table, firewall = stage.table(stage.seoul, other), _firewall(stage, vpc)
    return [
        _create(stage, stage.table(stage.seoul, vpc), VpcEndpointId=gateway),
        _create(stage, table, VpcEndpointId=firewall),
    ]


def nat_as_gateway(stage: Stage) -> list[list[str]]:
    """What the route shows if GatewayId names a NAT gateway, created and replaced."""
    vpc = stage.vpc(stage.seoul)
    made = stage.seoul.create_nat_gateway(SubnetId=stage.subnet(vpc), ConnectivityType="private")
    nat, table = made["NatGateway"]["NatGatewayId"], stage.table(stage.seoul, vpc)
    other = {"DestinationCidrBlock": "10.9.0.0/16"}
    stage.seoul.create_route(RouteTableId=table, **TO_TOKYO, GatewayId=nat)
    stage.seoul.create_route(RouteTableId=table, **other, GatewayId=stage.gateway(vpc))
    stage.seoul.replace_route(RouteTableId=table, **other, GatewayId=nat)
    return [_targets(stage, table), _targets(stage, table, "10.9.0.0/16")]


def what_is_no_gateway(stage: Stage) -> dict[str, str]:
    pcx = stage.active()
    vpc = stage.side(pcx)
    sent = {"SubnetId": stage.subnet(vpc)}
    interface = stage.seoul.create_network_interface(**sent)["NetworkInterface"]
    table = stage.table(stage.seoul, vpc)
    return {
        name: _create(stage, table, GatewayId=target)
        for name, target in zip(
            NO_GATEWAYS,
            (interface["NetworkInterfaceId"], pcx, "nat-0123456789abcdef0", "local", "foo-1"),
            strict=True,
        )
    }


def second_internet_gateway(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    stage.gateway(vpc)
    made = stage.seoul.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    call = stage.seoul.attach_internet_gateway
    return outcome(call, InternetGatewayId=made, VpcId=vpc)


NO_GATEWAYS = ("an interface", "a peering", "an unknown NAT gateway", "local", "anything")
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
        "a route can be pointed at a firewall",
        API,
        from_and_to_a_firewall,
        [["VpcPeeringConnectionId pcx"], ["GatewayId vpce"], ["VpcPeeringConnectionId pcx"]],
        [["VpcPeeringConnectionId pcx"], [], ["VpcPeeringConnectionId pcx"]],
    ),
    Deviation(
        "a route can be pointed away from a firewall",
        API,
        from_a_new_firewall_route,
        [["GatewayId vpce"], ["VpcPeeringConnectionId pcx"]],
        [["GatewayId vpce"], ["GatewayId vpce", "VpcPeeringConnectionId pcx"]],
    ),
    Deviation(
        "a refused replacement leaves the target",
        ERRORS,
        replaced_by_what_is_not_there,
        [
            "InvalidVpcEndpointId.NotFound",
            "InvalidNetworkInterfaceID.NotFound",
            "InvalidInstanceID.NotFound",
            "InvalidCarrierGatewayID.NotFound",
            ["VpcPeeringConnectionId pcx"],
        ],
        [
            "done",
            "InvalidNetworkInterfaceID.NotFound",
            "InvalidInstanceID.NotFound",
            "done",
            [],
        ],
    ),
    Deviation(
        "a firewall's endpoint must be in the table's VPC",
        "EC2 API; assumed (another VPC)",
        endpoints_that_take_no_route,
        ["RouteNotSupported", INVALID],
        ["RouteNotSupported", "done"],
    ),
    Deviation(
        "a NAT gateway sent as a gateway is shown as one",
        "observed",
        nat_as_gateway,
        [["NatGatewayId nat"], ["NatGatewayId nat"]],
        [[], []],
    ),
    Deviation(
        "only a gateway is a gateway",
        "observed (an interface); assumed",
        what_is_no_gateway,
        dict.fromkeys(NO_GATEWAYS, "InvalidGatewayID.NotFound"),
        {**dict.fromkeys(NO_GATEWAYS, "RouteAlreadyExists"), "an interface": "done"},
    ),
    Deviation(
        "a VPC has one internet gateway", "observed", second_internet_gateway, INVALID, "done"
    ),
)
