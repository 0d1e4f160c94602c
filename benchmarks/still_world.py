"""A large account in which nothing changes: VPCs with four tables each, peered with a partner's account.

In: a size. Out: what EC2 describes in a Region. In every tenth peering no table has its route, and each way
of sweeping must find that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zlib import crc32

ACCOUNT, PARTNER = "111122223333", "444455556666"
TABLES_A_VPC = 4
DRIFT = 10


@dataclass(frozen=True, slots=True)
class Size:
    """How large the account is: Regions, and in each of them VPCs and peerings."""

    name: str
    regions: int
    vpcs: int
    peerings: int

    @property
    def tables_without(self) -> int:
        """Return how many tables, in all Regions, have no route to any peering."""
        without = {pcx % self.vpcs for pcx in range(self.peerings) if _drifts(pcx)}
        return len(without) * TABLES_A_VPC * self.regions


SMALL, MEDIUM, LARGE = Size("small", 2, 5, 5), Size("medium", 8, 20, 30), Size("large", 17, 40, 80)


def described(size: Size, region: str) -> dict[str, list[dict[str, Any]]]:
    """Return what the four describes list in a Region."""
    numbers = range(size.vpcs * TABLES_A_VPC)
    return {
        "VpcPeeringConnections": [_peering(size, region, n) for n in range(size.peerings)],
        "Vpcs": [_vpc(region, n) for n in range(size.vpcs)],
        "Subnets": [_subnet(region, n) for n in numbers],
        "RouteTables": [_table(size, region, n) for n in numbers],
    }


def id_of(kind: str, region: str, n: int) -> str:
    """Return an id that no other Region has."""
    return f"{kind}-{crc32(region.encode()):013x}{n:04x}"


def _drifts(pcx: int) -> bool:
    return pcx % DRIFT == 4


def _vpc(region: str, n: int) -> dict[str, Any]:
    block = {"CidrBlock": f"10.{n}.0.0/16", "CidrBlockState": {"State": "associated"}}
    return {
        "VpcId": id_of("vpc", region, n),
        "OwnerId": ACCOUNT,
        "CidrBlock": block["CidrBlock"],
        "CidrBlockAssociationSet": [block],
        "Tags": [{"Key": "peerkeeper:peers", "Value": PARTNER}],
        "IsDefault": False,
    }


def _subnet(region: str, n: int) -> dict[str, Any]:
    vpc, third = divmod(n, TABLES_A_VPC)
    return {
        "SubnetId": id_of("subnet", region, n),
        "VpcId": id_of("vpc", region, vpc),
        "OwnerId": ACCOUNT,
        "MapPublicIpOnLaunch": False,
        "CidrBlock": f"10.{vpc}.{third}.0/24",
    }


def _table(size: Size, region: str, n: int) -> dict[str, Any]:
    vpc = n // TABLES_A_VPC
    local = {"DestinationCidrBlock": f"10.{vpc}.0.0/16", "GatewayId": "local"}
    there = [
        {
            "DestinationCidrBlock": _partners_network(pcx),
            "VpcPeeringConnectionId": id_of("pcx", region, pcx),
        }
        for pcx in range(vpc, size.peerings, size.vpcs)
        if not _drifts(pcx)
    ]
    return {
        "RouteTableId": id_of("rtb", region, n),
        "VpcId": id_of("vpc", region, vpc),
        "OwnerId": ACCOUNT,
        "Associations": [{"SubnetId": id_of("subnet", region, n), "Main": False}],
        "Routes": [
            {**route, "State": "active", "Origin": "CreateRoute"} for route in (local, *there)
        ],
    }


def _peering(size: Size, region: str, n: int) -> dict[str, Any]:
    vpc = n % size.vpcs
    return {
        "VpcPeeringConnectionId": id_of("pcx", region, n),
        "Status": {"Code": "active"},
        "RequesterVpcInfo": _side(ACCOUNT, region, id_of("vpc", region, vpc), f"10.{vpc}.0.0/16"),
        "AccepterVpcInfo": _side(
            PARTNER, region, id_of("vpc", region, 256 + n), _partners_network(n)
        ),
    }


def _side(account: str, region: str, vpc: str, cidr: str) -> dict[str, Any]:
    return {
        "OwnerId": account,
        "Region": region,
        "VpcId": vpc,
        "CidrBlock": cidr,
        "CidrBlockSet": [{"CidrBlock": cidr}],
        "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": True},
    }


def _partners_network(pcx: int) -> str:
    return f"172.{16 + pcx // 16}.{pcx % 16 * 16}.0/20"
