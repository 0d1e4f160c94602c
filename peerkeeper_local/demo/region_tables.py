"""Both regions as they stand, as tables.

In: a stage. Out: renderables. Reads EC2 as the operator; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from peerkeeper_local.demo.names import CITIES, Names
from peerkeeper_local.story import Stage
from peerkeeper_local.story.stage import target_of

STYLES = {
    "active": "green",
    "blackhole": "red",
    "deleted": "dim",
    "failed": "red",
    "pending-acceptance": "yellow",
}


def regions(stage: Stage, title: str) -> tuple[RenderableType, ...]:
    """Return the tables: VPCs and subnets, peerings, and routes, of both regions."""
    return (
        Text(f"\n{title}", style="bold"),
        _rows(
            "VPCs",
            ("region", "VPC", "CIDRs", "DNS host names", "public IP on launch"),
            _vpcs(stage),
        ),
        _rows(
            "Peerings",
            ("region", "peering", "status", "requester DNS", "accepter DNS"),
            _peerings(stage),
        ),
        _rows(
            "Routes", ("region", "VPC", "table", "destination", "target", "state"), _routes(stage)
        ),
    )


def _rows(title: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    table = Table(*columns, title=title, title_justify="left", header_style="bold")
    for row in rows:
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


def _routes(stage: Stage) -> Iterator[tuple[str, ...]]:
    names = Names(stage)
    for region, city in CITIES.items():
        tables = stage.ec2(region).describe_route_tables()["RouteTables"]
        for table in sorted(tables, key=lambda item: (item["VpcId"], item["RouteTableId"])):
            main = any(item.get("Main") for item in table["Associations"])
            label = "main" if main else names.known(table["RouteTableId"])
            for route in table["Routes"]:
                yield (
                    city,
                    names.known(table["VpcId"]),
                    label,
                    route.get("DestinationCidrBlock", ""),
                    names.known(target_of(route)),
                    route["State"],
                )
