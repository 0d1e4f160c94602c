"""What plain moto does otherwise than EC2: gateway endpoints."""

from typing import Any

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import SEOUL, TOKYO, Deviation, Stage, outcome

API, ERRORS, LINK = "EC2 API", "EC2 errors", "PrivateLink guide"
INVALID, INVALID_VALUE = "InvalidParameter", "InvalidParameterValue"
S3 = f"com.amazonaws.{SEOUL}.s3"


def gateway(stage: Stage, vpc: str, *tables: str, **sent: Any) -> str:
    """Make a gateway endpoint of S3; return its id."""
    wanted = {"ServiceName": S3, "RouteTableIds": list(tables), "VpcEndpointType": "Gateway"}
    made = stage.seoul.create_vpc_endpoint(VpcId=vpc, **(wanted | sent))
    return str(made["VpcEndpoint"]["VpcEndpointId"])


def shown(stage: Stage, endpoint: str) -> dict[str, Any]:
    """Return the endpoint as it is described; {} if it is gone."""
    wanted = [{"Name": "vpc-endpoint-state", "Values": ["*"]}]
    there = stage.seoul.describe_vpc_endpoints(Filters=wanted)["VpcEndpoints"]
    return next((dict(each) for each in there if each["VpcEndpointId"] == endpoint), {})


def attempt(stage: Stage, **sent: Any) -> str:
    """Say what comes of creating an endpoint of S3 in a new VPC."""
    wanted = {"VpcId": stage.vpc(stage.seoul), "ServiceName": S3, "VpcEndpointType": "Gateway"}
    return outcome(stage.seoul.create_vpc_endpoint, **(wanted | sent))


def _lists(stage: Stage, table: str) -> int:
    """Return how many routes of the table name a prefix list."""
    return sum("DestinationPrefixListId" in route for route in stage.routes(table))


def type_if_none_is_sent(stage: Stage) -> object:
    made = stage.seoul.create_vpc_endpoint(VpcId=stage.vpc(stage.seoul), ServiceName=S3)
    there = stage.seoul.describe_vpc_endpoints()["VpcEndpoints"]
    assert [each["VpcEndpointId"] for each in there] == [made["VpcEndpoint"]["VpcEndpointId"]]
    return there[0].get("VpcEndpointType", "none")


def second_of_a_service(stage: Stage) -> tuple[str, int]:
    vpc = stage.vpc(stage.seoul)
    table = stage.table(stage.seoul, vpc)
    gateway(stage, vpc, table)
    return attempt(stage, VpcId=vpc, RouteTableIds=[table]), _lists(stage, table)


def another_vpcs_table(stage: Stage) -> str:
    table = stage.table(stage.seoul, stage.vpc(stage.seoul, "10.8.0.0/16"))
    return attempt(stage, RouteTableIds=[table])


def services_that_are_not_there(stage: Stage) -> dict[str, str]:
    return {
        "unknown": attempt(stage, ServiceName=f"com.amazonaws.{SEOUL}.nonsense"),
        "of another Region": attempt(stage, ServiceName=f"com.amazonaws.{TOKYO}.s3"),
        "of interfaces only": attempt(stage, ServiceName=f"com.amazonaws.{SEOUL}.ssm"),
    }


def private_dns_of_a_gateway_endpoint(stage: Stage) -> object:
    return shown(stage, gateway(stage, stage.vpc(stage.seoul)))["PrivateDnsEnabled"]


def routes_follow_the_tables(stage: Stage) -> list[int]:
    vpc = stage.vpc(stage.seoul)
    first, second = stage.table(stage.seoul, vpc), stage.new_table(vpc)
    endpoint = gateway(stage, vpc, first)
    before = [_lists(stage, first), _lists(stage, second)]
    stage.seoul.modify_vpc_endpoint(
        VpcEndpointId=endpoint, AddRouteTableIds=[second], RemoveRouteTableIds=[first]
    )
    return [*before, _lists(stage, first), _lists(stage, second)]


def routes_are_the_endpoints(stage: Stage) -> dict[str, str]:
    vpc = stage.vpc(stage.seoul)
    table, other, way_out = stage.table(stage.seoul, vpc), stage.new_table(vpc), stage.gateway(vpc)
    endpoint = gateway(stage, vpc, table)
    listed = next(each for each in stage.routes(table) if "DestinationPrefixListId" in each)
    route = {"DestinationPrefixListId": listed["DestinationPrefixListId"]}
    return {
        "replace": outcome(
            stage.seoul.replace_route, RouteTableId=table, GatewayId=way_out, **route
        ),
        "delete": outcome(stage.seoul.delete_route, RouteTableId=table, **route),
        "create": outcome(
            stage.seoul.create_route, RouteTableId=other, VpcEndpointId=endpoint, **route
        ),
    }


def deletions_that_fail(stage: Stage) -> list[str]:
    made = stage.seoul.create_vpc_endpoint(VpcId=stage.vpc(stage.seoul), ServiceName=S3)
    ids = ["vpce-0123456789abcdef0", made["VpcEndpoint"]["VpcEndpointId"]]
    try:
        said = stage.seoul.delete_vpc_endpoints(VpcEndpointIds=ids)["Unsuccessful"]
    except AttributeError:
        return ["AttributeError"]
    assert [each["ResourceId"] for each in said] == ids[:1]
    return [each["Error"]["Code"] for each in said]


def deleted_in_time(stage: Stage) -> list[object]:
    vpc = stage.vpc(stage.seoul)
    table = stage.table(stage.seoul, vpc)
    endpoint = gateway(stage, vpc, table)
    before = shown(stage, endpoint)["State"]
    stage.seoul.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    at_once = [shown(stage, endpoint)["State"], _lists(stage, table)]
    stage.advance(60)
    return [before, *at_once, shown(stage, endpoint).get("State", "gone")]


def deleted_twice(stage: Stage) -> str:
    endpoint = gateway(
        stage, stage.vpc(stage.seoul), stage.table(stage.seoul, stage.vpc(stage.seoul))
    )
    stage.seoul.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    return outcome(stage.seoul.delete_vpc_endpoints, VpcEndpointIds=[endpoint])


def policies_that_are_none(stage: Stage) -> list[str]:
    endpoint = gateway(stage, stage.vpc(stage.seoul))
    modify = stage.seoul.modify_vpc_endpoint
    return [
        attempt(stage, PolicyDocument="not json"),
        outcome(modify, VpcEndpointId=endpoint, PolicyDocument="[]"),
    ]


def too_many_endpoints(stage: Stage) -> str:
    gateway(stage, stage.vpc(stage.seoul))
    return attempt(stage)


def into_a_full_table(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    table, way_out = stage.table(stage.seoul, vpc), stage.gateway(vpc)
    for third in range(3):
        stage.seoul.create_route(
            RouteTableId=table, DestinationCidrBlock=f"192.168.{third}.0/24", GatewayId=way_out
        )
    return attempt(stage, VpcId=vpc, RouteTableIds=[table])


def names_of_what_is_not_there(stage: Stage) -> dict[str, str]:
    unknown = "0123456789abcdef0"
    return {
        "VPC": attempt(stage, VpcId=f"vpc-{unknown}"),
        "malformed VPC": attempt(stage, VpcId="nonsense"),
        "table": attempt(stage, RouteTableIds=[f"rtb-{unknown}"]),
        "endpoint": outcome(
            stage.seoul.modify_vpc_endpoint, VpcEndpointId=f"vpce-{unknown}", ResetPolicy=True
        ),
        "malformed endpoint": outcome(
            stage.seoul.describe_vpc_endpoints, VpcEndpointIds=["nonsense"]
        ),
    }


def a_vpc_with_an_endpoint(stage: Stage) -> list[str]:
    """Say what comes of deleting it, and of deleting it once the endpoint is gone."""
    vpc = stage.vpc(stage.seoul)
    endpoint = gateway(stage, vpc)
    said = [outcome(stage.seoul.delete_vpc, VpcId=vpc)]
    stage.seoul.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    stage.advance(60)
    return [*said, outcome(stage.seoul.delete_vpc, VpcId=vpc)]


def parameters_of_the_other_type(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    return attempt(stage, VpcId=vpc, SubnetIds=[stage.subnet(vpc)])


GATEWAY_ENDPOINTS = (
    Deviation(
        "an endpoint is a gateway endpoint by default", API, type_if_none_is_sent, "Gateway", "none"
    ),
    Deviation(
        "a table has one endpoint of a service",
        "observed",
        second_of_a_service,
        ("RouteAlreadyExists", 1),
        ("done", 1),
    ),
    Deviation(
        "another VPC's table cannot have our endpoint", LINK, another_vpcs_table, INVALID, "done"
    ),
    Deviation(
        "a service must exist, and must offer this type",
        f"{ERRORS}; observed",
        services_that_are_not_there,
        {
            "unknown": "InvalidServiceName",
            "of another Region": "InvalidServiceName",
            "of interfaces only": INVALID,
        },
        {"unknown": "done", "of another Region": "done", "of interfaces only": "done"},
    ),
    Deviation(
        "a gateway endpoint has no private DNS",
        "observed",
        private_dns_of_a_gateway_endpoint,
        False,
        True,
    ),
    Deviation(
        "an endpoint's routes follow its tables",
        API,
        routes_follow_the_tables,
        [1, 0, 0, 1],
        [1, 0, 1, 0],
    ),
    Deviation(
        "an endpoint's routes are its own",
        "observed (delete), assumed (the others)",
        routes_are_the_endpoints,
        {"replace": INVALID_VALUE, "delete": INVALID_VALUE, "create": INVALID_VALUE},
        {"replace": "done", "delete": "done", "create": "RouteNotSupported"},
    ),
    Deviation(
        "deleting unknown endpoints is no failure, and the reply names them",
        ERRORS,
        deletions_that_fail,
        ["InvalidVpcEndpoint.NotFound"],
        ["AttributeError"],
    ),
    Deviation(
        "a deleted endpoint's routes are removed at once, the endpoint later",
        f"{API}; observed",
        deleted_in_time,
        ["available", "deleting", 0, "gone"],
        ["available", "deleted", 0, "deleted"],
    ),
    Deviation(
        "a policy is JSON",
        ERRORS,
        policies_that_are_none,
        ["InvalidPolicyDocument", "InvalidPolicyDocument"],
        ["done", "done"],
    ),
    Deviation(
        "a Region has a quota of gateway endpoints",
        ERRORS,
        too_many_endpoints,
        "VpcEndpointLimitExceeded",
        "done",
        Limits(gateway_endpoints=1),
    ),
    Deviation(
        "an endpoint's route needs room", ERRORS, into_a_full_table, "RouteLimitExceeded", "done"
    ),
    Deviation(
        "a VPC with an endpoint cannot be deleted",
        API,
        a_vpc_with_an_endpoint,
        ["DependencyViolation", "done"],
        ["done", "InvalidVpcID.NotFound"],
    ),
    Deviation(
        "the errors of calls for endpoints spell Id",
        "observed; assumed (the unknown VPC)",
        names_of_what_is_not_there,
        {
            "VPC": "InvalidVpcId.NotFound",
            "malformed VPC": "InvalidVpcId.Malformed",
            "table": "InvalidRouteTableId.NotFound",
            "endpoint": "InvalidVpcEndpointId.NotFound",
            "malformed endpoint": "InvalidVpcEndpointId.Malformed",
        },
        {
            "VPC": "InvalidVpcID.NotFound",
            "malformed VPC": "InvalidVpcID.NotFound",
            "table": "InvalidRouteTableID.NotFound",
            "endpoint": "InvalidVpcEndpointId.NotFound",
            "malformed endpoint": "InvalidVpcEndpointId.NotFound",
        },
    ),
    Deviation(
        "a gateway endpoint is in no subnet", API, parameters_of_the_other_type, INVALID, "done"
    ),
)
