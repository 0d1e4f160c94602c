"""Seoul's VPC, as an operator builds it: subnets public and private, tables, an internet gateway.

In: a stage. Out: resources in its cloud, under their names.
"""

from __future__ import annotations

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
    stage.names["my-vpc"] = vpc = ec2.create_vpc(CidrBlock=CIDR)["Vpc"]["VpcId"]
    stage.name_main_table(SEOUL, "my-vpc")
    stage.names["my-igw"] = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=stage.id("my-igw"), VpcId=vpc)
    for name, cidr in SUBNETS.items():
        reply = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=f"{SEOUL}{name[-1]}")
        stage.names[name] = reply["Subnet"]["SubnetId"]
    for table, prefix in TABLES.items():
        stage.names[table] = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
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
