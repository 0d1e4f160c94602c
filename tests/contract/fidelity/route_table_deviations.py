"""What plain moto does otherwise than EC2: route tables."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

GUIDE = "VPC Peering Guide, routing"
ERRORS = "EC2 errors"
API = "EC2 API"
UNKNOWN_TO_MOTO = (
    "association.gateway-id",
    "route.destination-ipv6-cidr-block",
    "route.destination-prefix-list-id",
    "route.instance-id",
    "route.origin",
    "route.state",
)
INVALID = "InvalidParameterValue"


def _create(stage: Stage, table: str, **sent: Any) -> str:
    return outcome(stage.seoul.create_route, RouteTableId=table, **sent)


def _gateway(stage: Stage, vpc: str) -> str:
    made = stage.seoul.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    stage.seoul.attach_internet_gateway(InternetGatewayId=made, VpcId=vpc)
    return str(made)


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


ROUTE_TABLES = (
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
