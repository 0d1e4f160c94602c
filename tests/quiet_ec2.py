"""Clients that count: a converged world of two locations behind botocore's names, and a queue.

Filters are not looked at: every read shows all there is in its location. Nothing is due in this world.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from unittest.mock import patch

from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading import WhatToRead
from peerkeeper.runner import Runner
from peerkeeper.values.ec2 import Location
from peerkeeper.values.scope import Function

from tests.builders import (
    ENVIRONMENT,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
)

SIDES = {
    SEOUL: (SEOUL_VPC, "10.39.0.0/16", SEOUL_TABLE, "172.31.0.0/16"),
    TOKYO: (TOKYO_VPC, "172.31.0.0/16", TOKYO_TABLE, "10.39.0.0/16"),
}
REPLIES = {
    "describe_vpcs": "Vpcs",
    "describe_subnets": "Subnets",
    "describe_route_tables": "RouteTables",
    "describe_vpc_peering_connections": "VpcPeeringConnections",
}


class QuietEc2:
    """One location's EC2 client."""

    def __init__(self, where: Location, clients: QuietClients) -> None:
        self.where = where
        self.clients = clients

    def get_paginator(self, name: str) -> SimpleNamespace:
        def paginate(**_):
            self.clients.calls[self.where, name] += 1
            return [{REPLIES[name]: self.clients.shown(self.where, name)}]

        return SimpleNamespace(paginate=paginate)

    def describe_vpc_attribute(self, *, Attribute, **_):
        self.clients.calls[self.where, "describe_vpc_attribute"] += 1
        return {Attribute[:1].upper() + Attribute[1:]: {"Value": True}}

    def __getattr__(self, name: str):
        raise AssertionError(f"nothing is due, yet {name} is called in {self.where}")


class QuietClients:
    """Stands for `peerkeeper.aws.clients.Clients`."""

    def __init__(
        self,
        tags: tuple[tuple[str, str], ...] = (("peerkeeper:peers", "self"),),
        status: str = "active",
    ) -> None:
        self.status = status
        self.calls: Counter[tuple[Location, str]] = Counter()
        self.sent: list[str] = []
        self.tags = [{"Key": key, "Value": value} for key, value in tags]
        self.sqs = SimpleNamespace(send_message=self._send)
        self._ec2 = {where: QuietEc2(where, self) for where in SIDES}

    def ec2(self, where: Location) -> QuietEc2:
        return self._ec2[where]

    def trim(self) -> None:
        """No role is ever refused here."""

    def _send(self, *, MessageBody, **_):
        self.sent.append(MessageBody)

    def shown(self, where: Location, name: str) -> list[dict[str, object]]:
        vpc, cidr, table, peer_cidr = SIDES[where]
        match name:
            case "describe_vpcs":
                return [{"VpcId": vpc, "CidrBlock": cidr, "Tags": self.tags}]
            case "describe_route_tables":
                routes = [
                    {
                        "DestinationCidrBlock": cidr,
                        "GatewayId": "local",
                        "Origin": "CreateRouteTable",
                    },
                    {"DestinationCidrBlock": peer_cidr, "VpcPeeringConnectionId": PCX},
                ]
                return [
                    {
                        "RouteTableId": table,
                        "VpcId": vpc,
                        "Associations": [{"Main": True}],
                        "Routes": routes,
                    }
                ]
            case "describe_vpc_peering_connections":
                return [
                    {
                        "VpcPeeringConnectionId": PCX,
                        "Status": {"Code": self.status},
                        "RequesterVpcInfo": _side(SEOUL),
                        "AccepterVpcInfo": _side(TOKYO),
                    }
                ]
            case _:
                return []


def _side(where: Location) -> dict[str, object]:
    vpc, cidr, _, _ = SIDES[where]
    return {
        "OwnerId": where.account_id,
        "Region": where.region,
        "VpcId": vpc,
        "CidrBlock": cidr,
        "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": True},
    }


QUEUES = {f"PEERKEEPER_QUEUE_{name.upper()}": f"https://queue.example/{name}" for name in Function}
CONTEXT = SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)


def quiet_runner(function: Function, look: WhatToRead) -> Runner:
    """The real Runner; no client of botocore's is made, so nothing looks for credentials."""
    with patch("peerkeeper.runner.Clients", lambda *_: QuietClients()):
        return Runner(Job(function, look, RULES_OF[Function.SWEEP]), {**ENVIRONMENT, **QUEUES})
