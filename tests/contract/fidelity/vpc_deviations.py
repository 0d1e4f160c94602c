"""What plain moto does otherwise than EC2: VPCs and subnets."""

from typing import Any
from unittest.mock import patch

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import Deviation, Stage, outcome

API = "EC2 API"
NO_ASSOCIATION = "InvalidVpcCidrBlockAssociationID.NotFound"
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


def delete_a_vpc_with_a_gateway(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    stage.gateway(vpc)
    return outcome(stage.seoul.delete_vpc, VpcId=vpc)


def delete_a_vpc_that_is_asked(stage: Stage) -> str:
    """Another account's request waits for it."""
    pcx = stage.with_stranger()
    vpc = stage.shown(stage.seoul, pcx)["AccepterVpcInfo"]["VpcId"]
    return outcome(stage.stranger.delete_vpc, VpcId=vpc)


def delete_a_vpc_that_asks(stage: Stage) -> tuple[str, str]:
    pcx = stage.request()
    said = outcome(stage.seoul.delete_vpc, VpcId=stage.side(pcx))
    stage.advance(10)
    return said, stage.code(stage.tokyo, pcx)


def ipv6_with_leading_zeros(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    with patch("moto.ec2.utils.random_resource_id", lambda size=8: "a".zfill(size)):
        stage.seoul.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    stage.advance(5)
    (shown,) = stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    return str(shown["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"])


def host_bits_of_a_cidr(stage: Stage) -> list[str]:
    vpc = stage.vpc(stage.seoul)
    made = stage.seoul.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="100.64.0.9/16")
    return [made["CidrBlockAssociation"]["CidrBlock"]]


def unknown_cidr_association(stage: Stage) -> str:
    call = stage.seoul.disassociate_vpc_cidr_block
    return outcome(call, AssociationId="vpc-cidr-assoc-0123456789abcdef0")


def cidr_taken_away_twice(stage: Stage) -> str:
    made = stage.seoul.associate_vpc_cidr_block(
        VpcId=stage.vpc(stage.seoul), CidrBlock="100.64.0.0/16"
    )
    sent = {"AssociationId": made["CidrBlockAssociation"]["AssociationId"]}
    stage.seoul.disassociate_vpc_cidr_block(**sent)
    return outcome(stage.seoul.disassociate_vpc_cidr_block, **sent)


def past_the_quota(stage: Stage) -> list[str]:
    """Six more VPCs in a Region that has its default one."""
    call = stage.seoul.create_vpc
    return [outcome(call, CidrBlock=f"10.{second}.0.0/16") for second in range(6)]


COMBINATION = "InvalidParameterCombination"
VPCS = (
    Deviation("CreateVpc answers pending", "observed", state_of_a_new_vpc, "pending", "available"),
    Deviation("a VPC takes one attribute a call", API, two_vpc_attributes, COMBINATION, "done"),
    Deviation(
        "DNS hostnames need DNS support", API, hostnames_without_support, COMBINATION, "done"
    ),
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
    Deviation(
        "a VPC with a peering cannot be deleted",
        "observed",
        delete_a_peered_vpc,
        "DependencyViolation",
        "done",
    ),
    Deviation("VPCs and subnets come in pages", API, pages, [[5, 3], [5, 1]], [[8], [6]]),
    Deviation(
        "an unknown filter of subnets is refused",
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
        "a VPC with an internet gateway cannot be deleted",
        API,
        delete_a_vpc_with_a_gateway,
        "DependencyViolation",
        "done",
    ),
    Deviation(
        "a VPC with a request from another account cannot be deleted",
        "VPC Peering Guide, basics",
        delete_a_vpc_that_is_asked,
        "DependencyViolation",
        "done",
    ),
    Deviation(
        "a request ends with its VPC",
        "assumed",
        delete_a_vpc_that_asks,
        ("done", "deleted"),
        ("done", "pending-acceptance"),
    ),
    Deviation(
        "IPv6 CIDRs are compressed",
        API,
        ipv6_with_leading_zeros,
        "2400:6500:a:a00::/56",
        "2400:6500:000a:0a00::/56",
    ),
    Deviation(
        "a further CIDR drops its host bits",
        API,
        host_bits_of_a_cidr,
        ["100.64.0.0/16"],
        ["100.64.0.9/16"],
    ),
    Deviation(
        "the error for an unknown CIDR association spells ID",
        "observed",
        unknown_cidr_association,
        NO_ASSOCIATION,
        "InvalidVpcCidrBlockAssociationIdError.NotFound",
    ),
    Deviation(
        "a CIDR can be removed once",
        "observed",
        cidr_taken_away_twice,
        NO_ASSOCIATION,
        "InvalidRoute.NotFound",
    ),
    Deviation(
        "a new account has five VPCs a Region",
        "VPC User Guide, quotas; text observed",
        past_the_quota,
        ["done"] * 4 + ["VpcLimitExceeded"] * 2,
        ["done"] * 6,
        limits=Limits(vpcs_per_region=5),
    ),
)
