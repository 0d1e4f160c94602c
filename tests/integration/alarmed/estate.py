"""A small estate in two regions, whose alarms are watched: what people and tools can do to it.

In: the mode and other parameters. Out: the estate, lived in virtual time, a sweep each quarter of an hour.
Every stack has its topics, so that each alarm tells somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from peerkeeper_local.alarms import Measured
from peerkeeper_local.cloud import Delays
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage
from tests.integration.alarms import Ring, rings, rung

MINUTE, QUARTER = 60.0, 900.0
QUICK = Delays(initiating=0.0, provisioning=12.0, deleting=0.0)
TOPICS = {
    "AlarmTopicArn": "arn:aws:sns:ap-northeast-2:111122223333:alarms",
    "NoticeTopicArn": "arn:aws:sns:ap-northeast-2:111122223333:notices",
}
PEERS = {"peerkeeper:peers": "self"}


class Estate(Stage):
    """Three VPCs that agree: two in Seoul, one in Tokyo; the first is peered with the other two."""

    def __init__(self, mode: str, **parameters: str) -> None:
        super().__init__(mode, QUICK, **TOPICS, **parameters)
        self.guests: dict[str, str] = {}
        """By region: the VPC that came last, and goes when the next comes."""

    def set_up(self) -> None:
        super().set_up()
        for region in self.regions:
            self.drop_default_vpc(region)
        self.measured = Measured(self.pump)
        self.made = self.cloud.clock.now()
        for name, region, cidr in (
            ("hub", SEOUL, "10.1.0.0/16"),
            ("peer", SEOUL, "10.2.0.0/16"),
            ("far", TOKYO, "10.3.0.0/16"),
        ):
            self.names[name] = self.vpc(region, cidr, PEERS)
            self.subnet(name, region, cidr)
        self.tables_of = {
            "hub": self.table(SEOUL, "hub"),
            "peer": self.table(SEOUL, "peer"),
            "far": self.table(TOKYO, "far"),
        }
        self.ask("hub", "far", TOKYO)
        self.ask("hub", "peer", SEOUL)
        self.pump.advance(10 * MINUTE)

    def drop_default_vpc(self, region: str) -> None:
        """Delete the region's default VPC, as many owners do; every sweep would read it."""
        ec2 = self.ec2(region)
        (vpc,) = (one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"])
        for subnet in ec2.describe_subnets()["Subnets"]:
            ec2.delete_subnet(SubnetId=subnet["SubnetId"])
        for gateway in ec2.describe_internet_gateways()["InternetGateways"]:
            there = {"InternetGatewayId": gateway["InternetGatewayId"]}
            ec2.detach_internet_gateway(**there, VpcId=vpc)
            ec2.delete_internet_gateway(**there)
        ec2.delete_vpc(VpcId=vpc)

    def vpc(
        self, region: str, cidr: str, tags: Mapping[str, str], account: str | None = None
    ) -> str:
        said = [{"Key": key, "Value": value} for key, value in tags.items()]
        asked = [{"ResourceType": "vpc", "Tags": said}] if said else []
        made = self.ec2(region, account).create_vpc(CidrBlock=cidr, TagSpecifications=asked)
        return str(made["Vpc"]["VpcId"])

    def subnet(self, name: str, region: str, cidr: str) -> None:
        narrow = cidr.replace("/16", "/24")
        made = self.ec2(region).create_subnet(VpcId=self.id(name), CidrBlock=narrow)
        self.names[f"{name}-subnet"] = made["Subnet"]["SubnetId"]

    def table(self, region: str, name: str) -> str:
        (main,) = self.tables(region, name)
        return str(main["RouteTableId"])

    def ask(self, one: str, other: str, region: str) -> str:
        reply = self.ec2(SEOUL).create_vpc_peering_connection(
            VpcId=self.id(one), PeerVpcId=self.id(other), PeerRegion=region
        )
        pcx = str(reply["VpcPeeringConnection"]["VpcPeeringConnectionId"])
        self.names[f"{one}-{other}"] = pcx
        return pcx

    def guest(self, region: str) -> None:
        """A VPC comes that asks for DNS hostnames, and the one before it goes."""
        last = self.guests.pop(region, None)
        if last:
            self.ec2(region).delete_vpc(VpcId=last)
        self.guests[region] = self.vpc(region, "10.9.0.0/16", {"peerkeeper:dns": "enforce"})

    def end(self, pair: str) -> None:
        self.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=self.id(pair))

    def live(self, hours: int, deed: Callable[[Estate, int], Any], *, sweeps: bool = True) -> None:
        """Live so many hours; `deed` is done some minutes after each begins."""
        begin = self.cloud.clock.now()
        for quarter in range(hours * 4):
            if sweeps:
                self.pump.sweep()
            self.until(begin + quarter * QUARTER + 7 * MINUTE)
            if quarter % 4 == 0:
                deed(self, quarter // 4)
            self.until(begin + (quarter + 1) * QUARTER)

    def until(self, at: float) -> None:
        """Let time pass until then."""
        self.pump.advance(at - self.cloud.clock.now())

    def rings(self) -> list[Ring]:
        """Return each time that an alarm rang since the stack was made."""
        return rings(self.pump.hub.alarms, self.measured, self.made, self.cloud.clock.now())

    def rung(self, since: float | None = None) -> Counter[str]:
        """Return the alarms that rang since the stack was made, or since then."""
        begin = self.made if since is None else since
        return rung(self.pump.hub.alarms, self.measured, begin, self.cloud.clock.now())
