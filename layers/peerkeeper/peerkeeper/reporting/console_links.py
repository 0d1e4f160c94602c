"""Pages of the AWS console about one resource. In: a place, an id. Out: a URL, or nothing.

Hosts, with the region before each of them:

    console.aws.amazon.com         AWS General Reference, AWS Management Console endpoints
    console.amazonaws.cn           Getting Started with Amazon Web Services in China
    console.amazonaws-us-gov.com   AWS GovCloud User Guide
    console.amazonaws-eusc.eu      AWS European Sovereign Cloud, endpoints

No public page names the consoles of isolated partitions. There is no link there.

AWS documents no paths of pages. These are what the console itself shows in the address bar.
"""

from __future__ import annotations

import re

from peerkeeper.values.ec2 import Location

HOSTS = {
    "cn-": "console.amazonaws.cn",
    "us-gov-": "console.amazonaws-us-gov.com",
    "eusc-": "console.amazonaws-eusc.eu",
}
"""By what a region's name begins with."""
ELSEWHERE = "console.aws.amazon.com"
PAGES = {
    "pcx": "PeeringConnectionDetails:VpcPeeringConnectionId=",
    "rtb": "RouteTableDetails:RouteTableId=",
    "vpc": "VpcDetails:VpcId=",
}
"""By the kind that an id begins with."""
LIST = "PeeringConnections:"
ID = re.compile(r"([a-z]+)-[0-9a-f]{8,17}")


def console_link(where: Location, id_: str = "") -> str:
    """Return the page of a peering, a route table or a VPC; without an id the list of peerings."""
    read = ID.fullmatch(id_)
    page = PAGES.get(read[1]) if read else None
    if "-iso" in where.region or (id_ and not page):
        return ""
    begins = (host for start, host in HOSTS.items() if where.region.startswith(start))
    host = f"{where.region}.{next(begins, ELSEWHERE)}"
    return f"https://{host}/vpcconsole/home?region={where.region}#{page or LIST}{id_}"
