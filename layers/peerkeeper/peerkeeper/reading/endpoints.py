"""What is read for findings about VPC endpoints: all of a location in one call, then what they rest on.

In: what was seen, locations. Out: `Read`s. The tables, VPCs and subnets are read anyway.

    an interface endpoint in our own VPC          is read next
    that has or wants private DNS                 DNS hostnames of its VPC; DNS support where those are off
    any                                           its security groups, all in one call; none where the read
                                                  of all groups of its VPC has them, or failed
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot


def endpoint_reads(seen: Snapshot, swept: Iterable[Location]) -> Iterator[Read]:
    """Yield the read of the endpoints of each location, and what these call for."""
    for where in sorted(swept):
        yield Read(where, Describe.VPC_ENDPOINTS)
    if seen.vpc_endpoints:
        from peerkeeper.planning.private_dns import wants_private_dns  # noqa: PLC0415 - most have none
        from peerkeeper.values.vpc_endpoints import INTERFACE  # noqa: PLC0415 - most have none

        for endpoint in seen.vpc_endpoints.values():
            where, vpc_id = endpoint.location, endpoint.vpc_id
            if endpoint.kind != INTERFACE or seen.is_exempt(where, vpc_id) is not False:
                continue
            if endpoint.private_dns or wants_private_dns(endpoint):
                yield Read(where, Describe.DNS_HOSTNAMES, By.VPC, vpc_id)
                if seen.dns_hostnames.get((where, vpc_id)) is False:
                    yield Read(where, Describe.DNS_SUPPORT, By.VPC, vpc_id)
            if Read(where, Describe.GROUPS, By.VPC, vpc_id) in seen.unread:
                continue
            for group_id in endpoint.group_ids:
                if (where, group_id) not in seen.security_groups:
                    yield Read(where, Describe.GROUPS, By.GROUP, group_id)
