"""Seoul's VPC, as an operator builds it: subnets public and private, tables, an internet gateway.

In: a stage. Out: resources in its cloud, under their names.
"""

from __future__ import annotations

from peerkeeper_local.story.handiwork import new_gateway, new_table, new_vpc
from peerkeeper_local.story.stage import SEOUL, Stage

CIDR = "10.39.0.0/16"
SUBNETS = {
    **{f"my-pub-2{zone}": f"10.39.{16 * n}.0/20" for n, zone in enumerate("abcd")},
    **{f"my-pvt-2{zone}": f"10.39.{64 + 16 * n}.0/20" for n, zone in enumerate("abcd")},
}
TABLES = {"my-pub": "my-pub-", "my-pvt": "my-pvt-"}
"""Route table by name, with the prefix of the subnets associated with it."""


def build_seoul(stage: Stage) -> None:
    """Make the VPC, its internet gateway, eight subnets and two associated route tables."""
    ec2 = stage.ec2(SEOUL)
    vpc, main = new_vpc(ec2, CIDR)
    stage.names |= {"my-vpc": vpc, "my-vpc-main": main, "my-igw": new_gateway(ec2, vpc)}
    for name, cidr in SUBNETS.items():
        reply = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=f"{SEOUL}{name[-1]}")
        stage.names[name] = reply["Subnet"]["SubnetId"]
    for table, prefix in TABLES.items():
        stage.names[table] = new_table(ec2, vpc)
        for name in SUBNETS:
            if name.startswith(prefix):
                ec2.associate_route_table(RouteTableId=stage.id(table), SubnetId=stage.id(name))
    for name in ("my-vpc", *SUBNETS, *TABLES):
        ec2.create_tags(Resources=[stage.id(name)], Tags=[{"Key": "Name", "Value": name}])


def add_internet_route(stage: Stage) -> None:
    """Send the public table's 0.0.0.0/0 to the internet gateway."""
    stage.ec2(SEOUL).create_route(
        RouteTableId=stage.id("my-pub"),
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=stage.id("my-igw"),
    )
