"""Two VPCs with the ids that the recorded messages name, and what they find there when they come.

In: nothing. Out: a stage on which no function has heard of anything, and scenes to be set on it.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_local.cloud import Delays
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

QUICK = Delays(initiating=0.0, provisioning=12.0, deleting=0.0)
VPCS = {SEOUL: "vpc-0a39a39a39a39a391", TOKYO: "vpc-0b31b31b31b31b310"}
TABLES = {SEOUL: "rtb-0a39a39a39a39a391", TOKYO: "rtb-0b31b31b31b31b310"}
CIDRS = {SEOUL: "10.39.0.0/16", TOKYO: "10.31.0.0/16"}
SUBNET = "subnet-0a39a39a39a39a391"
FIRST, SECOND = "pcx-0c0ffee0c0ffee001", "pcx-0c0ffee0c0ffee002"
THREE_DAYS = 3 * 86_400


class Pinned(Stage):
    """Both VPCs are tagged for peers, Seoul's for public IP as well; nobody heard of it."""

    def __init__(self, delays: Delays = QUICK, **parameters: str) -> None:
        super().__init__("full", delays, None, **parameters)
        self.steps: list[Any] = []

    def set_up(self) -> None:
        super().set_up()
        self.pump.on_step(self.steps.append)
        self.cloud.pin_ids([*VPCS.values(), *TABLES.values(), SUBNET, FIRST, SECOND])
        self.pump.cut()
        for region, cidr in CIDRS.items():
            self.ec2(region).create_vpc(CidrBlock=cidr)
        self.tag(SEOUL, "public-ip", "enforce")

    def tag(self, region: str, key: str, value: str) -> None:
        tags = [{"Key": f"peerkeeper:{key}", "Value": value}]
        self.ec2(region).create_tags(Resources=[VPCS[region]], Tags=tags)

    def ask(self) -> None:
        """Agree on both sides, and ask."""
        for region in VPCS:
            self.tag(region, "peers", "self")
        self.ec2(SEOUL).create_vpc_peering_connection(
            VpcId=VPCS[SEOUL], PeerVpcId=VPCS[TOKYO], PeerRegion=TOKYO
        )

    def accept(self, pcx: str = FIRST) -> None:
        self.ec2(TOKYO).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        self.cloud.clock.advance(20)

    def route(self, pcx: str = FIRST) -> None:
        for region, there in ((SEOUL, TOKYO), (TOKYO, SEOUL)):
            self.ec2(region).create_route(
                RouteTableId=TABLES[region],
                DestinationCidrBlock=CIDRS[there],
                VpcPeeringConnectionId=pcx,
            )

    def delete(self) -> None:
        self.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=FIRST)

    def subnet(self) -> None:
        """Make a private subnet in Seoul with public IP on."""
        self.ec2(SEOUL).create_subnet(VpcId=VPCS[SEOUL], CidrBlock="10.39.0.0/24")
        self.ec2(SEOUL).modify_subnet_attribute(
            SubnetId=SUBNET, MapPublicIpOnLaunch={"Value": True}
        )

    def asked(self) -> None:
        """A request waits, and both sides agree to it."""
        self.ask()

    def live(self) -> None:
        """A peering is live, and nothing is routed."""
        self.ask()
        self.accept()

    def dead(self) -> None:
        """A peering was deleted, its routes are left."""
        self.live()
        self.route()
        self.delete()

    def gone(self) -> None:
        """The same, three days ago: EC2 shows it no more."""
        self.dead()
        self.cloud.clock.advance(THREE_DAYS)

    def in_the_way(self) -> None:
        """The dead routes have the place of those of a second peering, which is live."""
        self.dead()
        self.ask()
        self.accept(SECOND)

    def long_in_the_way(self) -> None:
        """The same, and the first peering is gone for three days."""
        self.gone()
        self.ask()
        self.accept(SECOND)

    def built(self) -> None:
        """Seoul's VPC has DNS host names off, and a private subnet with public IP on."""
        self.tag(SEOUL, "peers", "self")
        self.subnet()

    def settings(self) -> tuple[bool, bool]:
        """Whether Seoul's VPC has DNS host names on, and its subnet public IP."""
        names = self.ec2(SEOUL).describe_vpc_attribute(
            VpcId=VPCS[SEOUL], Attribute="enableDnsHostnames"
        )
        (shown,) = self.ec2(SEOUL).describe_subnets(SubnetIds=[SUBNET])["Subnets"]
        return names["EnableDnsHostnames"]["Value"], shown["MapPublicIpOnLaunch"]
