"""What plain moto does otherwise than EC2: interface endpoints, and what is read of endpoints."""

import re
from typing import Any

from tests.contract.fidelity.endpoint_deviations import INVALID, gateway, shown
from tests.contract.fidelity.stage import SEOUL, Deviation, Stage, outcome

API, ERRORS, LINK = "EC2 API", "EC2 errors", "PrivateLink guide"


def _service(name: str) -> str:
    return f"com.amazonaws.{SEOUL}.{name}"


def _vpc(stage: Stage) -> str:
    """Make a VPC in which private DNS may be on."""
    vpc = stage.vpc(stage.seoul)
    stage.dns(stage.seoul, vpc)
    return vpc


def _subnet(stage: Stage, vpc: str, third: int = 1, zone: str = "a") -> str:
    made = stage.seoul.create_subnet(
        VpcId=vpc, CidrBlock=f"10.0.{third}.0/24", AvailabilityZone=f"{SEOUL}{zone}"
    )
    return str(made["Subnet"]["SubnetId"])


def _attempt(stage: Stage, vpc: str, name: str = "ssm", **sent: Any) -> str:
    return outcome(
        stage.seoul.create_vpc_endpoint,
        **{"VpcId": vpc, "ServiceName": _service(name), "VpcEndpointType": "Interface", **sent},
    )


def _made(stage: Stage, vpc: str, name: str = "ssm", **sent: Any) -> dict[str, Any]:
    made = stage.seoul.create_vpc_endpoint(
        **{"VpcId": vpc, "ServiceName": _service(name), "VpcEndpointType": "Interface", **sent}
    )
    return dict(made["VpcEndpoint"])


def _interfaces(stage: Stage, vpc: str) -> list[dict[str, Any]]:
    wanted = [{"Name": "vpc-id", "Values": [vpc]}]
    return list(stage.seoul.describe_network_interfaces(Filters=wanted)["NetworkInterfaces"])


def two_subnets_of_a_zone(stage: Stage) -> list[str]:
    vpc = _vpc(stage)
    first, second = _subnet(stage, vpc), _subnet(stage, vpc, 2)
    endpoint = _made(stage, vpc, SubnetIds=[first])["VpcEndpointId"]
    modify = stage.seoul.modify_vpc_endpoint
    return [
        _attempt(stage, vpc, "sqs", SubnetIds=[first, second]),
        outcome(modify, VpcEndpointId=endpoint, AddSubnetIds=[second]),
    ]


FIREWALL = f"com.amazonaws.vpce.{SEOUL}.vpce-svc-0123456789abcdef0"


def of_a_firewall(stage: Stage) -> list[Any]:
    vpc = _vpc(stage)
    first, second = _subnet(stage, vpc), _subnet(stage, vpc, 2, "c")
    sent = {"VpcId": vpc, "ServiceName": FIREWALL, "VpcEndpointType": "GatewayLoadBalancer"}
    attempt = stage.seoul.create_vpc_endpoint
    tried = outcome(attempt, **sent, SubnetIds=[first, second])
    made = attempt(**sent, SubnetIds=[second])["VpcEndpoint"]
    kinds = [each["InterfaceType"] for each in _interfaces(stage, vpc)]
    return [tried, len(made["DnsEntries"]), made.get("Groups"), kinds]


def private_dns_without_attributes(stage: Stage) -> str:
    return _attempt(stage, stage.vpc(stage.seoul), PrivateDnsEnabled=True)


def private_dns_twice(stage: Stage) -> list[str]:
    vpc = _vpc(stage)
    _made(stage, vpc)
    silent = _made(stage, vpc, PrivateDnsEnabled=False)["VpcEndpointId"]
    modify = stage.seoul.modify_vpc_endpoint
    return [
        _attempt(stage, vpc),
        outcome(modify, VpcEndpointId=silent, PrivateDnsEnabled=True),
    ]


def private_dns_of_a_service_without_names(stage: Stage) -> str:
    return _attempt(stage, _vpc(stage), "dynamodb", PrivateDnsEnabled=True)


def private_dns_switched_off(stage: Stage) -> list[object]:
    endpoint = _made(stage, _vpc(stage))["VpcEndpointId"]
    before = shown(stage, endpoint)["PrivateDnsEnabled"]
    stage.seoul.modify_vpc_endpoint(VpcEndpointId=endpoint, PrivateDnsEnabled=False)
    return [before, shown(stage, endpoint)["PrivateDnsEnabled"]]


def groups_of_an_endpoint(stage: Stage) -> list[str]:
    endpoint = _made(stage, _vpc(stage))["VpcEndpointId"]
    return [each["GroupName"] for each in shown(stage, endpoint).get("Groups") or []]


def groups_that_are_not_there(stage: Stage) -> list[str]:
    vpc = _vpc(stage)
    foreign = stage.seoul.create_security_group(
        GroupName="foreign", Description="-", VpcId=stage.vpc(stage.seoul, "10.8.0.0/16")
    )["GroupId"]
    endpoint = _made(stage, vpc)["VpcEndpointId"]
    modify = stage.seoul.modify_vpc_endpoint
    return [
        outcome(modify, VpcEndpointId=endpoint, AddSecurityGroupIds=["sg-0123456789abcdef0"]),
        _attempt(stage, vpc, "sqs", SecurityGroupIds=[foreign]),
    ]


def names_of_an_endpoint(stage: Stage) -> list[str]:
    vpc = _vpc(stage)
    made = _made(stage, vpc, "ecr.api", SubnetIds=[_subnet(stage, vpc)])
    names = [each["DnsName"] for each in made["DnsEntries"]]
    named = [name.replace(made["VpcEndpointId"], "ID") for name in names]
    return [re.sub(r"^ID-[0-9a-f]{8}", "ID-8", name) for name in named]


def interfaces_of_an_endpoint(stage: Stage) -> dict[str, object]:
    vpc = _vpc(stage)
    made = _made(stage, vpc, SubnetIds=[_subnet(stage, vpc)])
    (found,) = _interfaces(stage, vpc)
    assert [found["NetworkInterfaceId"]] == made["NetworkInterfaceIds"]
    return {
        "type": found["InterfaceType"],
        "managed": found["RequesterManaged"],
        "status": found["Status"],
        "description": found["Description"].replace(made["VpcEndpointId"], "ID"),
    }


def life_of_an_endpoint(stage: Stage) -> list[object]:
    vpc = _vpc(stage)
    endpoint = _made(stage, vpc, SubnetIds=[_subnet(stage, vpc)])["VpcEndpointId"]
    seen: list[object] = [shown(stage, endpoint)["State"]]
    stage.advance(60)
    seen.append(shown(stage, endpoint)["State"])
    stage.seoul.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    seen += [shown(stage, endpoint)["State"], len(_interfaces(stage, vpc))]
    stage.advance(60)
    return [*seen, shown(stage, endpoint).get("State", "gone"), len(_interfaces(stage, vpc))]


def tables_of_an_interface_endpoint(stage: Stage) -> str:
    vpc = _vpc(stage)
    return _attempt(stage, vpc, RouteTableIds=[stage.table(stage.seoul, vpc)])


def subnets_that_are_not_there(stage: Stage) -> dict[str, str]:
    vpc = _vpc(stage)
    other = stage.vpc(stage.seoul, "10.8.0.0/16")
    foreign = stage.subnet(other, "10.8.1.0/24")
    return {
        "unknown": _attempt(stage, vpc, SubnetIds=["subnet-0123456789abcdef0"]),
        "of another VPC": _attempt(stage, vpc, SubnetIds=[foreign]),
    }


def a_subnet_left(stage: Stage) -> list[int]:
    vpc = _vpc(stage)
    first, second = _subnet(stage, vpc), _subnet(stage, vpc, 2, "c")
    endpoint = _made(stage, vpc, SubnetIds=[first])["VpcEndpointId"]
    stage.seoul.modify_vpc_endpoint(
        VpcEndpointId=endpoint, AddSubnetIds=[second], RemoveSubnetIds=[first]
    )
    found = [each["SubnetId"] for each in _interfaces(stage, vpc)]
    return [found.count(first), found.count(second)]


def filters_moto_lacks(stage: Stage) -> set[str]:
    gateway(stage, stage.vpc(stage.seoul))
    call = stage.seoul.describe_vpc_endpoints
    names = ("ip-address-type", "service-region", "vpc-endpoint-id")
    return {outcome(call, Filters=[{"Name": name, "Values": ["x"]}]) for name in names}


def pages(stage: Stage) -> list[int]:
    for _ in range(3):
        gateway(stage, stage.vpc(stage.seoul))
    pager = stage.seoul.get_paginator("describe_vpc_endpoints")
    return [len(page["VpcEndpoints"]) for page in pager.paginate(PaginationConfig={"PageSize": 2})]


def services_by_name(stage: Stage) -> object:
    wanted = [_service("ecr.dkr"), _service("s3")]
    try:
        said = stage.seoul.describe_vpc_endpoint_services(ServiceNames=wanted)
    except Exception as error:  # an optional package of moto's may be missing
        return type(error).__name__
    return [
        (each["ServiceType"][0]["ServiceType"], each.get("PrivateDnsName", "no private name"))
        for each in said["ServiceDetails"]
    ]


INTERFACE_ENDPOINTS = (
    Deviation(
        "a firewall's endpoint is in one subnet, without names or groups",
        f"{API}; {LINK}, Gateway Load Balancer endpoints (code assumed)",
        of_a_firewall,
        [INVALID, 0, [], ["gateway_load_balancer_endpoint"]],
        ["done", 0, [], []],
    ),
    Deviation(
        "an endpoint has one subnet in a zone",
        "observed",
        two_subnets_of_a_zone,
        ["DuplicateSubnetsInSameZone", "DuplicateSubnetsInSameZone"],
        ["done", "done"],
    ),
    Deviation(
        "private DNS needs both DNS attributes",
        API,
        private_dns_without_attributes,
        INVALID,
        "done",
    ),
    Deviation(
        "a VPC has one private DNS of a service",
        "observed",
        private_dns_twice,
        [INVALID, INVALID],
        ["done", "done"],
    ),
    Deviation(
        "private DNS needs a private name",
        "observed",
        private_dns_of_a_service_without_names,
        INVALID,
        "done",
    ),
    Deviation(
        "private DNS can be switched off",
        API,
        private_dns_switched_off,
        [True, False],
        [True, True],
    ),
    Deviation(
        "an endpoint without groups has the default one",
        API,
        groups_of_an_endpoint,
        ["default"],
        [],
    ),
    Deviation(
        "an endpoint's groups are its VPC's",
        ERRORS,
        groups_that_are_not_there,
        ["InvalidGroup.NotFound", "InvalidGroup.NotFound"],
        ["done", "done"],
    ),
    Deviation(
        "an endpoint has its own names, names of its zones, and private names",
        f"{LINK}; observed",
        names_of_an_endpoint,
        [
            f"ID-8.api.ecr.{SEOUL}.vpce.amazonaws.com",
            f"ID-8-{SEOUL}a.api.ecr.{SEOUL}.vpce.amazonaws.com",
            f"api.ecr.{SEOUL}.amazonaws.com",
        ],
        ["ID-8.com.amazonaws.ap-northeast-2.ecr.api"],
    ),
    Deviation(
        "an endpoint's interfaces are managed for it",
        "observed",
        interfaces_of_an_endpoint,
        {
            "type": "vpc_endpoint",
            "managed": True,
            "status": "in-use",
            "description": "VPC Endpoint Interface ID",
        },
        {"type": "interface", "managed": False, "status": "available", "description": ""},
    ),
    Deviation(
        "an interface endpoint needs time to start and to end",
        f"{API}; observed",
        life_of_an_endpoint,
        ["pending", "available", "deleting", 1, "gone", 0],
        ["available", "available", "deleted", 0, "deleted", 0],
    ),
    Deviation(
        "an interface endpoint has no route tables",
        "observed",
        tables_of_an_interface_endpoint,
        INVALID,
        "done",
    ),
    Deviation(
        "an endpoint's subnets are its VPC's",
        "EC2 errors; assumed",
        subnets_that_are_not_there,
        {"unknown": "InvalidSubnetId.NotFound", "of another VPC": INVALID},
        {"unknown": "InvalidSubnetID.NotFound", "of another VPC": "done"},
    ),
    Deviation("interfaces follow the subnets", API, a_subnet_left, [0, 1], [1, 0]),
    Deviation(
        "every filter of endpoints works",
        API,
        filters_moto_lacks,
        {"done"},
        {"FilterNotImplementedError"},
    ),
    Deviation("endpoints come in pages", API, pages, [2, 1], [3]),
    Deviation(
        "services are named with their private names",
        f"{API}; observed",
        services_by_name,
        [
            ("Gateway", "no private name"),
            ("Interface", f"s3.{SEOUL}.amazonaws.com"),
            ("Interface", f"*.dkr.ecr.{SEOUL}.amazonaws.com"),
        ],
        "ModuleNotFoundError",
    ),
)
