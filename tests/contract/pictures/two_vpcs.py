"""Two VPCs on the local cloud, as they are before Peerkeeper acts and after.

In: nothing. Out: what EC2 says of either at both moments, and the seconds between.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_local.story.handiwork import new_table, new_vpc
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage, target_of
from peerkeeper_local.telling.names import CITIES

NETWORKS = {SEOUL: "10.39.0.0/16", TOKYO: "10.40.0.0/16"}
SUBNETS = {SEOUL: "10.39.64.0/20", TOKYO: "10.40.64.0/20"}


@dataclass(frozen=True, slots=True)
class VpcSeen:
    """One VPC: routes of the table of its subnet, as (destination, target)."""

    city: str
    region: str
    cidr: str
    tag: str
    dns_names: bool
    routes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One moment: `at` in seconds since the request, and whether private names resolve over the peering."""

    at: float
    status: str
    dns: tuple[bool, bool]
    vpcs: tuple[VpcSeen, VpcSeen]


def before_and_after() -> tuple[Seen, Seen]:
    """Play the request of two VPCs whose tags agree; return what was seen at once and in the end."""
    with Stage("full") as stage:
        for region, network in NETWORKS.items():
            _vpc(stage, region, network)
        stage.pump.advance(60)
        began = stage.cloud.clock.now()
        reply = stage.ec2(SEOUL).create_vpc_peering_connection(
            VpcId=stage.id(SEOUL), PeerVpcId=stage.id(TOKYO), PeerRegion=TOKYO
        )
        stage.names["seoul-tokyo"] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        # The request is visible in the other region after some seconds.
        while stage.peering(TOKYO).get("Status", {}).get("Code") != "pending-acceptance":
            stage.pump.advance(1)
        before = _seen(stage, 0.0)
        stage.pump.advance(600)
        return before, _seen(stage, max(call.at for call in stage.writes()) - began)


def _vpc(stage: Stage, region: str, network: str) -> None:
    ec2 = stage.ec2(region)
    vpc, _ = new_vpc(ec2, network)
    table = new_table(ec2, vpc)
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=SUBNETS[region])["Subnet"]["SubnetId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    tags = [{"Key": "peerkeeper:peers", "Value": "self"}]
    ec2.create_tags(Resources=[vpc], Tags=tags)
    stage.names |= {region: vpc, f"{region}-private": table}


def _seen(stage: Stage, at: float) -> Seen:
    peering = stage.peering(SEOUL)
    sides = [peering[f"{side}VpcInfo"] for side in ("Requester", "Accepter")]
    dns = [side.get("PeeringOptions", {}).get("AllowDnsResolutionFromRemoteVpc") for side in sides]
    vpcs = [_vpc_seen(stage, region) for region in NETWORKS]
    return Seen(at, peering["Status"]["Code"], (bool(dns[0]), bool(dns[1])), (vpcs[0], vpcs[1]))


def _vpc_seen(stage: Stage, region: str) -> VpcSeen:
    ec2, vpc = stage.ec2(region), stage.id(region)
    (found,) = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    dns = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    routes = sorted(
        (route["DestinationCidrBlock"], _target(route))
        for table in stage.tables(region, region)
        if table["RouteTableId"] == stage.id(f"{region}-private")
        for route in table["Routes"]
    )
    (tag,) = found["Tags"]
    return VpcSeen(
        CITIES[region],
        region,
        found["CidrBlock"],
        f"{tag['Key']}={tag['Value']}",
        dns["EnableDnsHostnames"]["Value"],
        tuple(routes),
    )


def _target(route: dict[str, str]) -> str:
    """Return what the picture calls a target; an id would be another each time it is made."""
    target = target_of(route)
    return "the peering" if target.startswith("pcx-") else target
