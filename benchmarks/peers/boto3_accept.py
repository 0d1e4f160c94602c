"""Accept a request and route both sides, as a simple script would: boto3, one call after the other.

In: PCX, FROM and TO, its Regions. Out: nothing; it raises where a call fails. It looks at the tag of its own
VPC first. Like most such scripts it routes every table of a VPC.
"""

from __future__ import annotations

import os
from typing import Any

import boto3


def route(ec2: Any, pcx: str, vpc: str, cidr: str) -> None:  # noqa: ANN401 - made at run time
    """Route every table of a VPC to the peering."""
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    for table in tables:
        ec2.create_route(
            RouteTableId=table["RouteTableId"],
            DestinationCidrBlock=cidr,
            VpcPeeringConnectionId=pcx,
        )


def main() -> None:
    """Do it."""
    pcx = os.environ["PCX"]
    there, here = (boto3.client("ec2", region_name=os.environ[name]) for name in ("FROM", "TO"))
    (asked,) = here.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])[
        "VpcPeeringConnections"
    ]
    ours, theirs = asked["AccepterVpcInfo"]["VpcId"], asked["RequesterVpcInfo"]["VpcId"]
    (vpc,) = here.describe_vpcs(VpcIds=[ours])["Vpcs"]
    if not any(tag["Key"] == "peerkeeper:peers" for tag in vpc.get("Tags", [])):
        raise SystemExit("its owner has not agreed")
    taken = here.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)["VpcPeeringConnection"]
    route(here, pcx, ours, taken["RequesterVpcInfo"]["CidrBlock"])
    route(there, pcx, theirs, vpc["CidrBlock"])


if __name__ == "__main__":
    main()
