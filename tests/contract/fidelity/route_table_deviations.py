"""What plain moto does otherwise than EC2: route tables."""

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import Deviation, Stage, outcome

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


def propagating_gateways_of_a_new_table(stage: Stage) -> object:
    made = stage.seoul.create_route_table(VpcId=stage.vpc(stage.seoul))
    return made["RouteTable"].get("PropagatingVgws", "missing")


def too_many_tables(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    stage.new_table(vpc)
    return outcome(stage.seoul.create_route_table, VpcId=vpc)


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
        "an unknown filter of route tables is refused",
        API,
        bogus_filter,
        INVALID,
        "FilterNotImplementedError",
    ),
    Deviation("route tables come in pages of 100", API, pages, [100, 2], [102]),
    Deviation("propagating gateways are listed", API, propagating_gateways, {()}, {("missing",)}),
    Deviation(
        "a new table lists its propagating gateways too",
        API,
        propagating_gateways_of_a_new_table,
        [],
        "missing",
    ),
    Deviation(
        "a VPC has a quota of tables",
        ERRORS,
        too_many_tables,
        "RouteTableLimitExceeded",
        "done",
        limits=Limits(route_tables_per_vpc=2),
    ),
    Deviation(
        "the main table cannot be deleted", API, delete_main_table, "DependencyViolation", "done"
    ),
    Deviation(
        "the default VPC has a way to the internet",
        "VPC User Guide, default VPCs",
        default_vpcs_way_out,
        ["igw-"],
        [],
    ),
)
