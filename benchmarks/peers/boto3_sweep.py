"""Read what a sweep reads, as a good script would: boto3, 16 threads.

In: REGIONS. Out: how many tables have no route to a peering.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
from botocore.config import Config

READS = {
    "describe_vpc_peering_connections": ("VpcPeeringConnections", 1000),
    "describe_vpcs": ("Vpcs", 1000),
    "describe_subnets": ("Subnets", 1000),
    "describe_route_tables": ("RouteTables", 100),
}
THREADS = 16


def read(ec2: Any, name: str) -> list[dict[str, Any]]:  # noqa: ANN401 - made at run time
    """Return what the pages of one describe list."""
    key, size = READS[name]
    pages = ec2.get_paginator(name).paginate(PaginationConfig={"PageSize": size})
    return [one for page in pages for one in page[key]]


def main() -> None:
    """Read every Region, then the DNS hostnames of every VPC; print how many tables reach no peering."""
    config = Config(max_pool_connections=THREADS)
    session = boto3.Session()
    clients = [
        session.client("ec2", region_name=region, config=config)
        for region in os.environ["REGIONS"].split(",")
    ]
    with ThreadPoolExecutor(THREADS) as pool:
        found = {
            (number, name): pool.submit(read, ec2, name)
            for number, ec2 in enumerate(clients)
            for name in READS
        }
        asked = [
            pool.submit(
                ec2.describe_vpc_attribute, VpcId=vpc["VpcId"], Attribute="enableDnsHostnames"
            )
            for number, ec2 in enumerate(clients)
            for vpc in found[number, "describe_vpcs"].result()
        ]
        for each in asked:
            each.result()
    tables = [
        t for number in range(len(clients)) for t in found[number, "describe_route_tables"].result()
    ]
    print(sum(not any("VpcPeeringConnectionId" in route for route in t["Routes"]) for t in tables))


if __name__ == "__main__":
    main()
