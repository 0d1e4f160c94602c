"""What the owner of a network makes: a VPC, a route table, a way to the internet.

In: an EC2 client, and further parameters of the call. Out: ids. Errors: EC2's, as ClientError.
"""

from __future__ import annotations

from typing import Any


def new_vpc(ec2: Any, cidr: str, **more: Any) -> tuple[str, str]:  # noqa: ANN401 - made at run time
    """Make a VPC; return its id, and the id of its main route table."""
    vpc: str = ec2.create_vpc(CidrBlock=cidr, **more)["Vpc"]["VpcId"]
    filters = [{"Name": "vpc-id", "Values": [vpc]}]
    (main,) = ec2.describe_route_tables(Filters=filters)["RouteTables"]
    return vpc, main["RouteTableId"]


def new_table(ec2: Any, vpc: str, **more: Any) -> str:  # noqa: ANN401 - made at run time
    """Make a route table; no subnet uses it yet."""
    table: str = ec2.create_route_table(VpcId=vpc, **more)["RouteTable"]["RouteTableId"]
    return table


def new_gateway(ec2: Any, vpc: str, **more: Any) -> str:  # noqa: ANN401 - made at run time
    """Make an internet gateway and attach it; no route leads there yet."""
    made = ec2.create_internet_gateway(**more)
    gateway: str = made["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    return gateway
