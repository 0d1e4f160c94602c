"""One builder a noun, with fixed ids: Seoul asks Tokyo for a peering."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from peerkeeper.settings import Settings
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.ec2 import (
    Location,
    PeeringConnection,
    PeeringStatus,
    Route,
    RouteTable,
    Side,
    Subnet,
    Vpc,
    network,
)
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.snapshot import Snapshot

US = "111122223333"
THEM = "444455556666"
SEOUL = Location(US, "ap-northeast-2")
TOKYO = Location(US, "ap-northeast-1")
FOREIGN = Location(THEM, "ap-northeast-1")
SEOUL_VPC = "vpc-0a39a39a39a39a391"
TOKYO_VPC = "vpc-0b31b31b31b31b310"
PCX = "pcx-0c0ffee0c0ffee001"
OLD_PCX = "pcx-0c0ffee0c0ffee0d0"
SEOUL_TABLE = "rtb-0a39a39a39a39a301"
TOKYO_TABLE = "rtb-0b31b31b31b31b301"
SUBNET = "subnet-0a39a39a39a39a311"
SEOUL_CIDR = network("10.39.0.0/16")
TOKYO_CIDR = network("172.31.0.0/16")
SELF = (("peerkeeper:peers", "self"),)
ENVIRONMENT = {
    "PEERKEEPER_ACCOUNT": US,
    "PEERKEEPER_REGIONS": "ap-northeast-2,ap-northeast-1",
    "PEERKEEPER_MODE": "full",
    "AWS_REGION": "ap-northeast-2",
}


def settings(**changed: Any) -> Settings:
    return replace(settings_from(ENVIRONMENT), **changed)


def vpc(where: Location = TOKYO, **changed: Any) -> Vpc:
    seoul = where == SEOUL
    built = Vpc(
        where,
        SEOUL_VPC if seoul else TOKYO_VPC,
        where.account_id,
        (SEOUL_CIDR if seoul else TOKYO_CIDR,),
        SELF,
    )
    return replace(built, **changed)


def table(where: Location = TOKYO, *routes: Route, **changed: Any) -> RouteTable:
    seoul = where == SEOUL
    local = Route(SEOUL_CIDR if seoul else TOKYO_CIDR, "local", static=False)
    built = RouteTable(
        where,
        SEOUL_TABLE if seoul else TOKYO_TABLE,
        SEOUL_VPC if seoul else TOKYO_VPC,
        where.account_id,
        main=True,
        routes=(local, *routes),
    )
    return replace(built, **changed)


def subnet(**changed: Any) -> Subnet:
    return replace(Subnet(SEOUL, SUBNET, SEOUL_VPC, US), **changed)


def peering(where: Location = TOKYO, status: str = "active", **changed: Any) -> PeeringConnection:
    hidden = status in ("initiating-request", "pending-acceptance", "expired")
    built = PeeringConnection(
        where,
        PCX,
        PeeringStatus(status),
        Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,)),
        Side(TOKYO, TOKYO_VPC, () if hidden else (TOKYO_CIDR,)),
    )
    return replace(built, **changed)


def route(destination: str, target: str, **changed: Any) -> Route:
    return replace(Route(network(destination), target), **changed)


def snapshot(
    *resources: Any, whole: tuple[Location, ...] = (SEOUL, TOKYO), **changed: Any
) -> Snapshot:
    """What was read: all of the given locations, unless told otherwise."""
    kinds = (Describe.PEERINGS, Describe.VPCS, Describe.SUBNETS, Describe.ROUTE_TABLES)
    built = Snapshot(
        vpcs={(r.location, r.id): r for r in resources if isinstance(r, Vpc)},
        subnets={(r.location, r.id): r for r in resources if isinstance(r, Subnet)},
        route_tables={(r.location, r.id): r for r in resources if isinstance(r, RouteTable)},
        peerings={(r.location, r.id): r for r in resources if isinstance(r, PeeringConnection)},
        done=frozenset(Read(where, kind) for where in whole for kind in kinds),
    )
    return replace(built, **changed)
