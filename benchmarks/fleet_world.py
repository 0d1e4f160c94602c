"""A location of a fleet, as values and as EC2's own XML: 5 VPCs, 15 subnets and tables, 4 peerings.

In: reads, or an operation's model. Out: what EC2 shows for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

from botocore.model import ListShape, OperationModel, Shape, StructureShape
from peerkeeper.aws import parse
from peerkeeper.settings import Settings
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Describe, Read

VPCS, TABLES, PEERINGS, ROUTES = 5, 15, 4, 20


def settings_of(locations: Sequence[Location]) -> Settings:
    """Return the settings of a stack in the first of these locations that manages all of them."""
    own, *others = dict.fromkeys(each.account_id for each in locations)
    return settings_from(
        {
            "PEERKEEPER_ACCOUNT": own,
            "PEERKEEPER_ACCOUNTS": ",".join(others),
            "PEERKEEPER_SPOKE_ROLE": "peerkeeper-spoke-sweep",
            "PEERKEEPER_REGIONS": ",".join(dict.fromkeys(each.region for each in locations)),
            "PEERKEEPER_MODE": "full",
            "PEERKEEPER_ENFORCE_IN": "all",
            "AWS_REGION": locations[0].region,
        }
    )


def observed(reads: tuple[Read, ...]) -> tuple[Observed, int]:
    """Return what one whole read shows, and how many items it has, from which its pages follow."""
    kind, where = reads[0].kind, reads[0].location
    shown = described(where)
    match kind:
        case Describe.PEERINGS:
            peerings = tuple(parse.peering(raw, where) for raw in shown["VpcPeeringConnections"])
            return Observed(reads, peerings=peerings), len(peerings)
        case Describe.VPCS:
            vpcs = tuple(parse.vpc(raw, where) for raw in shown["Vpcs"])
            return Observed(reads, vpcs=vpcs), len(vpcs)
        case Describe.SUBNETS:
            subnets = tuple(parse.subnet(raw, where) for raw in shown["Subnets"])
            return Observed(reads, subnets=subnets), len(subnets)
        case Describe.ROUTE_TABLES:
            tables = tuple(parse.route_table(raw, where) for raw in shown["RouteTables"])
            return Observed(reads, route_tables=tables), len(tables)
        case _:
            return Observed(reads, enabled=True), 1


def described(where: Location) -> dict[str, list[dict[str, Any]]]:
    """Return what the four describes show there."""
    return {
        "Vpcs": [_vpc(where, n) for n in range(VPCS)],
        "Subnets": [_subnet(where, n) for n in range(TABLES)],
        "RouteTables": [_table(where, n) for n in range(TABLES)],
        "VpcPeeringConnections": [_peering(where, n) for n in range(PEERINGS)],
    }


def id_of(kind: str, where: Location, n: int) -> str:
    """Return an id that no other location has."""
    return f"{kind}-{_digits(where)}{n:02x}"


def _digits(where: Location) -> str:
    return f"{crc32(str(where).encode()):015x}"


def _vpc(where: Location, n: int) -> dict[str, Any]:
    block = {"CidrBlock": f"10.{n}.0.0/16", "CidrBlockState": {"State": "associated"}}
    vpc = {
        "VpcId": id_of("vpc", where, n),
        "OwnerId": where.account_id,
        "CidrBlock": block["CidrBlock"],
    }
    return {**vpc, "CidrBlockAssociationSet": [block], "Tags": [], "IsDefault": False}


def _subnet(where: Location, n: int) -> dict[str, Any]:
    return {
        "SubnetId": id_of("subnet", where, n),
        "VpcId": id_of("vpc", where, n % VPCS),
        "OwnerId": where.account_id,
        "MapPublicIpOnLaunch": False,
        "CidrBlock": f"10.{n % VPCS}.{n}.0/24",
    }


def _table(where: Location, n: int) -> dict[str, Any]:
    local = {"DestinationCidrBlock": f"10.{n % VPCS}.0.0/16", "GatewayId": "local"}
    routes = [
        {"DestinationCidrBlock": f"192.168.{k}.0/24", "TransitGatewayId": "tgw-1"}
        for k in range(ROUTES - 1)
    ]
    return {
        "RouteTableId": id_of("rtb", where, n),
        "VpcId": id_of("vpc", where, n % VPCS),
        "OwnerId": where.account_id,
        "Associations": [{"SubnetId": id_of("subnet", where, n), "Main": False}],
        "Routes": [
            {**route, "State": "active", "Origin": "CreateRoute"} for route in (local, *routes)
        ],
    }


def _peering(where: Location, n: int) -> dict[str, Any]:
    return {
        "VpcPeeringConnectionId": id_of("pcx", where, n),
        "Status": {"Code": "active"},
        "RequesterVpcInfo": _side(where, n),
        "AccepterVpcInfo": _side(where, n + 1),
    }


def _side(where: Location, n: int) -> dict[str, Any]:
    return {
        "OwnerId": where.account_id,
        "Region": where.region,
        "VpcId": id_of("vpc", where, n),
        "CidrBlock": f"10.{n}.0.0/16",
        "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": True},
    }


MOLD = Location("000000000000", "region-of-the-mold")
_molds: dict[str, str] = {}


def reply(operation: OperationModel, where: Location) -> bytes:
    """Return the XML that EC2 answers this operation with. Only the mold's is spelt out; others rename it."""
    if operation.name not in _molds:
        _molds[operation.name] = _reply(operation, MOLD)
    text = _molds[operation.name]
    for of in (_digits, lambda one: one.account_id, lambda one: one.region):
        text = text.replace(of(MOLD), of(where))
    return text.encode()


def _reply(operation: OperationModel, where: Location) -> str:
    return spelt(operation, {**described(where), "EnableDnsHostnames": {"Value": True}})


def spelt(operation: OperationModel, shown: Mapping[str, Any]) -> str:
    """Return these values in EC2's spelling, as far as the operation's reply has a place for them."""
    shape = operation.output_shape
    assert isinstance(shape, StructureShape)  # noqa: S101 - EC2's replies all are
    value = {name: shown[name] for name in shape.members if name in shown}
    return f"<Response>{_inner(shape, value)}</Response>"


def _inner(shape: Shape, value: Any) -> str:  # noqa: ANN401 - whatever the shape says
    """Return the value in EC2's spelling. Source: botocore's EC2 model, locationName."""
    if isinstance(shape, StructureShape):
        return "".join(
            f"<{tag}>{_inner(member, value[name])}</{tag}>"
            for name, member in shape.members.items()
            if name in value
            for tag in (member.serialization.get("name", name),)
        )
    if isinstance(shape, ListShape):
        return "".join(f"<item>{_inner(shape.member, one)}</item>" for one in value)
    return escape(str(value).lower() if isinstance(value, bool) else str(value))
