"""The scenes, in order: what somebody does, and how long the world then runs.

In: a stage. Out: nothing; the stage's cloud shows it. Each scene builds on those before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from peerkeeper_local.story.seoul import add_internet_route, build_seoul
from peerkeeper_local.story.stage import FOREIGN_ACCOUNT, SEOUL, TOKYO, Stage, target_of

SECONDARY = "100.64.0.0/16"


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene: a title, what is about to happen, and the doing of it."""

    title: str
    tell: str
    play: Callable[[Stage], None]


def _seoul(stage: Stage) -> None:
    build_seoul(stage)
    stage.pump.run(max_seconds=20)


def _internet(stage: Stage) -> None:
    add_internet_route(stage)
    stage.pump.advance(340)  # a subnet is switched at the second look


def _tokyo(stage: Stage) -> None:
    _name_tokyo(stage)
    stage.pump.run(max_seconds=20)


def _name_tokyo(stage: Stage) -> None:
    (vpc,) = stage.ec2(TOKYO).describe_vpcs()["Vpcs"]
    stage.names["default"] = vpc["VpcId"]
    stage.name_main_table(TOKYO, "default")


def _request(stage: Stage) -> None:
    reply = stage.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=stage.id("my-vpc"), PeerVpcId=stage.id("default"), PeerRegion=TOKYO
    )
    stage.names["seoul-tokyo"] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    stage.pump.advance(60)


def _tag(region: str, name: str, seconds: float) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        tags = [{"Key": "peerkeeper:peers", "Value": "self"}]
        stage.ec2(region).create_tags(Resources=[stage.id(name)], Tags=tags)
        stage.pump.advance(seconds)

    return play


def _delete_a_route(region: str, name: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        table, route = next(
            (table, route)
            for table in stage.tables(region, name)
            for route in table["Routes"]
            if target_of(route) == stage.id("seoul-tokyo")
        )
        stage.ec2(region).delete_route(
            RouteTableId=table["RouteTableId"], DestinationCidrBlock=route["DestinationCidrBlock"]
        )

    return play


def _mended_by_event(stage: Stage) -> None:
    _delete_a_route(SEOUL, "my-vpc")(stage)
    stage.pump.run(max_seconds=20)


def _mended_by_sweep(stage: Stage) -> None:
    stage.pump.cut()
    _delete_a_route(TOKYO, "default")(stage)
    stage.pump.run(max_seconds=20)
    stage.pump.join()
    stage.pump.sweep()
    stage.pump.run(max_seconds=20)


def _nat(stage: Stage) -> None:
    _tokyo_table_with_nat(stage)
    stage.pump.run(max_seconds=20)


def _secondary(stage: Stage) -> None:
    stage.ec2(SEOUL).associate_vpc_cidr_block(VpcId=stage.id("my-vpc"), CidrBlock=SECONDARY)
    stage.pump.run(max_seconds=20)


def _tokyo_table_with_nat(stage: Stage) -> None:
    """Give one subnet of Tokyo a table that already sends the coming CIDR to a NAT gateway."""
    ec2 = stage.ec2(TOKYO)
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    table = ec2.create_route_table(VpcId=stage.id("default"))["RouteTable"]["RouteTableId"]
    stage.names.update({"nat": nat["NatGatewayId"], "nat-table": table})
    ec2.create_tags(Resources=[table], Tags=[{"Key": "Name", "Value": "nat-table"}])
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    offices = ec2.create_managed_prefix_list(
        PrefixListName="offices",
        MaxEntries=1,
        AddressFamily="IPv4",
        Entries=[{"Cidr": "198.51.100.0/24"}],
    )["PrefixList"]["PrefixListId"]
    nat_id = stage.id("nat")
    ec2.create_route(RouteTableId=table, DestinationCidrBlock=SECONDARY, NatGatewayId=nat_id)
    ec2.create_route(RouteTableId=table, DestinationPrefixListId=offices, NatGatewayId=nat_id)


def _nat_route_goes(stage: Stage) -> None:
    stage.ec2(TOKYO).delete_route(
        RouteTableId=stage.id("nat-table"), DestinationCidrBlock=SECONDARY
    )
    stage.pump.run(max_seconds=20)


def _delete(stage: Stage) -> None:
    stage.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=stage.id("seoul-tokyo"))
    stage.pump.advance(180)


def _uninvited(stage: Stage) -> None:
    theirs, ours = stage.ec2(TOKYO, FOREIGN_ACCOUNT), stage.ec2(SEOUL)
    stranger = theirs.create_vpc(CidrBlock="10.77.0.0/16")["Vpc"]["VpcId"]
    twin = ours.create_vpc(CidrBlock="172.31.0.0/20")["Vpc"]["VpcId"]
    stage.pump.run(max_seconds=20)
    foreign = theirs.create_vpc_peering_connection(
        VpcId=stranger,
        PeerVpcId=stage.id("my-vpc"),
        PeerOwnerId=stage.cloud.account,
        PeerRegion=SEOUL,
    )
    overlapping = ours.create_vpc_peering_connection(
        VpcId=twin, PeerVpcId=stage.id("default"), PeerRegion=TOKYO
    )
    for name, reply in (("foreign", foreign), ("overlapping", overlapping)):
        stage.names[name] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    stage.pump.advance(10)
    stage.pump.sweep()


def _observed(stage: Stage) -> None:
    build_seoul(stage)
    add_internet_route(stage)
    _name_tokyo(stage)
    for region, name in ((SEOUL, "my-vpc"), (TOKYO, "default")):
        _tag(region, name, 20)(stage)
    _request(stage)
    stage.pump.sweep()
    stage.pump.run(max_seconds=20)


SCENES = (
    Scene(
        "Seoul gets a VPC",
        "10.39.0.0/16, eight subnets, a public and a private route table. No internet route yet.",
        _seoul,
    ),
    Scene(
        "Seoul's public table gets its internet route",
        "0.0.0.0/0 to the internet gateway: after two looks, the four public subnets map public IPs.",
        _internet,
    ),
    Scene(
        "Tokyo has its default VPC", "172.31.0.0/16. It has all it needs; nothing is done.", _tokyo
    ),
    Scene(
        "Seoul asks Tokyo for a peering",
        "Nobody in Tokyo has agreed to it, so the request waits, and says what would let it pass.",
        _request,
    ),
    Scene(
        "Tokyo agrees",
        "Tokyo's VPC is tagged peerkeeper:peers=self: it accepts, and routes its side. Seoul has not agreed.",
        _tag(TOKYO, "default", 20),
    ),
    Scene(
        "Seoul agrees",
        "Seoul's VPC gets the same tag: its tables are routed, and DNS resolution comes on, on both sides.",
        _tag(SEOUL, "my-vpc", 60),
    ),
    Scene("Somebody deletes a route in Seoul", "The event tells of it.", _mended_by_event),
    Scene(
        "Somebody deletes a route in Tokyo, and no event arrives",
        "Event delivery is cut. The next sweep finds it.",
        _mended_by_sweep,
    ),
    Scene(
        "Tokyo gives one subnet a table of its own",
        f"It sends {SECONDARY} and a prefix list to a NAT gateway. It is routed to Seoul like the other one.",
        _nat,
    ),
    Scene(
        "Seoul's VPC grows",
        f"{SECONDARY} is added. The table that sends that to the NAT gateway stays as it is, and says so.",
        _secondary,
    ),
    Scene(
        "Tokyo takes the NAT route away",
        "The event tells of it. The table is routed, and from then on the peering carries all of it.",
        _nat_route_goes,
    ),
    Scene(
        "The peering is deleted from Seoul",
        "Its routes go in both regions. Every other route stays.",
        _delete,
    ),
    Scene(
        "Two requests that no event tells of",
        "One from a foreign account, one that EC2 fails for its overlapping CIDR: the sweep explains both.",
        _uninvited,
    ),
)
OBSERVED = Scene(
    "The same again, in mode observe",
    "A fresh cloud, the same VPCs, tags and request: what would be done is shown, and nothing is written.",
    _observed,
)
