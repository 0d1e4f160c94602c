"""Judges each of Peerkeeper's writes by the tags and routes of its moment, on terms of its own.

In: every call to EC2, from the first. Out: writes that nobody's tags asked for, in words. It asks no code of
Peerkeeper's: it keeps tags, routes and ended peerings by the calls alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peerkeeper_local.cloud import Call

Tags = Mapping[str, str]


class Replay:
    """Plays the calls again, one after the other."""

    def __init__(self) -> None:
        self.tags: dict[str, dict[str, str]] = {}
        self.vpc_of: dict[str, str] = {}
        """VPC by subnet and by route table."""
        self.routes: dict[tuple[str, str], str] = {}
        self.ended: set[str] = set()
        self.judged = 0
        """Writes to settings and deletes that were judged."""

    def broken(self, calls: Iterable[Call]) -> Iterator[str]:
        """Yield each write of Peerkeeper's that it should not have made, its failed ones too."""
        for call in calls:
            if ":assumed-role/peerkeeper-" in call.principal:
                yield from self._judge(call.action, call.params)
            if call.reply is not None:
                self._note(call.action, call.params, call.reply)

    def _judge(self, action: str, params: Mapping[str, Any]) -> Iterator[str]:
        match action:
            case "ModifyVpcAttribute":
                fine = asks_for_dns(self._tags(params["VpcId"]))
            case "ModifySubnetAttribute":
                tags = self._tags(self.vpc_of[params["SubnetId"]])
                fine = asks_for_no_public_ip(tags) and params["MapPublicIpOnLaunch"] == {
                    "Value": False
                }
            case "DeleteRoute":
                key = (params["RouteTableId"], params["DestinationCidrBlock"])
                fine = self.routes.get(key) in self.ended
            case "CreateRoute":
                fine = "peerkeeper:peers" in self._tags(self.vpc_of[params["RouteTableId"]])
            case _:
                return
        self.judged += 1
        if not fine:
            yield f"{action} {dict(params)}"

    def _tags(self, resource: str) -> Tags:
        return self.tags.get(resource, {})

    def _note(self, action: str, params: Mapping[str, Any], reply: Mapping[str, Any]) -> None:
        match action:
            case "CreateTags":
                said = {tag["Key"]: tag["Value"] for tag in params["Tags"]}
                for resource in params["Resources"]:
                    self.tags.setdefault(resource, {}).update(said)
            case "CreateSubnet":
                self.vpc_of[reply["Subnet"]["SubnetId"]] = params["VpcId"]
            case "DescribeRouteTables":
                for table in reply["RouteTables"]:
                    self.vpc_of[table["RouteTableId"]] = table["VpcId"]
            case "CreateRoute" | "ReplaceRoute":
                key = (params["RouteTableId"], params["DestinationCidrBlock"])
                self.routes[key] = params.get("VpcPeeringConnectionId", "elsewhere")
            case "DeleteRoute":
                del self.routes[params["RouteTableId"], params["DestinationCidrBlock"]]
            case "DeleteVpcPeeringConnection" | "RejectVpcPeeringConnection":
                self.ended.add(params["VpcPeeringConnectionId"])


def asks_for_dns(tags: Tags) -> bool:
    """Tell whether the VPC's own tags ask for DNS support and hostnames."""
    if tags.get("peerkeeper:exempt") == "true" or tags.get("peerkeeper:dns") == "leave":
        return False
    return tags.get("peerkeeper:dns") == "enforce" or bool(tags.get("peerkeeper:peers"))


def asks_for_no_public_ip(tags: Tags) -> bool:
    """Tell whether the VPC's own tags ask to switch public IPs off where a subnet is private."""
    return tags.get("peerkeeper:public-ip") == "enforce" and tags.get("peerkeeper:exempt") != "true"
