"""What is wrong with one saved location. In: its lists. Out: faults, each in a line, all of them.

What each list may hold is EC2's own business: botocore's model of the describe call judges it. The model
calls nothing in a reply required, so `NEEDED` lists the fields that a saved document must have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session
from botocore.model import Shape
from botocore.validate import ParamValidator

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.routes import FIELDS
from peerkeeper_local.semantics.routes import DESTINATIONS

DESCRIBED = {
    "Vpcs": ("DescribeVpcs", "VpcId"),
    "Subnets": ("DescribeSubnets", "SubnetId"),
    "RouteTables": ("DescribeRouteTables", "RouteTableId"),
    "VpcPeeringConnections": ("DescribeVpcPeeringConnections", "VpcPeeringConnectionId"),
    "InternetGateways": ("DescribeInternetGateways", "InternetGatewayId"),
    "NatGateways": ("DescribeNatGateways", "NatGatewayId"),
}
"""The call that shows each list, and the id of what is in it."""
_TAG = ("Key", "Value")
NEEDED = {
    ("Vpcs",): ("VpcId", "CidrBlock"),
    ("Vpcs", "CidrBlockAssociationSet"): ("AssociationId", "CidrBlock", "CidrBlockState"),
    ("Vpcs", "Ipv6CidrBlockAssociationSet"): (
        *("AssociationId", "Ipv6CidrBlockState"),  # one on its way has no block yet
    ),
    ("Vpcs", "Tags"): _TAG,
    ("Subnets",): ("SubnetId", "VpcId", "AvailabilityZone"),
    ("Subnets", "Ipv6CidrBlockAssociationSet"): ("AssociationId", "Ipv6CidrBlock"),
    ("Subnets", "Tags"): _TAG,
    ("RouteTables",): ("RouteTableId", "VpcId", "Associations", "Routes"),
    ("RouteTables", "Associations"): ("Main", "RouteTableAssociationId"),
    ("RouteTables", "Tags"): _TAG,
    ("VpcPeeringConnections",): ("VpcPeeringConnectionId",),
    ("VpcPeeringConnections", "Tags"): _TAG,
    ("InternetGateways",): ("InternetGatewayId",),
    ("InternetGateways", "Attachments"): ("VpcId",),
    ("InternetGateways", "Tags"): _TAG,
    ("NatGateways",): ("NatGatewayId", "SubnetId", "State"),
    ("NatGateways", "Tags"): _TAG,
}


def location_faults(lists: object, attributes: Shape) -> Iterator[str]:
    """Yield every fault of one location's lists; `attributes` is the shape of a VPC's attributes."""
    wanted = {*DESCRIBED, "VpcAttributes"}
    if not isinstance(lists, dict) or set(lists) != wanted:
        yield f"exactly these lists are wanted: {', '.join(sorted(wanted))}"
        return
    shapes = list(_shape_faults(lists, attributes))
    found = shapes or list(_needed_faults(lists))
    yield from found
    if not found:
        yield from _reference_faults(lists)


def judged(where: str, value: object, shape: Shape) -> Iterator[str]:
    """Yield what `shape` does not allow in `value`."""
    report = ParamValidator().validate(value, shape)  # type: ignore[arg-type]  # it judges anything
    for line in report.generate_report().splitlines():
        yield f"{where}: {line}" if where else line


def _shape_faults(lists: Document, attributes: Shape) -> Iterator[str]:
    for key, (operation, _) in DESCRIBED.items():
        yield from judged("", {key: lists[key]}, _reply_shape(operation))
    if not isinstance(lists["VpcAttributes"], list):
        yield "VpcAttributes: a JSON array is wanted"
        return
    for number, each in enumerate(lists["VpcAttributes"]):
        yield from judged(f"VpcAttributes[{number}]", each, attributes)


def _needed_faults(lists: Document) -> Iterator[str]:
    for path, keys in NEEDED.items():
        for where, each in _at(lists, path):
            for key in keys:
                if key not in each:
                    yield f"{where}: {key} is missing"


def _at(lists: Document, path: tuple[str, ...]) -> Iterator[tuple[str, Document]]:
    """Yield every document along `path`, with where it is."""
    for number, each in enumerate(lists[path[0]]):
        if len(path) == 1:
            yield f"{path[0]}[{number}]", each
            continue
        for inner, one in enumerate(each.get(path[1]) or ()):
            yield f"{path[0]}[{number}].{path[1]}[{inner}]", one


def _reference_faults(lists: Document) -> Iterator[str]:
    """Yield what EC2 would never show: twins, resources of nothing, a VPC without a main route table."""
    for kind, (_, key) in DESCRIBED.items():
        twins = Counter(each[key] for each in lists[kind])
        yield from (f"{name} is there twice" for name, number in twins.items() if number > 1)
    vpcs = {vpc["VpcId"] for vpc in lists["Vpcs"]}
    subnets = {subnet["SubnetId"] for subnet in lists["Subnets"]}
    for subnet in lists["Subnets"]:
        if not (subnet.get("CidrBlock") or subnet.get("Ipv6CidrBlockAssociationSet")):
            yield f"{subnet['SubnetId']}: it has no IPv4 or IPv6 CIDR block"
    for holder, vpc in _held(lists):
        if vpc not in vpcs:
            yield f"{holder}: its VPC {vpc} is not saved"
    for nat in lists["NatGateways"]:
        if nat["State"] in ("pending", "available") and nat["SubnetId"] not in subnets:
            yield f"{nat['NatGatewayId']}: its subnet {nat['SubnetId']} is not saved"
    mains = {
        table["VpcId"]
        for table in lists["RouteTables"]
        if any(each["Main"] for each in table["Associations"])
    }
    attributed = {each["VpcId"] for each in lists["VpcAttributes"]}
    yield from (f"{vpc}: it has no main route table" for vpc in sorted(vpcs - mains))
    yield from (f"{vpc}: it has no VpcAttributes" for vpc in sorted(vpcs - attributed))
    for table in lists["RouteTables"]:
        yield from (f"{table['RouteTableId']}: {fault}" for fault in _table_faults(table))


def _held(lists: Document) -> Iterator[tuple[str, Any]]:
    """Yield what belongs to a VPC, and to which."""
    for kind, key in (("Subnets", "SubnetId"), ("RouteTables", "RouteTableId")):
        yield from ((each[key], each["VpcId"]) for each in lists[kind])
    for gateway in lists["InternetGateways"]:
        for each in gateway.get("Attachments") or ():
            yield gateway["InternetGatewayId"], each["VpcId"]


def _table_faults(table: Document) -> Iterator[str]:
    for each in table["Associations"]:
        if not each["Main"] and not (each.get("SubnetId") or each.get("GatewayId")):
            yield f"{each['RouteTableAssociationId']} needs a subnet or a gateway"
    for route in table["Routes"]:
        for what, known in (("destinations", DESTINATIONS), ("targets", FIELDS)):
            if not any(kind in route for kind in known):
                yield f"a route needs one of these {what}: {', '.join(known)}"


@cache
def _reply_shape(operation: str) -> Shape:
    model = botocore.session.Session().get_service_model("ec2")
    shape = model.operation_model(operation).output_shape
    assert shape is not None  # noqa: S101 - each of DESCRIBED has a reply
    return shape
