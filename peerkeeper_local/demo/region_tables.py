"""Both Regions as they stand, as tables.

In: a stage. Out: renderables. Reads EC2 as the operator; writes nothing. Without `verbose`: peerings, and the
routes that lead to them or stand in their way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from peerkeeper_local.story import Stage
from peerkeeper_local.story.stage import target_of
from peerkeeper_local.telling.names import CITIES, Names

STYLES = {
    "active": "green",
    "blackhole": "red",
    "deleted": "dim",
    "failed": "red",
    "pending-acceptance": "yellow",
}
VPCS = ("Region", "VPC", "CIDRs", "DNS hostnames", "public IPs")
PEERINGS = ("Region", "peering", "status", "requester DNS", "accepter DNS")
ROUTES = ("Region", "VPC", "route table", "destination", "target", "state")
PLUMBING = ("local", "igw-")
"""How the targets begin of routes that no peering is about."""


def regions(stage: Stage, title: str, *, verbose: bool) -> Iterator[RenderableType]:
    """Yield the tables: peerings and routes; with `verbose` VPCs and every route too."""
    yield Text(f"\n{title}", style="bold")
    if verbose:
        yield _table(VPCS, _vpcs(stage))
    yield _table(PEERINGS, _peerings(stage))
    yield _table(ROUTES, _routes(stage, verbose=verbose))


def _table(columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    table = Table(header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in sorted(rows):
        table.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
    return table


def _vpcs(stage: Stage) -> Iterator[tuple[str, ...]]:
    names = Names(stage)
    for region, city in CITIES.items():
        ec2 = stage.ec2(region)
        for vpc in ec2.describe_vpcs()["Vpcs"]:
            id_ = vpc["VpcId"]
            on = ec2.describe_vpc_attribute(VpcId=id_, Attribute="enableDnsHostnames")
            subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [id_]}])["Subnets"]
            public = sum(subnet["MapPublicIpOnLaunch"] for subnet in subnets)
            cidrs = ", ".join(item["CidrBlock"] for item in vpc["CidrBlockAssociationSet"])
            state = "on" if on["EnableDnsHostnames"]["Value"] else "off"
            yield city, names.known(id_), cidrs, state, f"{public} of {len(subnets)} subnets"


def _peerings(stage: Stage) -> Iterator[tuple[str, ...]]:
    names = Names(stage)
    for region, city in CITIES.items():
        for pcx in stage.ec2(region).describe_vpc_peering_connections()["VpcPeeringConnections"]:
            yield (
                city,
                names.known(pcx["VpcPeeringConnectionId"]),
                pcx["Status"]["Code"],
                _option(pcx["RequesterVpcInfo"]),
                _option(pcx["AccepterVpcInfo"]),
            )


def _option(side: dict[str, Any]) -> str:
    options = side.get("PeeringOptions")
    if options is None:
        return "-"
    return "on" if options.get("AllowDnsResolutionFromRemoteVpc") else "off"


def _routes(stage: Stage, *, verbose: bool) -> Iterator[tuple[str, ...]]:
    names = Names(stage)
    for region, city in CITIES.items():
        for table in stage.ec2(region).describe_route_tables()["RouteTables"]:
            for route in table["Routes"]:
                if verbose or not target_of(route).startswith(PLUMBING):
                    yield (
                        city,
                        names.known(table["VpcId"]),
                        names.known(table["RouteTableId"]),
                        route.get("DestinationCidrBlock", "a prefix list"),
                        names.known(target_of(route)),
                        route["State"],
                    )
