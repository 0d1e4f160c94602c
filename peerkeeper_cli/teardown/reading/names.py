"""The tag Name of what a reply lists. In: a list of a reply. Out: names by id, as they may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peerkeeper_cli.estate.names import name_in

IDS = {
    "Addresses": "AllocationId",
    "EgressOnlyInternetGateways": "EgressOnlyInternetGatewayId",
    "InternetGateways": "InternetGatewayId",
    "NatGateways": "NatGatewayId",
    "NetworkAcls": "NetworkAclId",
    "NetworkInterfaces": "NetworkInterfaceId",
    "RouteTables": "RouteTableId",
    "SecurityGroups": "GroupId",
    "Subnets": "SubnetId",
    "VpcEndpoints": "VpcEndpointId",
    "VpcPeeringConnections": "VpcPeeringConnectionId",
    "Vpcs": "VpcId",
    "VpnGateways": "VpnGatewayId",
}
"""Where each list of a reply has its resources' ids."""


def names(key: str, listed: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the id and the name of each resource that has a name. `key`: the list's name in the reply."""
    if key == "Reservations":
        for one in listed:
            yield from _named("InstanceId", one["Instances"])
    elif key in IDS:
        yield from _named(IDS[key], listed)


def _named(id_key: str, listed: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Interfaces have a TagSet where all others have Tags. Source: EC2 API reference, NetworkInterface."""
    for one in listed:
        raw = one.get("Tags") or one.get("TagSet") or ()
        name = name_in(tuple((tag["Key"], tag.get("Value", "")) for tag in raw))
        if name and one.get(id_key):
            yield one[id_key], name
