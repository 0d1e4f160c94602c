"""Locations as large as they get, as EC2 describes them.

In: how many tables, peerings and other routes. Out: `Replies`, and the snapshot they are parsed to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peerkeeper.aws import parse
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.snapshot import Snapshot

HERE = Location("111122223333", "ap-northeast-2")
THERE = Location("111122223333", "ap-northeast-1")
OURS = "vpc-0a39a39a39a39a391"
SETTINGS = settings_from(
    {
        "PEERKEEPER_ACCOUNT": HERE.account_id,
        "PEERKEEPER_REGIONS": f"{HERE.region},{THERE.region}",
        "PEERKEEPER_MODE": "full",
        "AWS_REGION": HERE.region,
    }
)


@dataclass(frozen=True, slots=True)
class Replies:
    """What describing one location returns, pages put together."""

    vpcs: Sequence[dict[str, Any]]
    tables: Sequence[dict[str, Any]]
    peerings: Sequence[dict[str, Any]]

    def parsed(self) -> Snapshot:
        """Return the snapshot of these replies, as `observe` and `update_snapshot` make it."""
        vpcs = [parse.vpc(raw, HERE) for raw in self.vpcs]
        tables = [parse.route_table(raw, HERE) for raw in self.tables]
        peerings = [parse.peering(raw, HERE) for raw in self.peerings]
        kinds = (Describe.PEERINGS, Describe.VPCS, Describe.SUBNETS, Describe.ROUTE_TABLES)
        return Snapshot(
            vpcs={(HERE, vpc.id): vpc for vpc in vpcs},
            route_tables={(HERE, table.id): table for table in tables},
            peerings={(HERE, pcx.id): pcx for pcx in peerings},
            done=frozenset(Read(HERE, kind) for kind in kinds),
        )


def hub_and_spokes(
    tables: int, peerings: int, *, others: int = 0, routed: bool = False, twice: bool = False
) -> Replies:
    """Return one VPC with so many route tables, peered with so many others.

    Each table holds `others` routes to a transit gateway. `routed`: it holds every route it should, too.
    `twice`: each peer's network is wanted by a second peering as well, so nothing may be written.
    """
    made = [_peering(number, number // 2 if twice else number) for number in range(peerings)]
    foreign = [
        _route(f"192.168.{n // 16}.{n % 16 * 16}/28", "TransitGatewayId", "tgw-1")
        for n in range(others)
    ]
    wanted = [
        _route(
            pcx["AccepterVpcInfo"]["CidrBlock"],
            "VpcPeeringConnectionId",
            pcx["VpcPeeringConnectionId"],
        )
        for pcx in made
        if routed
    ]
    vpc = {
        "VpcId": OURS,
        "OwnerId": HERE.account_id,
        "CidrBlock": "10.0.0.0/16",
        "Tags": [{"Key": "peerkeeper:peers", "Value": "self"}],
    }
    return Replies([vpc], [_table(number, [*foreign, *wanted]) for number in range(tables)], made)


def _peering(number: int, block: int) -> dict[str, Any]:
    cidr = f"10.{64 + block // 16}.{block % 16 * 16}.0/20"
    return {
        "VpcPeeringConnectionId": f"pcx-{number:017x}",
        "Status": {"Code": "active"},
        "RequesterVpcInfo": _side(HERE, OURS, "10.0.0.0/16"),
        "AccepterVpcInfo": _side(THERE, f"vpc-{number:017x}", cidr),
    }


def _side(where: Location, vpc_id: str, cidr: str) -> dict[str, Any]:
    return {
        "OwnerId": where.account_id,
        "Region": where.region,
        "VpcId": vpc_id,
        "CidrBlock": cidr,
        "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": True},
    }


def _route(cidr: str, key: str, target: str) -> dict[str, Any]:
    return {"DestinationCidrBlock": cidr, key: target, "State": "active", "Origin": "CreateRoute"}


def _table(number: int, routes: list[dict[str, Any]]) -> dict[str, Any]:
    local = {
        "DestinationCidrBlock": "10.0.0.0/16",
        "GatewayId": "local",
        "Origin": "CreateRouteTable",
    }
    return {
        "RouteTableId": f"rtb-{number:017x}",
        "VpcId": OURS,
        "OwnerId": HERE.account_id,
        "Associations": [{"SubnetId": f"subnet-{number:017x}"}],
        "Routes": [dict(route) for route in (local, *routes)],
    }
