"""Accept a request and route both sides with the raw signer, in three waves: look, accept, route.

In: PCX, FROM and TO, its Regions, and VPC_FROM and VPC_TO. Out: nothing; it raises where a call fails.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from xml.etree.ElementTree import Element

from benchmarks.peers.raw_ec2 import RawEc2

MOST = 6
"""Calls of one wave."""


def tables(region: str, vpc: str) -> list[str]:
    """Return the tables of a VPC."""
    asked = {"Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpc}
    listed = RawEc2(region).call("DescribeRouteTables", **asked).findall("{*}routeTableSet/{*}item")
    return [one.findtext("{*}routeTableId") or "" for one in listed]


def route(region: str, table: str, cidr: str, pcx: str) -> Element:
    """Make one route."""
    asked = {"RouteTableId": table, "DestinationCidrBlock": cidr, "VpcPeeringConnectionId": pcx}
    return RawEc2(region).call("CreateRoute", **asked)


def main() -> None:
    """Do it."""
    pcx, there, here = (os.environ[name] for name in ("PCX", "FROM", "TO"))
    theirs, ours = os.environ["VPC_FROM"], os.environ["VPC_TO"]
    with ThreadPoolExecutor(MOST) as pool:
        by_id = {"VpcPeeringConnectionId.1": pcx}
        looks = [
            pool.submit(RawEc2(here).call, "DescribeVpcPeeringConnections", **by_id),
            pool.submit(RawEc2(here).call, "DescribeVpcs", **{"VpcId.1": ours}),
        ]
        their_tables, our_tables = (
            pool.submit(tables, there, theirs),
            pool.submit(tables, here, ours),
        )
        if "peerkeeper:peers" not in "".join(looks[1].result().itertext()):
            raise SystemExit("its owner has not agreed")
        looks[0].result()
        listed = [(there, each) for each in their_tables.result()]
        listed += [(here, each) for each in our_tables.result()]
        taken = RawEc2(here).call("AcceptVpcPeeringConnection", VpcPeeringConnectionId=pcx)
        cidrs = {
            there: taken.findtext(".//{*}accepterVpcInfo/{*}cidrBlock") or "",
            here: taken.findtext(".//{*}requesterVpcInfo/{*}cidrBlock") or "",
        }
        for made in [pool.submit(route, at, one, cidrs[at], pcx) for at, one in listed]:
            made.result()


if __name__ == "__main__":
    main()
