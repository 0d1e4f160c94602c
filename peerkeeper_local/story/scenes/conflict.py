"""A route table sends a destination elsewhere: Peerkeeper keeps that route, and says so.

In: a stage. Out: nothing; the stage's cloud shows it.
"""

from __future__ import annotations

from peerkeeper_local.story.handiwork import new_table
from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

SECONDARY = "100.64.0.0/16"


def _table_with_nat(stage: Stage) -> None:
    """Give one subnet of Tokyo a table that already sends the coming CIDR to a NAT gateway."""
    ec2 = stage.ec2(TOKYO)
    ours = [{"Name": "vpc-id", "Values": [stage.id("default")]}]
    subnets = ec2.describe_subnets(Filters=ours)["Subnets"]
    subnet = min(subnets, key=lambda each: each["AvailabilityZone"])["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    table = new_table(ec2, stage.id("default"))
    stage.names |= {"nat": nat["NatGatewayId"], "nat-table": table, "nat-subnet": subnet}
    ec2.create_tags(Resources=[table], Tags=[{"Key": "Name", "Value": "nat-table"}])
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    _send_to_nat(stage)
    stage.pump.run(max_seconds=20)


def _send_to_nat(stage: Stage) -> None:
    ec2, nat = stage.ec2(TOKYO), stage.id("nat")
    offices = ec2.create_managed_prefix_list(
        PrefixListName="offices",
        MaxEntries=1,
        AddressFamily="IPv4",
        Entries=[{"Cidr": "198.51.100.0/24"}],
    )["PrefixList"]["PrefixListId"]
    table = stage.id("nat-table")
    ec2.create_route(RouteTableId=table, DestinationCidrBlock=SECONDARY, NatGatewayId=nat)
    ec2.create_route(RouteTableId=table, DestinationPrefixListId=offices, NatGatewayId=nat)


def _grow(stage: Stage) -> None:
    stage.ec2(SEOUL).associate_vpc_cidr_block(VpcId=stage.id("my-vpc"), CidrBlock=SECONDARY)
    stage.pump.run(max_seconds=20)


def _nat_route_goes(stage: Stage) -> None:
    stage.ec2(TOKYO).delete_route(
        RouteTableId=stage.id("nat-table"), DestinationCidrBlock=SECONDARY
    )
    stage.pump.run(max_seconds=20)


NEW_TABLE = Scene(
    "Tokyo gives one subnet its own route table",
    f"nat-table sends {SECONDARY} to a NAT gateway. Peerkeeper adds the route to Seoul.",
    _table_with_nat,
)
GROWN = Scene(
    "Seoul's VPC gets a second CIDR",
    f"{SECONDARY} is in use in nat-table. Peerkeeper keeps that route, and says so.",
    _grow,
)
RESOLVED = Scene(
    "Tokyo deletes the NAT route",
    f"Now nat-table has room, and Peerkeeper routes {SECONDARY} to Seoul.",
    _nat_route_goes,
)
