"""Thirty VPCs as people have them: few tags, routes made by hand, Kubernetes, a firewall, hostnames off.

In: nothing. Out: the estate on a local cloud, made while nobody listened, as before Peerkeeper came.
"""

from __future__ import annotations

from peerkeeper_local.story.stage import target_of
from tests.integration.mixed.hands import PODS, Hands
from tests.integration.mixed.log import Log

EVERYBODY = range(1, 31)
KUBERNETES = range(10, 20)
HUB, DATA, APPS, LAB, EDGE = range(1, 6)
PUBLIC = (HUB, APPS, LAB, EDGE, 9, 14, 19, 24, 29)
FIREWALLED = (HUB, EDGE, 7, 16)
MEET = [
    *((HUB, other) for other in (10, 11, 20, 21)),
    *((DATA, other) for other in (12, 22)),
    (APPS, 23),
    *((EDGE, other) for other in (24, 25)),
    (LAB, 26),
    *((one, 20 + (one + step) % 10) for one in KUBERNETES for step in (0, 3)),
    *((one, 6 + one % 4) for one in KUBERNETES),
]
"""The forty peerings made by hand. Two VPCs that both hold the pods' network cannot meet."""
OLD, GONE = (6, 7), (8, 9)
"""A request that waits for three days already, and a peering that is gone, its routes left behind."""
THREE_DAYS = 3 * 86_400


class Estate(Hands):
    """The estate, and what Peerkeeper tells and measures from then on."""

    def set_up(self) -> None:
        super().set_up()
        self.pcxs: dict[tuple[int, int], str] = {}
        self.pump.cut()
        for number in EVERYBODY:
            self._make(number)
        self._old()
        for one, other in MEET:
            self.ask(one, other)
            self.accept(one, other)
            self.cloud.clock.advance(20)
            self.route_both(one, other)
        self._say()
        self.pump.run()
        self.pump.join()
        self.log = Log(self.pump)

    def _make(self, number: int) -> None:
        """Make a VPC with a subnet in its main table; some lead to the internet, some through a firewall."""
        vpc = self.vpc(number)
        if number in KUBERNETES:
            self.of(number).associate_vpc_cidr_block(VpcId=vpc.id, CidrBlock=PODS)
        if number % 4 == 0:
            self.host_names(number, on=True)
        self.subnet(number, "private", 0)
        if number in {*PUBLIC, *FIREWALLED}:
            self.attach(number)
        if number in PUBLIC:
            self.public(number, "public", 1)
        if number in FIREWALLED:
            self.firewall(number)

    def _old(self) -> None:
        self.ask(*OLD)
        self.ask(*GONE)
        self.accept(*GONE)
        self.cloud.clock.advance(20)
        self.route_both(*GONE)
        self.end(*GONE)
        self.cloud.clock.advance(THREE_DAYS)

    def _say(self) -> None:
        """Tag five of them."""
        self.tag(HUB, peers="self")
        self.tag(DATA, peers="self")
        self.tag(APPS, peers=self.vpcs[HUB].id, dns="leave")
        self.tag(LAB, peers="self", exempt="true")
        self.tag(EDGE, dns="enforce", public_ip="enforce")

    def tag(self, number: int, **said: str) -> None:
        tags = [
            {"Key": "peerkeeper:" + key.replace("_", "-"), "Value": value}
            for key, value in said.items()
        ]
        self.of(number).create_tags(Resources=[self.vpcs[number].id], Tags=tags)

    def ask(self, one: int, other: int) -> None:
        reply = self.of(one).create_vpc_peering_connection(
            VpcId=self.vpcs[one].id,
            PeerVpcId=self.vpcs[other].id,
            PeerRegion=self.vpcs[other].region,
        )
        pcx = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.pcxs[one, other] = pcx

    def accept(self, one: int, other: int) -> None:
        pcx = self.pcxs[one, other]
        self.of(other).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)

    def reject(self, one: int, other: int) -> None:
        pcx = self.pcxs[one, other]
        self.of(other).reject_vpc_peering_connection(VpcPeeringConnectionId=pcx)

    def end(self, one: int, other: int) -> None:
        pcx = self.pcxs[one, other]
        self.of(one).delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)

    def route(self, one: int, other: int, pair: tuple[int, int]) -> None:
        """Route the other by hand, in the main table alone, as people do."""
        pcx = self.pcxs[pair]
        self.send(one, "main", self.vpcs[other].cidr, VpcPeeringConnectionId=pcx)

    def route_both(self, one: int, other: int) -> None:
        self.route(one, other, (one, other))
        self.route(other, one, (one, other))

    def routed(self, one: int, other: int) -> set[str]:
        """The names of the tables of the first that send the other's network to a peering."""
        shown = self.of(one).describe_route_tables(RouteTableIds=[*self.vpcs[one].tables.values()])
        names = {table: name for name, table in self.vpcs[one].tables.items()}
        return {
            names[table["RouteTableId"]]
            for table in shown["RouteTables"]
            for route in table["Routes"]
            if route.get("DestinationCidrBlock") == self.vpcs[other].cidr
            and target_of(route).startswith("pcx-")
        }

    def without_public_ip(self) -> set[tuple[int, str]]:
        """The subnets whose public IP is off, by number and name."""
        return {
            (number, name)
            for number, vpc in self.vpcs.items()
            for name, subnet in vpc.subnets.items()
            for shown in self.of(number).describe_subnets(SubnetIds=[subnet])["Subnets"]
            if not shown["MapPublicIpOnLaunch"]
        }
