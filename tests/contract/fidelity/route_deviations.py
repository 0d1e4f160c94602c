"""What plain moto does otherwise than EC2: routes and route tables."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

GUIDE, ERRORS, API = "VPC Peering Guide, routing", "EC2 errors", "EC2 API"


def _create(stage: Stage, table: str, **sent: Any) -> str:
    return outcome(stage.seoul.create_route, RouteTableId=table, **sent)


def _through(stage: Stage, table: str) -> list[str]:
    return [each["State"] for each in stage.routes(table) if "VpcPeeringConnectionId" in each]


def _gateway(stage: Stage, vpc: str) -> str:
    made = stage.seoul.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    stage.seoul.attach_internet_gateway(InternetGatewayId=made, VpcId=vpc)
    return str(made)


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


def to_a_deleted_peering(stage: Stage) -> str:
    pcx = stage.active()
    table = stage.table(stage.seoul, stage.side(pcx))
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    sent = {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": pcx}
    return _create(stage, table, **sent)


def to_another_vpcs_peering(stage: Stage) -> str:
    pcx = stage.active()
    table = stage.table(stage.seoul, stage.vpc(stage.seoul, "10.8.0.0/16"))
    sent = {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": pcx}
    return _create(stage, table, **sent)


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


def without_target(stage: Stage) -> str:
    table = stage.table(stage.seoul, stage.vpc(stage.seoul))
    return _create(stage, table, DestinationCidrBlock="10.1.0.0/16")


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


UNKNOWN_TO_MOTO = (
    "association.gateway-id",
    "route.destination-ipv6-cidr-block",
    "route.destination-prefix-list-id",
    "route.instance-id",
    "route.origin",
    "route.state",
)


def filters_moto_lacks(stage: Stage) -> set[str]:
    call = stage.seoul.describe_route_tables
    return {outcome(call, Filters=[{"Name": name, "Values": ["x"]}]) for name in UNKNOWN_TO_MOTO}


def bogus_filter(stage: Stage) -> str:
    call = stage.seoul.describe_route_tables
    return outcome(call, Filters=[{"Name": "colour", "Values": ["blue"]}])


def pages(stage: Stage) -> list[int]:
    vpc = stage.vpc(stage.seoul)
    for _ in range(101):
        stage.seoul.create_route_table(VpcId=vpc)
    wanted = [{"Name": "vpc-id", "Values": [vpc]}]
    pager = stage.seoul.get_paginator("describe_route_tables").paginate(Filters=wanted)
    return [len(page["RouteTables"]) for page in pager]


def propagating_gateways(stage: Stage) -> set[object]:
    tables = stage.seoul.describe_route_tables()["RouteTables"]
    return {tuple(table.get("PropagatingVgws", ["missing"])) for table in tables}


def associated_elsewhere(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    made = stage.seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    tables = [
        stage.seoul.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2)
    ]
    outcomes = [
        outcome(stage.seoul.associate_route_table, RouteTableId=table, SubnetId=made["SubnetId"])
        for table in tables
    ]
    return outcomes[1]


def edge_table(stage: Stage) -> str:
    pcx = stage.active()
    vpc = stage.side(pcx)
    table = stage.seoul.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    gateway = _gateway(stage, vpc)
    stage.seoul.associate_route_table(RouteTableId=table, GatewayId=gateway)
    sent = {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": pcx}
    return _create(stage, table, **sent)


def delete_main_table(stage: Stage) -> str:
    table = stage.table(stage.seoul, stage.vpc(stage.seoul))
    return outcome(stage.seoul.delete_route_table, RouteTableId=table)


def default_vpcs_way_out(stage: Stage) -> list[str]:
    wanted = [{"Name": "is-default", "Values": ["true"]}]
    vpc = stage.seoul.describe_vpcs(Filters=wanted)["Vpcs"][0]["VpcId"]
    table = stage.routes(stage.table(stage.seoul, vpc))
    return [each["GatewayId"][:4] for each in table if each["DestinationCidrBlock"] == "0.0.0.0/0"]


INVALID = "InvalidParameterValue"
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
    Deviation("a deleted peering is no target", "observed", to_a_deleted_peering, INVALID, "done"),
    Deviation(
        "another VPC's peering is no target", "observed", to_another_vpcs_peering, INVALID, "done"
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
    Deviation("a route needs a target", API, without_target, "MissingParameter", "done"),
    Deviation("the local route stays", "observed", delete_local, INVALID, "done"),
    Deviation("a table takes only so many", ERRORS, too_many_routes, "RouteLimitExceeded", "done"),
    Deviation(
        "every documented filter works",
        API,
        filters_moto_lacks,
        {"done"},
        {"FilterNotImplementedError"},
    ),
    Deviation(
        "an unknown filter is refused", API, bogus_filter, INVALID, "FilterNotImplementedError"
    ),
    Deviation("route tables come in pages of 100", API, pages, [100, 2], [102]),
    Deviation("propagating gateways are listed", API, propagating_gateways, {()}, {("missing",)}),
    Deviation(
        "a subnet has one table",
        ERRORS,
        associated_elsewhere,
        "Resource.AlreadyAssociated",
        "done",
    ),
    Deviation("an edge table takes no peering", GUIDE, edge_table, INVALID, "done"),
    Deviation("the main table stays", API, delete_main_table, "DependencyViolation", "done"),
    Deviation(
        "the default VPC has a way to the internet",
        "VPC User Guide, default VPCs",
        default_vpcs_way_out,
        ["igw-"],
        [],
    ),
)
