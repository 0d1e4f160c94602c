"""Read what a sweep reads, with the raw signer: four threads a Region.

In: REGIONS. Out: how many tables have no route to a peering. These are more threads than a function should
have.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from threading import local
from xml.etree.ElementTree import Element

from benchmarks.peers.raw_ec2 import RawEc2

SIZES = {
    "DescribeVpcPeeringConnections": 1000,
    "DescribeVpcs": 1000,
    "DescribeSubnets": 1000,
    "DescribeRouteTables": 100,
}


def swept(region: str) -> int:
    """Read one Region; return how many of its tables have no route to a peering."""
    mine = local()

    def client() -> RawEc2:
        if not hasattr(mine, "ec2"):
            mine.ec2 = RawEc2(region)
        made: RawEc2 = mine.ec2
        return made

    def listed(action: str) -> list[Element]:
        return client().pages(action, SIZES[action])

    def names(vpc: Element) -> None:
        id_ = vpc.findtext("{*}vpcId") or ""
        client().call("DescribeVpcAttribute", VpcId=id_, Attribute="enableDnsHostnames")

    with ThreadPoolExecutor(len(SIZES)) as pool:
        _, vpcs, _, tables = pool.map(listed, SIZES)
        list(pool.map(names, vpcs))
    return sum(one.find(".//{*}vpcPeeringConnectionId") is None for one in tables)


if __name__ == "__main__":
    regions = os.environ["REGIONS"].split(",")
    with ThreadPoolExecutor(len(regions)) as every:
        print(sum(every.map(swept, regions)))
