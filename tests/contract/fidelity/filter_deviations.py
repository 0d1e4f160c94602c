"""What plain moto does otherwise than EC2: filters that its describes do not apply, or apply wrongly."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

API = "EC2 API"


def _subnets(stage: Stage, name: str, *values: str) -> int | str:
    """Return how many subnets of a new VPC, which has two, pass the filter; or the refusal."""
    vpc = stage.vpc(stage.seoul)
    stage.seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")
    stage.seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.2.0/24")
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": name, "Values": list(values)}]
    said = outcome(stage.seoul.describe_subnets, Filters=filters)
    return said if said != "done" else len(stage.seoul.describe_subnets(Filters=filters)["Subnets"])


def subnets_by_what_is_off(stage: Stage) -> dict[str, int | str]:
    names = ("enable-dns64", "map-customer-owned-ip-on-launch")
    return {name: _subnets(stage, name, "false") for name in names}


def subnets_by_host_names(stage: Stage) -> int | str:
    return _subnets(stage, "private-dns-name-options-on-launch.hostname-type", "ip-name")


def peerings_by_tag_value(stage: Stage) -> int:
    pcx = stage.request()
    stage.request()
    stage.seoul.create_tags(Resources=[pcx], Tags=[{"Key": "team", "Value": "a"}])
    sent: dict[str, Any] = {"Filters": [{"Name": "tag-value", "Values": ["a"]}]}
    return len(stage.seoul.describe_vpc_peering_connections(**sent)["VpcPeeringConnections"])


def names_by_wildcards(stage: Stage) -> list[list[str]]:
    """Return the names of VPCs that pass a backslash before a star, and a question mark."""
    for name in ("ab", "aXb", "a*b"):
        tags = [{"Key": "Name", "Value": name}]
        stage.seoul.create_tags(Resources=[stage.vpc(stage.seoul)], Tags=tags)
    found = []
    for value in (r"a\*b", "a?b"):
        sent = [{"Name": "tag:Name", "Values": [value]}]
        vpcs = stage.seoul.describe_vpcs(Filters=sent)["Vpcs"]
        found.append([vpc["Tags"][0]["Value"] for vpc in vpcs])
    return found


UNKNOWN = "FilterNotImplementedError"
FILTERS = (
    Deviation(
        "subnets are found by what they do not have",
        API,
        subnets_by_what_is_off,
        {"enable-dns64": 2, "map-customer-owned-ip-on-launch": 2},
        {"enable-dns64": UNKNOWN, "map-customer-owned-ip-on-launch": UNKNOWN},
    ),
    Deviation("subnets are found by their hostnames", API, subnets_by_host_names, 2, UNKNOWN),
    Deviation(
        "a wildcard can be escaped, and a question mark may stand for nothing",
        "EC2 User Guide, find your resources",
        names_by_wildcards,
        [["a*b"], ["ab", "aXb", "a*b"]],
        [[], ["aXb", "a*b"]],
    ),
    Deviation("peerings are found by a tag's value", "observed", peerings_by_tag_value, 1, 2),
)
