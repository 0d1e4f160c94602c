"""What plain moto does otherwise than EC2: VPCs, subnets, tags and dry runs."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

API, ERRORS = "EC2 API", "EC2 errors"
ON = {"Value": True}


def state_of_a_new_vpc(stage: Stage) -> str:
    return str(stage.seoul.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["State"])


def two_vpc_attributes(stage: Stage) -> str:
    sent = {"EnableDnsSupport": ON, "EnableDnsHostnames": ON}
    return outcome(stage.seoul.modify_vpc_attribute, VpcId=stage.vpc(stage.seoul), **sent)


def hostnames_without_support(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    stage.seoul.modify_vpc_attribute(VpcId=vpc, EnableDnsSupport={"Value": False})
    return outcome(stage.seoul.modify_vpc_attribute, VpcId=vpc, EnableDnsHostnames=ON)


def _subnet(stage: Stage, **sent: Any) -> dict[str, Any]:
    vpc = stage.vpc(stage.seoul)
    made = stage.seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24", **sent)
    return dict(made["Subnet"])


def two_subnet_attributes(stage: Stage) -> str:
    sent = {"MapPublicIpOnLaunch": ON, "AssignIpv6AddressOnCreation": ON}
    call = stage.seoul.modify_subnet_attribute
    return outcome(call, SubnetId=_subnet(stage)["SubnetId"], **sent)


def subnet_by_zone_id(stage: Stage) -> bool:
    zone = stage.seoul.describe_availability_zones()["AvailabilityZones"][0]["ZoneId"]
    return bool(_subnet(stage, AvailabilityZoneId=zone)["MapPublicIpOnLaunch"])


def delete_a_peered_vpc(stage: Stage) -> str:
    return outcome(stage.seoul.delete_vpc, VpcId=stage.side(stage.active()))


def pages(stage: Stage) -> list[list[int]]:
    vpc = stage.vpc(stage.seoul)
    for third in range(6):
        stage.vpc(stage.seoul, f"10.{third + 1}.0.0/16")
        stage.seoul.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{third}.0/24")
    sizes = {"PageSize": 5}
    mine = [{"Name": "vpc-id", "Values": [vpc]}]
    vpcs = stage.seoul.get_paginator("describe_vpcs").paginate(PaginationConfig=sizes)
    subnets = stage.seoul.get_paginator("describe_subnets").paginate(
        Filters=mine, PaginationConfig=sizes
    )
    return [[len(page["Vpcs"]) for page in vpcs], [len(page["Subnets"]) for page in subnets]]


def unknown_subnet_filter(stage: Stage) -> str:
    return outcome(stage.seoul.describe_subnets, Filters=[{"Name": "colour", "Values": ["blue"]}])


def overlapping_second_cidr(stage: Stage) -> str:
    peer = stage.side(stage.active())
    return outcome(stage.seoul.associate_vpc_cidr_block, VpcId=peer, CidrBlock="10.1.8.0/24")


def tag_an_unknown_peering(stage: Stage) -> str:
    tags = [{"Key": "team", "Value": "a"}]
    return outcome(stage.seoul.create_tags, Resources=["pcx-0123456789abcdef0"], Tags=tags)


def aws_tag(stage: Stage) -> str:
    tags = [{"Key": "aws:cloudformation:stack-name", "Value": "a"}]
    return outcome(stage.seoul.create_tags, Resources=[stage.vpc(stage.seoul)], Tags=tags)


def delete_all_tags(stage: Stage) -> object:
    vpc = stage.vpc(stage.seoul)
    stage.seoul.create_tags(Resources=[vpc], Tags=[{"Key": "team", "Value": "a"}])
    stage.seoul.delete_tags(Resources=[vpc])
    return len(stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Tags"])


def dry_runs(stage: Stage) -> set[str]:
    """Two of our calls have no DryRun in the API: ModifyVpcAttribute and ModifySubnetAttribute."""
    vpc, pcx = stage.vpc(stage.seoul), {"VpcPeeringConnectionId": stage.request()}
    seoul, tokyo = stage.seoul, stage.tokyo
    route = {"RouteTableId": stage.table(seoul, vpc), "DestinationCidrBlock": "10.0.0.0/16"}
    calls: list[tuple[Any, dict[str, Any]]] = [
        (seoul.create_vpc_peering_connection, {"VpcId": vpc, "PeerVpcId": vpc}),
        (seoul.modify_vpc_peering_connection_options, pcx),
        (seoul.create_vpc, {"CidrBlock": "10.0.0.0/16"}),
        (seoul.create_subnet, {"VpcId": vpc, "CidrBlock": "10.0.9.0/24"}),
        (seoul.delete_route, route),
        (tokyo.reject_vpc_peering_connection, pcx),
        (seoul.delete_vpc_peering_connection, pcx),
    ]
    return {outcome(call, DryRun=True, **sent) for call, sent in calls}


def dry_accept(stage: Stage) -> tuple[str, bool]:
    pcx = stage.request()
    call = stage.tokyo.accept_vpc_peering_connection
    said = outcome(call, VpcPeeringConnectionId=pcx, DryRun=True)
    return said, stage.code(stage.tokyo, pcx) == "pending-acceptance"


COMBINATION = "InvalidParameterCombination"
VPCS = (
    Deviation("CreateVpc answers pending", "observed", state_of_a_new_vpc, "pending", "available"),
    Deviation("a VPC takes one attribute a call", API, two_vpc_attributes, COMBINATION, "done"),
    Deviation("hostnames need support", API, hostnames_without_support, COMBINATION, "done"),
    Deviation(
        "a subnet takes one attribute a call", API, two_subnet_attributes, COMBINATION, "done"
    ),
    Deviation(
        "a created subnet gives no public addresses",
        "VPC User Guide, subnets",
        subnet_by_zone_id,
        False,
        True,
    ),
    Deviation("a peered VPC stays", "observed", delete_a_peered_vpc, "DependencyViolation", "done"),
    Deviation("VPCs and subnets come in pages", API, pages, [[5, 3], [5, 1]], [[8], [6]]),
    Deviation(
        "an unknown filter is refused",
        API,
        unknown_subnet_filter,
        "InvalidParameterValue",
        "FilterNotImplementedError",
    ),
    Deviation(
        "a new CIDR must not be a peer's",
        "VPC User Guide, CIDR blocks",
        overlapping_second_cidr,
        "InvalidVpc.Range",
        "done",
    ),
    Deviation(
        "tagging an unknown peering is spelt ID",
        ERRORS,
        tag_an_unknown_peering,
        "InvalidVpcPeeringConnectionID.NotFound",
        "InvalidVpcPeeringConnectionId.NotFound",
    ),
    Deviation("AWS's own tags are refused", ERRORS, aws_tag, "InvalidParameterValue", "done"),
    Deviation("deleting no tag deletes all", API, delete_all_tags, 0, 1),
    Deviation("a dry run does nothing", API, dry_runs, {"DryRunOperation"}, {"done"}),
    Deviation(
        "a dry accept leaves the request",
        API,
        dry_accept,
        ("DryRunOperation", True),
        ("done", False),
    ),
)
