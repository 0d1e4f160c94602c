"""From EC2's replies to values. Replies are parsed only here, so no dict goes further.

In: one resource as botocore gives it. Out: a value of `peerkeeper.values.ec2`. Tolerant of fields it does not
know and of values that are new; a missing `Region` means the location asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from peerkeeper.values.ec2 import (
    Location,
    Network,
    PeeringConnection,
    PeeringStatus,
    PrefixList,
    Route,
    RouteTable,
    Side,
    Subnet,
    Tags,
    Vpc,
    network,
)

Raw: TypeAlias = Mapping[str, Any]
TARGETS = (
    "VpcPeeringConnectionId",
    "GatewayId",
    "NatGatewayId",
    "TransitGatewayId",
    "EgressOnlyInternetGatewayId",
    "NetworkInterfaceId",
    "InstanceId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "CoreNetworkArn",
    "OdbNetworkArn",
)
STATUSES = {member.value: member for member in PeeringStatus}
GOING = frozenset({"disassociating", "disassociated", "failing", "failed"})


def tags(raw: Raw) -> Tags:
    """Return the resource's tags, sorted by key."""
    return tuple(sorted((tag["Key"], tag.get("Value", "")) for tag in raw.get("Tags") or ()))


def vpc(raw: Raw, where: Location) -> Vpc:
    """Return the VPC, its primary CIDR first."""
    return Vpc(where, raw["VpcId"], _owner(raw, where), tuple(_vpc_cidrs(raw)), tags(raw))


def subnet(raw: Raw, where: Location) -> Subnet:
    """Return the subnet."""
    return Subnet(
        where,
        raw["SubnetId"],
        raw["VpcId"],
        _owner(raw, where),
        bool(raw.get("MapPublicIpOnLaunch")),
        tags(raw),
        bool(raw.get("Ipv6Native")),
        tuple(_vpc_cidrs(raw)),
        raw.get("AvailabilityZone", ""),
    )


def route_table(raw: Raw, where: Location) -> RouteTable:
    """Return the route table, without associations that are ending or have failed."""
    here = [item for item in raw.get("Associations") or () if _state(item) not in GOING]
    return RouteTable(
        where,
        raw["RouteTableId"],
        raw["VpcId"],
        _owner(raw, where),
        any(item.get("Main") for item in here),
        tuple(sorted(item["SubnetId"] for item in here if item.get("SubnetId"))),
        tuple(sorted(item["GatewayId"] for item in here if item.get("GatewayId"))),
        tuple(route(item) for item in raw.get("Routes") or ()),
        tags(raw),
    )


def route(raw: Raw) -> Route:
    """Return the route; its destination is None if it goes to a prefix list."""
    cidr = raw.get("DestinationCidrBlock") or raw.get("DestinationIpv6CidrBlock")
    listed = raw.get("DestinationPrefixListId") or ""
    state = raw.get("State", "active")
    target = next((raw[name] for name in TARGETS if raw.get(name)), "")
    return Route(
        network(cidr) if cidr else None,
        target,
        blackhole=state == "blackhole",
        odd=state not in ("active", "blackhole"),
        static=not listed and raw.get("Origin", "CreateRoute") == "CreateRoute",
        prefix_list=listed,
    )


def prefix_list(list_id: str, entries: list[Raw], where: Location) -> PrefixList:
    """Return the list with the networks of its entries."""
    return PrefixList(where, list_id, tuple(network(entry["Cidr"]) for entry in entries))


def peering(raw: Raw, where: Location) -> PeeringConnection:
    """Return the peering connection as this location sees it."""
    status = raw.get("Status") or {}
    code = status.get("Code", "")
    known = STATUSES.get(code)
    requester = raw.get("RequesterVpcInfo") or {}
    return PeeringConnection(
        where,
        raw["VpcPeeringConnectionId"],
        known or PeeringStatus.UNKNOWN,
        side(requester, where),
        side(raw.get("AccepterVpcInfo") or {}, where),
        tags(raw),
        _multipath(raw, requester),
        status.get("Message", "") if known else str(code),
        _expires(raw),
    )


def side(raw: Raw, where: Location) -> Side:
    """Return one side; CIDRs are empty where EC2 hides them, options off where it omits them."""
    options = raw.get("PeeringOptions") or {}
    return Side(
        Location(raw.get("OwnerId", where.account_id), raw.get("Region", where.region)),
        raw.get("VpcId", ""),
        tuple(_side_cidrs(raw)),
        bool(options.get("AllowDnsResolutionFromRemoteVpc")),
    )


def _expires(raw: Raw) -> int:
    """Return when the request expires; shown only while it is unaccepted. Source: EC2 API reference."""
    expires = raw.get("ExpirationTime")
    return int(expires.timestamp()) if expires else 0


def _multipath(raw: Raw, requester: Raw) -> bool:
    """Tell whether accepting turns on multipath resilience; a status we do not know counts as yes."""
    asked = (requester.get("PeeringOptions") or {}).get("AllowMultipathResilience")
    return bool(asked) or raw.get("MultipathResilienceStatus", "disabled") != "disabled"


def _owner(raw: Raw, where: Location) -> str:
    return str(raw.get("OwnerId") or where.account_id)


def _state(raw: Raw) -> str:
    return str((raw.get("AssociationState") or raw.get("CidrBlockState") or {}).get("State", ""))


def _side_cidrs(raw: Raw) -> Iterator[Network]:
    primary = raw.get("CidrBlock")
    blocks = [item.get("CidrBlock") for item in raw.get("CidrBlockSet") or ()]
    six = [item.get("Ipv6CidrBlock") for item in raw.get("Ipv6CidrBlockSet") or ()]
    return _each_once([primary, *blocks, *six])


def _vpc_cidrs(raw: Raw) -> Iterator[Network]:
    """Yield the networks of a VPC, or of a subnet: it has one primary IPv4 network at most."""
    four = [i for i in raw.get("CidrBlockAssociationSet") or () if _state(i) not in GOING]
    six = [i for i in raw.get("Ipv6CidrBlockAssociationSet") or () if _state(i) not in GOING]
    blocks = [item.get("CidrBlock") for item in four]
    return _each_once([raw.get("CidrBlock"), *blocks, *(i.get("Ipv6CidrBlock") for i in six)])


def _each_once(cidrs: list[str | None]) -> Iterator[Network]:
    return (network(cidr) for cidr in dict.fromkeys(cidrs) if cidr)
