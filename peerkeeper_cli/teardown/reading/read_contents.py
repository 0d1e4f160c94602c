"""Read what is in a VPC. In: an `Asking`, a VPC. Out: `Contents`.

One wave of reads, then one read an instance.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.reading import parsed
from peerkeeper_cli.teardown.reading.asking import Ask, Asking, Raw, filters
from peerkeeper_cli.teardown.reading.gaps import Gaps
from peerkeeper_cli.teardown.seen.contents import Contents, Edge, Instance
from peerkeeper_cli.teardown.seen.kind import Kind

READS: dict[str, tuple[str, str, str, Kind]] = {
    # name: operation, list in its reply, filter that names the VPC, what rests on it
    "instances": ("DescribeInstances", "Reservations", "vpc-id", Kind.INSTANCE),
    "nats": ("DescribeNatGateways", "NatGateways", "vpc-id", Kind.NAT_GATEWAY),
    "endpoints": ("DescribeVpcEndpoints", "VpcEndpoints", "vpc-id", Kind.ENDPOINT),
    "interfaces": ("DescribeNetworkInterfaces", "NetworkInterfaces", "vpc-id", Kind.INTERFACE),
    "addresses": ("DescribeAddresses", "Addresses", "", Kind.ADDRESS),
    "subnets": ("DescribeSubnets", "Subnets", "vpc-id", Kind.SUBNET),
    "tables": ("DescribeRouteTables", "RouteTables", "vpc-id", Kind.TABLE),
    "acls": ("DescribeNetworkAcls", "NetworkAcls", "vpc-id", Kind.ACL),
    "igws": (
        "DescribeInternetGateways",
        "InternetGateways",
        "attachment.vpc-id",
        Kind.INTERNET_GATEWAY,
    ),
    "egress": (
        "DescribeEgressOnlyInternetGateways",
        "EgressOnlyInternetGateways",
        "",
        Kind.EGRESS_GATEWAY,
    ),
    "vpns": ("DescribeVpnGateways", "VpnGateways", "attachment.vpc-id", Kind.VPC),
}


def read_contents(asking: Asking, where: Location, vpc_id: str, gaps: Gaps) -> Contents:
    """Return what is in the VPC; a read that fails is in `gaps`."""
    answers = asking.all(
        Ask(operation, where, key, _filter(operation, name, vpc_id))
        for operation, key, name, _ in READS.values()
    )
    raw = {
        name: gaps.listed(answer, READS[name][3], where, vpc_id)
        for name, answer in zip(READS, answers, strict=True)
    }
    instances = [each for one in raw["instances"] for each in one["Instances"]]
    return Contents(
        instances=_instances(asking, where, instances, gaps),
        nat_gateways=tuple(parsed.nat_gateways(raw["nats"])),
        endpoints=tuple(parsed.endpoints(raw["endpoints"])),
        interfaces=tuple(parsed.interface(one) for one in raw["interfaces"]),
        addresses=tuple(parsed.address(one) for one in raw["addresses"]),
        subnets=tuple(str(one["SubnetId"]) for one in raw["subnets"]),
        tables=tuple(str(one["RouteTableId"]) for one in raw["tables"] if not parsed.main(one)),
        edges=tuple(_edges(raw["tables"])),
        acls=tuple(str(one["NetworkAclId"]) for one in raw["acls"] if not one["IsDefault"]),
        internet_gateways=tuple(str(one["InternetGatewayId"]) for one in raw["igws"]),
        egress_gateways=tuple(
            str(one["EgressOnlyInternetGatewayId"])
            for one in raw["egress"]
            if parsed.attached(one, vpc_id)
        ),
        vpn_gateways=tuple(
            str(one["VpnGatewayId"])
            for one in raw["vpns"]
            if parsed.attached(one, vpc_id, "VpcAttachments")
        ),
    )


def _filter(operation: str, name: str, vpc_id: str) -> dict[str, Any]:
    """Return the filter. DescribeNatGateways spells its parameter without an s. Source: EC2 API."""
    if not name:
        return {}
    asked = filters(name, vpc_id)
    return {"Filter": asked["Filters"]} if operation == "DescribeNatGateways" else asked


def _instances(
    asking: Asking, where: Location, raw: Iterable[Raw], gaps: Gaps
) -> tuple[Instance, ...]:
    """Return the instances that are not terminated, with whether each is protected."""
    there = [one for one in raw if one["State"]["Name"] != "terminated"]
    answers = asking.all(
        Ask(
            "DescribeInstanceAttribute",
            where,
            "",
            {"InstanceId": one["InstanceId"], "Attribute": "disableApiTermination"},
        )
        for one in there
    )
    found = []
    for one, answer in zip(there, answers, strict=True):
        replies = gaps.listed(answer, Kind.INSTANCE, where, one["InstanceId"])
        protected = any(reply["DisableApiTermination"].get("Value") for reply in replies)
        if replies:
            found.append(parsed.instance(one, protected=protected))
    return tuple(found)


def _edges(tables: Iterable[Raw]) -> Iterable[Edge]:
    for table in tables:
        for one in table.get("Associations") or ():
            if one.get("GatewayId"):
                association = one["RouteTableAssociationId"]
                yield Edge(association, table["RouteTableId"], one["GatewayId"])
