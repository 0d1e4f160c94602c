"""Requests to answer, on a served local cloud: a VPC with three tables and three subnets on each side.

In: a client of each Region. Out: one new `Request` after the other, each between new VPCs that both agree.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.served import ROOT

SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
TABLES = 3
SAMPLE = ROOT / "events/create-vpc-peering-connection.json"
OF_THE_SAMPLE = ("pcx-0c0ffee0c0ffee001", "vpc-0a39a39a39a39a391", "vpc-0b31b31b31b31b310")
"""The peering, its requester in Seoul and its accepter in Tokyo."""


@dataclass(frozen=True, slots=True)
class Side:
    """A VPC, and its tables."""

    vpc: str
    cidr: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request from Seoul to Tokyo that waits for an answer."""

    pcx: str
    requester: Side
    accepter: Side

    def event(self) -> Any:  # noqa: ANN401 - JSON
        """Return the event that EventBridge sends of it."""
        text = SAMPLE.read_text()
        own = (self.pcx, self.requester.vpc, self.accepter.vpc)
        for said, this in zip(OF_THE_SAMPLE, own, strict=True):
            text = text.replace(said, this)
        return json.loads(text)


class Requests:
    """Makes requests."""

    def __init__(self, seoul: Any, tokyo: Any) -> None:  # noqa: ANN401 - made at run time
        """Take the clients, of the cloud itself and not of the slow one."""
        self._seoul, self._tokyo, self._made = seoul, tokyo, 0

    def new(self) -> Request:
        """Make one, and wait until it may be accepted."""
        sides = [_side(ec2, f"10.{self._next()}.0.0/16") for ec2 in (self._seoul, self._tokyo)]
        made = self._seoul.create_vpc_peering_connection(
            VpcId=sides[0].vpc, PeerVpcId=sides[1].vpc, PeerRegion=TOKYO
        )
        pcx = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        while self._status(pcx) != "pending-acceptance":
            time.sleep(0.05)
        return Request(pcx, *sides)

    def routes(self, request: Request) -> int:
        """Return how many routes lead to the peering, on both sides."""
        pairs = ((self._seoul, request.requester), (self._tokyo, request.accepter))
        return sum(
            route.get("VpcPeeringConnectionId") == request.pcx
            for ec2, side in pairs
            for table in ec2.describe_route_tables(RouteTableIds=[*side.tables])["RouteTables"]
            for route in table["Routes"]
        )

    def _next(self) -> int:
        self._made += 1
        return self._made

    def _status(self, pcx: str) -> str:
        found = self._tokyo.describe_vpc_peering_connections(
            Filters=[{"Name": "vpc-peering-connection-id", "Values": [pcx]}]
        )["VpcPeeringConnections"]
        return str(found[0]["Status"]["Code"]) if found else ""


def _side(ec2: Any, cidr: str) -> Side:  # noqa: ANN401 - made at run time
    vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "peerkeeper:peers", "Value": "self"}])
    for number in range(TABLES):
        third = cidr.replace("0.0/16", f"{number}.0/24")
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=third)["Subnet"]["SubnetId"]
        if number:  # the first is on the main table
            table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
            ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    listed = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    return Side(vpc, cidr, tuple(table["RouteTableId"] for table in listed))
