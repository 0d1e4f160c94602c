"""What plain moto does otherwise than EC2: routes."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

GUIDE = "VPC Peering Guide, routing"
ERRORS = "EC2 errors"
API = "EC2 API"
INVALID = "InvalidParameterValue"


def _create(stage: Stage, table: str, **sent: Any) -> str:
    return outcome(stage.seoul.create_route, RouteTableId=table, **sent)


def _through(stage: Stage, table: str) -> list[str]:
    return [each["State"] for each in stage.routes(table) if "VpcPeeringConnectionId" in each]


def of_a_deleted_peering(stage: Stage) -> list[str]:
    pcx = stage.active()
    table = stage.routed(pcx)
    before = _through(stage, table)
    stage.tokyo.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    at_once = _through(stage, table)
    stage.advance(3 * 86400)
    return before + at_once + _through(stage, table)


def to_a_pending_peering(stage: Stage) -> list[str]:
    return _through(stage, stage.routed(stage.request()))


def ipv6_twice(stage: Stage) -> str:
    pcx = stage.active()
    table = stage.table(stage.seoul, stage.side(pcx))
    sent = {"DestinationIpv6CidrBlock": "2001:db8::/56", "VpcPeeringConnectionId": pcx}
    _create(stage, table, **sent)
    return _create(stage, table, **sent)


def over_local(stage: Stage) -> tuple[str, str]:
    pcx = stage.active()
    table = stage.table(stage.seoul, stage.side(pcx))
    sent = {"VpcPeeringConnectionId": pcx}
    return (
        _create(stage, table, DestinationCidrBlock="10.0.0.0/16", **sent),
        _create(stage, table, DestinationCidrBlock="10.0.7.0/24", **sent),
    )


def host_bits(stage: Stage) -> tuple[list[str], str]:
    pcx = stage.active()
    table = stage.routed(pcx, "100.68.0.18/18")
    next_one = {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": pcx}
    stored = [
        each["DestinationCidrBlock"]
        for each in stage.routes(table)
        if "VpcPeeringConnectionId" in each
    ]
    return stored, _create(stage, table, **next_one)


def delete_local(stage: Stage) -> str:
    table = stage.table(stage.seoul, stage.vpc(stage.seoul))
    call = stage.seoul.delete_route
    return outcome(call, RouteTableId=table, DestinationCidrBlock="10.0.0.0/16")


def too_many_routes(stage: Stage) -> str:
    pcx = stage.active()
    table = stage.table(stage.seoul, stage.side(pcx))
    for third in range(3):
        cidr = f"192.168.{third}.0/24"
        _create(stage, table, DestinationCidrBlock=cidr, VpcPeeringConnectionId=pcx)
    sent = {"DestinationCidrBlock": "192.168.9.0/24", "VpcPeeringConnectionId": pcx}
    return _create(stage, table, **sent)


def through_a_detached_gateway(stage: Stage) -> list[str]:
    vpc = stage.vpc(stage.seoul)
    table, gateway = stage.table(stage.seoul, vpc), stage.gateway(vpc)
    stage.seoul.create_route(
        RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway
    )
    before = stage.routes(table)[1]["State"]
    stage.seoul.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    return [before, stage.routes(table)[1]["State"]]


def through_a_deleted_nat_gateway(stage: Stage) -> list[str]:
    vpc = stage.vpc(stage.seoul)
    stage.gateway(vpc)
    table, address = stage.table(stage.seoul, vpc), stage.seoul.allocate_address(Domain="vpc")
    made = stage.seoul.create_nat_gateway(
        SubnetId=stage.subnet(vpc), AllocationId=address["AllocationId"]
    )
    nat = made["NatGateway"]["NatGatewayId"]
    stage.seoul.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    before = stage.routes(table)[1]["State"]
    stage.seoul.delete_nat_gateway(NatGatewayId=nat)
    stage.advance(60)
    return [before, stage.routes(table)[1]["State"]]


ROUTES = (
    Deviation(
        "a route to a deleted peering turns blackhole, for good",
        GUIDE,
        of_a_deleted_peering,
        ["active", "blackhole", "blackhole"],
        ["active"] * 3,
    ),
    Deviation(
        "a route to a pending peering is blackhole",
        GUIDE,
        to_a_pending_peering,
        ["blackhole"],
        ["active"],
    ),
    Deviation(
        "a route to a detached gateway turns blackhole",
        API,
        through_a_detached_gateway,
        ["active", "blackhole"],
        ["active", "active"],
    ),
    Deviation(
        "a route to a deleted NAT gateway turns blackhole",
        API,
        through_a_deleted_nat_gateway,
        ["active", "blackhole"],
        ["active", "active"],
    ),
    Deviation(
        "an IPv6 destination is taken once", ERRORS, ipv6_twice, "RouteAlreadyExists", "done"
    ),
    Deviation(
        "the local route cannot be covered",
        "observed",
        over_local,
        (INVALID, INVALID),
        ("done", "done"),
    ),
    Deviation(
        "host bits are dropped",
        API,
        host_bits,
        (["100.68.0.0/18"], "done"),
        (["100.68.0.18/18"], "ValueError"),
    ),
    Deviation("the local route cannot be deleted", "observed", delete_local, INVALID, "done"),
    Deviation(
        "a table has a quota of routes", ERRORS, too_many_routes, "RouteLimitExceeded", "done"
    ),
)
