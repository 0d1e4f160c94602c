"""Days of a small estate in two regions, and what goes wrong in them: for the table of what rings when.

In: the name of a day. Out: the alarms that rang. All in virtual time, a sweep each quarter of an hour; every
stack has its topics, so that each alarm tells somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from peerkeeper_local.alarms import Measured
from peerkeeper_local.cloud import Delays
from peerkeeper_local.pump import Logs
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage
from tests.integration.alarms import rung

MINUTE, QUARTER = 60.0, 900.0
QUICK = Delays(initiating=0.0, provisioning=12.0, deleting=0.0)
TOPICS = {
    "AlarmTopicArn": "arn:aws:sns:ap-northeast-2:111122223333:alarms",
    "NoticeTopicArn": "arn:aws:sns:ap-northeast-2:111122223333:notices",
}
PEERS = {"peerkeeper:peers": "self"}
PARTNER = "444455556666"


class Estate(Stage):
    """Three VPCs that agree: two in Seoul, one in Tokyo; the first is peered with the other two."""

    def __init__(self, mode: str, **parameters: str) -> None:
        super().__init__(mode, QUICK, **TOPICS, **parameters)
        self.guests: dict[str, str] = {}
        """By region: the VPC that came last, and goes when the next comes."""

    def set_up(self) -> None:
        super().set_up()
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
        """A VPC comes that asks for DNS host names, and the one before it goes."""
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
            self._until(begin + quarter * QUARTER + 7 * MINUTE)
            if quarter % 4 == 0:
                deed(self, quarter // 4)
            self._until(begin + (quarter + 1) * QUARTER)

    def _until(self, at: float) -> None:
        self.pump.advance(at - self.cloud.clock.now())

    def rung(self, since: float | None = None) -> Counter[str]:
        """Return the alarms that rang since the stack was made, or since then."""
        begin = self.made if since is None else since
        return rung(self.pump.hub.alarms, self.measured, begin, self.cloud.clock.now())


def comings_and_goings(estate: Estate, hour: int) -> None:
    """What people do on any day: VPCs and peerings come and go, tags change."""
    match hour % 4:
        case 0:
            estate.guest(SEOUL)
        case 1:
            estate.end("hub-peer")
        case 2:
            estate.ask("hub", "peer", SEOUL)
        case _:
            value = "leave" if hour % 8 == 3 else "enforce"
            tag = {"Key": "peerkeeper:dns", "Value": value}
            estate.ec2(TOKYO).create_tags(Resources=[estate.id("far")], Tags=[tag])


def nothing(_estate: Estate, _hour: int) -> None:
    """A quiet hour."""


def guests_in_seoul(estate: Estate, _hour: int) -> None:
    estate.guest(SEOUL)


def guests_in_tokyo(estate: Estate, _hour: int) -> None:
    estate.guest(TOKYO)


def guests_everywhere(estate: Estate, hour: int) -> None:
    estate.guest(TOKYO)
    comings_and_goings(estate, hour)


def trail(logs: Logs, *regions: str) -> Callable[[Estate], Any]:
    return lambda estate: estate.pump.log(logs, *regions)


def full_table(estate: Estate) -> None:
    """The quota of routes is reached, and one of ours is lost."""
    limits = estate.cloud.world.limits
    lose_route(estate)
    estate.cloud.world.limits = replace(limits, routes_per_table=1)


def denied_role(estate: Estate) -> None:
    lose_route(estate)
    estate.cloud.outages.fail("CreateRoute", "UnauthorizedOperation", times=10_000)


def lose_route(estate: Estate) -> None:
    estate.ec2(SEOUL).delete_route(
        RouteTableId=estate.tables_of["hub"], DestinationCidrBlock="10.2.0.0/16"
    )


def partner_without_dns(estate: Estate) -> None:
    """A partner's VPC has DNS off, so that EC2 refuses our side's option at each look."""
    theirs = estate.vpc(SEOUL, "10.7.0.0/16", {}, PARTNER)
    pcx = estate.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=estate.id("hub"), PeerVpcId=theirs, PeerOwnerId=PARTNER
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    tag = {"Key": "peerkeeper:approved", "Value": "true"}
    estate.ec2(SEOUL).create_tags(Resources=[pcx], Tags=[tag])
    estate.ec2(SEOUL, PARTNER).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)


def a_tool_takes_routes(estate: Estate, _hour: int) -> None:
    for _ in range(4):
        lose_route(estate)
        estate.pump.advance(60)


def a_tool_turns_addresses_on(estate: Estate, _hour: int) -> None:
    for _ in range(4):
        estate.ec2(SEOUL).modify_subnet_attribute(
            SubnetId=estate.id("hub-subnet"), MapPublicIpOnLaunch={"Value": True}
        )
        estate.pump.advance(420)


def well(_estate: Estate) -> None:
    """Nothing is wrong."""


@dataclass(frozen=True)
class Days:
    """What goes wrong, once all is well, and what people do meanwhile."""

    deed: Callable[[Estate, int], Any] = comings_and_goings
    fault: Callable[[Estate], Any] = well
    mode: str = "full"
    hours: int = 3
    sweeps: bool = True
    parameters: dict[str, str] = field(default_factory=dict)


EVERY_DAY: Mapping[str, Days] = {
    "an ordinary day": Days(),
    "an ordinary day, in `observe`": Days(mode="observe"),
    "nothing happens": Days(nothing),
    "a partner's VPC has DNS off": Days(fault=partner_without_dns),
    "no trail": Days(fault=trail(Logs.NOTHING)),
    "no trail, in `observe`": Days(mode="observe", fault=trail(Logs.NOTHING)),
    "the trail logs reads only in one region, nothing happens in the others": Days(
        guests_in_tokyo, trail(Logs.READS, TOKYO)
    ),
    "the same, in `observe`": Days(guests_in_tokyo, trail(Logs.READS, TOKYO), "observe"),
    "the trail logs reads only in one region, much happens in the others": Days(
        guests_everywhere, trail(Logs.READS, TOKYO)
    ),
    "a route table is full": Days(guests_in_seoul, full_table),
    "our role is denied `CreateRoute`": Days(guests_in_seoul, denied_role),
    "a tool takes our routes away": Days(a_tool_takes_routes),
    "a tool turns public IPs on": Days(
        a_tool_turns_addresses_on,
        parameters={"EnforceIn": "all", "SubnetPublicIp": "never"},
    ),
    "no sweep runs": Days(hours=5, sweeps=False),
}


def lived(days: Days) -> Counter[str]:
    """Live an hour without fault, then more with it; return which alarms rang, and how often."""
    with Estate(days.mode, **days.parameters) as estate:
        estate.live(1, nothing)
        days.fault(estate)
        estate.live(days.hours, days.deed, sweeps=days.sweeps)
        return estate.rung()
