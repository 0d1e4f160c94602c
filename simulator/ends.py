"""How a world ended, read through clients and told by the operator's names: the same for any cloud.

In: hands. Out: plain values, without ids or times.
"""

from __future__ import annotations

from typing import Any

from simulator.hands import Hands

LISTS = {"rtb": "RouteTables", "pcx": "VpcPeeringConnections", "subnet": "Subnets"}
IDS = {
    "rtb": "route-table-id",
    "pcx": "vpc-peering-connection-id",
    "subnet": "subnet-id",
}
DESCRIBES = {
    "rtb": "describe_route_tables",
    "pcx": "describe_vpc_peering_connections",
    "subnet": "describe_subnets",
}


def end_of(hands: Hands) -> dict[str, Any]:
    """Return how everything that has a name ended."""
    by_id = {made: name for name, made in hands.names.items() if "-" in made}
    found = {}
    for name, made in hands.names.items():
        kind = made.partition("-")[0]
        if kind == "vpc" and "+" not in name:
            found[name] = _dns(hands, name, made)
        elif kind in LISTS:
            found[name] = _told(kind, _described(hands, name, kind, made), by_id)
    return found


def _dns(hands: Hands, name: str, vpc: str) -> list[bool]:
    asked = ("enableDnsSupport", "enableDnsHostnames")
    replies = [hands.home(name).describe_vpc_attribute(VpcId=vpc, Attribute=one) for one in asked]
    return [
        reply[one[0].upper() + one[1:]]["Value"] for reply, one in zip(replies, asked, strict=True)
    ]


def _described(hands: Hands, name: str, kind: str, made: str) -> dict[str, Any]:
    describe = getattr(hands.home(name), DESCRIBES[kind])
    reply = describe(Filters=[{"Name": IDS[kind], "Values": [made]}])
    return next(iter(reply[LISTS[kind]]), {})


def _told(kind: str, raw: dict[str, Any], by_id: dict[str, str]) -> Any:
    if kind == "subnet":
        return raw["MapPublicIpOnLaunch"]
    if kind == "rtb":
        return sorted(
            (route["DestinationCidrBlock"], by_id.get(target, target), route["State"])
            for route in raw["Routes"]
            for target in (route.get("VpcPeeringConnectionId") or route.get("GatewayId", ""),)
        )
    sides = (raw.get("RequesterVpcInfo", {}), raw.get("AccepterVpcInfo", {}))
    options = [
        side.get("PeeringOptions", {}).get("AllowDnsResolutionFromRemoteVpc") for side in sides
    ]
    return [raw.get("Status", {}).get("Code", "not shown"), *options]
