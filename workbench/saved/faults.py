"""What is wrong with a saved cloud. In: JSON values. Out: faults, each in a line, all of them.

What each list of a location may hold is EC2's own business: botocore's model of the describe call judges it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import botocore.session
from botocore.model import Shape, ShapeResolver
from botocore.validate import ParamValidator

from workbench.cloud.documents import Document
from workbench.cloud.restored import TARGETS
from workbench.saved.state import VERSION

LOCATION = re.compile(r"(\d{12})/([a-z]{2}(?:-[a-z]+)+-\d)")
DESCRIBED = {
    "Vpcs": "DescribeVpcs",
    "Subnets": "DescribeSubnets",
    "RouteTables": "DescribeRouteTables",
    "VpcPeeringConnections": "DescribeVpcPeeringConnections",
    "InternetGateways": "DescribeInternetGateways",
    "NatGateways": "DescribeNatGateways",
}
NEEDED = {
    "Vpcs": ("VpcId", "CidrBlock"),
    "Subnets": ("SubnetId", "VpcId", "CidrBlock", "AvailabilityZone"),
    "RouteTables": ("RouteTableId", "VpcId", "Associations", "Routes"),
    "VpcPeeringConnections": ("VpcPeeringConnectionId",),
    "InternetGateways": ("InternetGatewayId",),
    "NatGateways": ("NatGatewayId", "SubnetId", "State"),
}
"""What cannot be put back without; EC2's model calls nothing in a reply required."""
_SIDE = {"location": "Pair", "vpc_id": "Text", "cidrs": "Texts", "ipv6_cidrs": "Texts"}
_OPTIONS = {"dns_from_remote_vpc": "Flag", "multipath_resilience": "Flag"}
_PEERING = {
    **{"id": "Text", "requester": "Side", "accepter": "Side", "created": "Time", "doomed": "Flag"},
    **{"accepted": "Time", "rejected": "Time", "deleted": "Time", "deleted_by": "Pair"},
    **{"requester_options": "Options", "accepter_options": "Options"},
}
_ATTRIBUTES = {"VpcId": "Text", "EnableDnsSupport": "Flag", "EnableDnsHostnames": "Flag"}


def _structure(members: Mapping[str, str], *required: str) -> Document:
    return {
        "type": "structure",
        "required": list(required or members),
        "members": {name: {"shape": shape} for name, shape in members.items()},
    }


_RAW: dict[str, Any] = {
    "Text": {"type": "string"},
    "Flag": {"type": "boolean"},
    "Time": {"type": "double"},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "Pair": {"type": "list", "member": {"shape": "Text"}, "min": 2},
    "Options": _structure(_OPTIONS),
    "Side": _structure(_SIDE),
    "Peering": _structure(_PEERING, "id", "requester", "accepter", "created"),
    "Attributes": _structure(_ATTRIBUTES),
}
_SHAPES = ShapeResolver(_RAW)


def faults_of(raw: object) -> Iterator[str]:
    """Yield every fault of a saved cloud."""
    if not isinstance(raw, dict) or raw.get("peerkeeper") != VERSION:
        yield f'a JSON object with "peerkeeper": {VERSION} is wanted'
        return
    try:
        datetime.fromisoformat(raw.get("time", ""))
    except (TypeError, ValueError):
        yield f"time: {raw.get('time')!r} is no ISO time"
    for key, kind in (("locations", dict), ("peerings", list)):
        if not isinstance(raw.get(key), kind):
            yield f"{key}: a JSON {'object' if kind is dict else 'array'} is wanted"
            return
    for name, lists in raw["locations"].items():
        yield from (f"{name}: {fault}" for fault in _location_faults(name, lists))
    for number, facts in enumerate(raw["peerings"]):
        yield from _judged(f"peerings[{number}]", facts, _SHAPES.get_shape_by_name("Peering"))


def _location_faults(name: str, lists: object) -> Iterator[str]:
    if not LOCATION.fullmatch(name):
        yield "no location: 12 digits, a slash and a region are wanted"
    wanted = {*DESCRIBED, "VpcAttributes"}
    if not isinstance(lists, dict) or set(lists) != wanted:
        yield f"exactly these lists are wanted: {', '.join(sorted(wanted))}"
        return
    before = list(_shape_faults(lists))
    yield from before
    if not before:
        yield from _reference_faults(lists)


def _shape_faults(lists: Document) -> Iterator[str]:
    for key, operation in DESCRIBED.items():
        found = list(_judged("", {key: lists[key]}, _reply_shape(operation)))
        yield from found
        for number, each in enumerate(() if found else lists[key]):
            for name in NEEDED[key]:
                if name not in each:
                    yield f"{key}[{number}]: {name} is missing"
    if not isinstance(lists["VpcAttributes"], list):
        yield "VpcAttributes: a JSON array is wanted"
        return
    for number, each in enumerate(lists["VpcAttributes"]):
        yield from _judged(
            f"VpcAttributes[{number}]", each, _SHAPES.get_shape_by_name("Attributes")
        )


def _reference_faults(lists: Document) -> Iterator[str]:
    """Yield what EC2 would never show: resources of no VPC, a VPC without a main route table."""
    vpcs = {vpc.get("VpcId") for vpc in lists["Vpcs"]}
    for kind, key in (("Subnets", "SubnetId"), ("RouteTables", "RouteTableId")):
        for each in lists[kind]:
            if each.get("VpcId") not in vpcs:
                yield f"{each.get(key)}: its VPC {each.get('VpcId')} is not saved"
    mains = {
        table.get("VpcId")
        for table in lists["RouteTables"]
        if any(each.get("Main") for each in table.get("Associations", ()))
    }
    yield from (f"{vpc}: it has no main route table" for vpc in sorted(vpcs - mains, key=str))
    for table in lists["RouteTables"]:
        for route in table.get("Routes", ()):
            if not any(kind in route for kind in TARGETS):
                yield f"{table.get('RouteTableId')}: a route has none of these targets: {', '.join(TARGETS)}"


def _judged(where: str, value: object, shape: Shape) -> Iterator[str]:
    report = ParamValidator().validate(value, shape)  # type: ignore[arg-type]  # it judges anything
    for line in report.generate_report().splitlines():
        yield f"{where}: {line}" if where else line


@cache
def _reply_shape(operation: str) -> Shape:
    model = botocore.session.Session().get_service_model("ec2")
    shape = model.operation_model(operation).output_shape
    assert shape is not None  # noqa: S101 - each of DESCRIBED has a reply
    return shape
