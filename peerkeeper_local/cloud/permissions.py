"""What an EC2 call needs: the resources it touches, each with its own condition keys.

In: a call. Out: (ARN, keys) for each resource that must be allowed; `*` if the action has no resources.
An unknown id needs no permission: the operation itself refuses it. Source: Service Authorization
Reference, Amazon EC2: required resource types and condition keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.world import World
from peerkeeper_local.partitions import partition_of
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering, Side

Keys = Mapping[str, str | tuple[str, ...]]
"""Condition keys, each with its value or values."""
NAMED: dict[str, tuple[str, str]] = {
    # action: resource type, and the parameter that names it
    "AcceptVpcPeeringConnection": ("vpc-peering-connection", "VpcPeeringConnectionId"),
    "CreateRoute": ("route-table", "RouteTableId"),
    "DeleteRoute": ("route-table", "RouteTableId"),
    "DescribeVpcAttribute": ("vpc", "VpcId"),
    "GetManagedPrefixListEntries": ("prefix-list", "PrefixListId"),
    "ModifySubnetAttribute": ("subnet", "SubnetId"),
    "ModifyVpcAttribute": ("vpc", "VpcId"),
    "ModifyVpcPeeringConnectionOptions": ("vpc-peering-connection", "VpcPeeringConnectionId"),
}

OF_ENDPOINTS = {
    "RouteTableIds": "route-table",
    "SubnetIds": "subnet",
    "SecurityGroupIds": "security-group",
}
"""Resource type by what ModifyVpcEndpoint adds or removes."""


def needed(
    action: str, params: Document, location: Location, world: World
) -> Iterator[tuple[str, Keys]]:
    """Yield each resource that the call needs a right to."""
    if action == "CreateTags":
        yield from _tagged(params, location)
        return
    if action == "ModifyVpcEndpoint":
        yield from _endpoint(params, location, world)
        return
    if action not in NAMED:
        yield "*", {}
        return
    kind, parameter = NAMED[action]
    id_ = str(params.get(parameter, ""))
    if kind != "vpc-peering-connection":
        yield _arn(location, kind, id_), {}
        return
    peering = world.peerings.get(id_)
    if peering is None:
        return
    yield _arn(location, kind, id_), _sides(peering)
    if action == "AcceptVpcPeeringConnection":
        yield _vpc(peering.accepter), {}


def _tagged(params: Document, location: Location) -> Iterator[tuple[str, Keys]]:
    """Yield each resource that is to be tagged, with the keys of its new tags."""
    kinds = {"pcx": "vpc-peering-connection", "rtb": "route-table", "igw": "internet-gateway"}
    kinds["vpce"] = "vpc-endpoint"
    keys = tuple(tag["Key"] for tag in params.get("Tags") or ())
    for id_ in params.get("Resources") or ():
        prefix = id_.partition("-")[0]
        yield _arn(location, kinds.get(prefix, prefix), id_), {"aws:TagKeys": keys} if keys else {}


def _endpoint(params: Document, location: Location, world: World) -> Iterator[tuple[str, Keys]]:
    """Yield the endpoint with its tags, and each table, subnet and group that is named."""
    id_ = str(params.get("VpcEndpointId", ""))
    backend = world.backend(location)
    if id_ not in backend.vpc_end_points:
        return
    tags = backend.tags.get(id_, {})
    keys = {f"aws:ResourceTag/{key}": value for key, value in tags.items()}
    yield _arn(location, "vpc-endpoint", id_), keys
    for end, kind in OF_ENDPOINTS.items():
        for verb in ("Add", "Remove"):
            for named in params.get(f"{verb}{end}") or ():
                yield _arn(location, kind, named), {}


def _sides(peering: Peering) -> Keys:
    return {
        "ec2:AccepterVpc": _vpc(peering.accepter),
        "ec2:RequesterVpc": _vpc(peering.requester),
    }


def _vpc(side: Side) -> str:
    return _arn(side.location, "vpc", side.vpc_id)


def _arn(location: Location, kind: str, id_: str) -> str:
    return (
        f"arn:{partition_of(location.region)}:ec2:{location.region}:{location.account}:{kind}/{id_}"
    )
