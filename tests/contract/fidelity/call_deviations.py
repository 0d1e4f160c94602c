"""What plain moto does otherwise than EC2 in every call: ids, pages, dry runs, waiters."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import WaiterError

from tests.contract.fidelity.stage import Deviation, Stage, message, outcome, status

API, ERRORS = "EC2 API", "EC2 errors"
VALUE = "InvalidParameterValue"
DESCRIBES = {
    "VpcIds": "describe_vpcs",
    "SubnetIds": "describe_subnets",
    "RouteTableIds": "describe_route_tables",
    "VpcPeeringConnectionIds": "describe_vpc_peering_connections",
}


def malformed_ids(stage: Stage) -> dict[str, str]:
    return {
        ids: outcome(getattr(stage.seoul, call), **{ids: ["nonsense"]})
        for ids, call in DESCRIBES.items()
    }


def malformed_id_in_a_write(stage: Stage) -> str:
    return outcome(stage.seoul.delete_vpc_peering_connection, VpcPeeringConnectionId="peering")


def malformed_ids_of_single_actions(stage: Stage) -> dict[str, str]:
    seoul, service = stage.seoul, "com.amazonaws.ap-northeast-2.s3"
    return {
        "CreateVpcEndpoint": outcome(
            seoul.create_vpc_endpoint, VpcId="nonsense", ServiceName=service
        ),
        "CreateNatGateway": outcome(
            seoul.create_nat_gateway, SubnetId="nonsense", ConnectivityType="private"
        ),
    }


def words_of_an_unknown_vpc(stage: Stage) -> set[str]:
    seoul, sent = stage.seoul, {"VpcId": "vpc-0123456789abcdef0"}
    return {
        message(seoul.describe_vpcs, VpcIds=[sent["VpcId"]]),
        message(seoul.describe_vpc_attribute, Attribute="enableDnsSupport", **sent),
        message(seoul.create_subnet, CidrBlock="10.0.0.0/24", **sent),
        message(seoul.create_route_table, **sent),
        message(seoul.associate_vpc_cidr_block, CidrBlock="10.0.0.0/24", **sent),
        message(seoul.delete_vpc, **sent),
    }


def _described(stage: Stage, **sent: Any) -> set[str]:
    return {outcome(getattr(stage.seoul, call), **sent) for call in DESCRIBES.values()}


def pages_too_large(stage: Stage) -> tuple[set[str], str]:
    tables = outcome(stage.seoul.describe_route_tables, MaxResults=101)
    return _described(stage, MaxResults=1001), tables


def made_up_token(stage: Stage) -> set[str]:
    return _described(stage, NextToken="made-up")


def ids_and_page_size(stage: Stage) -> set[str]:
    pcx = stage.request()
    vpc = stage.side(pcx)
    table, subnet = stage.table(stage.seoul, vpc), stage.subnet(vpc)
    ids = dict(zip(DESCRIBES, (vpc, subnet, table, pcx), strict=True))
    return {
        outcome(getattr(stage.seoul, DESCRIBES[name]), MaxResults=5, **{name: [one]})
        for name, one in ids.items()
    }


def dry_runs(stage: Stage) -> set[str]:
    """Two of our calls have no DryRun in the API: ModifyVpcAttribute and ModifySubnetAttribute."""
    vpc, pcx = stage.vpc(stage.seoul), {"VpcPeeringConnectionId": stage.request()}
    seoul, tokyo = stage.seoul, stage.tokyo
    table = {"RouteTableId": stage.new_table(vpc)}
    route = table | {"DestinationCidrBlock": "10.0.0.0/16"}
    main = {"AssociationId": stage.main_association(vpc)}
    calls: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (seoul.create_vpc_peering_connection, {"VpcId": vpc, "PeerVpcId": vpc}),
        (seoul.modify_vpc_peering_connection_options, pcx),
        (seoul.create_vpc, {"CidrBlock": "10.0.0.0/16"}),
        (seoul.create_subnet, {"VpcId": vpc, "CidrBlock": "10.0.9.0/24"}),
        (seoul.create_route_table, {"VpcId": vpc}),
        (seoul.replace_route_table_association, {**main, **table}),
        (seoul.delete_route, route),
        (seoul.delete_route_table, table),
        (tokyo.reject_vpc_peering_connection, pcx),
        (seoul.delete_vpc_peering_connection, pcx),
    ]
    return {outcome(call, DryRun=True, **sent) for call, sent in calls}


def dry_accept(stage: Stage) -> tuple[str, bool]:
    pcx = stage.request()
    call = stage.tokyo.accept_vpc_peering_connection
    said = outcome(call, VpcPeeringConnectionId=pcx, DryRun=True)
    return said, stage.code(stage.tokyo, pcx) == "pending-acceptance"


def status_of_a_dry_run(stage: Stage) -> int:
    return status(stage.seoul.create_vpc, CidrBlock="10.0.0.0/16", DryRun=True)


def waiters_for_an_unknown_peering(stage: Stage) -> dict[str, str]:
    """Whether each waiter ends well, with two looks and no time between."""
    ended = {}
    for name in ("exists", "deleted"):
        waiter = stage.seoul.get_waiter(f"vpc_peering_connection_{name}")
        try:
            waiter.wait(
                VpcPeeringConnectionIds=["pcx-0123456789abcdef0"],
                WaiterConfig={"Delay": 0, "MaxAttempts": 2},
            )
            ended[name] = "done"
        except WaiterError as error:
            ended[name] = str(error.kwargs["reason"]).partition(".")[0]
    return ended


CALLS = (
    Deviation(
        "a malformed id and an unknown id have different errors",
        ERRORS,
        malformed_ids,
        {
            "VpcIds": "InvalidVpcID.Malformed",
            "SubnetIds": "InvalidSubnetID.Malformed",
            "RouteTableIds": "InvalidRouteTableId.Malformed",
            "VpcPeeringConnectionIds": "InvalidVpcPeeringConnectionId.Malformed",
        },
        {
            "VpcIds": "InvalidVpcID.NotFound",
            "SubnetIds": "InvalidSubnetID.NotFound",
            "RouteTableIds": "InvalidRouteTableID.NotFound",
            "VpcPeeringConnectionIds": "done",
        },
    ),
    Deviation(
        "a malformed id in a write has its own error too",
        ERRORS,
        malformed_id_in_a_write,
        "InvalidVpcPeeringConnectionId.Malformed",
        "InvalidVpcPeeringConnectionId.NotFound",
    ),
    Deviation(
        "some actions have another error for a malformed id",
        "observed",
        malformed_ids_of_single_actions,
        {"CreateVpcEndpoint": "InvalidVpcId.Malformed", "CreateNatGateway": "InvalidSubnet"},
        {
            "CreateVpcEndpoint": "InvalidVpcID.NotFound",
            "CreateNatGateway": "InvalidSubnetID.NotFound",
        },
    ),
    Deviation(
        "every action has the same words for an unknown VPC",
        "observed",
        words_of_an_unknown_vpc,
        {"The vpc ID 'vpc-0123456789abcdef0' does not exist"},
        {
            "VpcID vpc-0123456789abcdef0 does not exist.",
            "VpcID {'vpc-0123456789abcdef0'} does not exist.",
        },
    ),
    Deviation(
        "a page has a maximum size",
        API,
        pages_too_large,
        ({VALUE}, VALUE),
        ({"done"}, "done"),
    ),
    Deviation("a made-up token is refused", ERRORS, made_up_token, {"InvalidNextToken"}, {"done"}),
    Deviation(
        "ids and a page size exclude each other",
        "observed (VPCs), assumed (the others)",
        ids_and_page_size,
        {"InvalidParameterCombination"},
        {"done"},
    ),
    Deviation("a dry run does nothing", API, dry_runs, {"DryRunOperation"}, {"done"}),
    Deviation(
        "a dry run of an accept does not change the request",
        API,
        dry_accept,
        ("DryRunOperation", True),
        ("done", False),
    ),
    Deviation("a dry run answers 412", "observed", status_of_a_dry_run, 412, 200),
    Deviation(
        "botocore's waiters recognize an absent peering",
        "botocore, waiters",
        waiters_for_an_unknown_peering,
        {"exists": "Max attempts exceeded", "deleted": "done"},
        {"exists": "done", "deleted": "Max attempts exceeded"},
    ),
)
