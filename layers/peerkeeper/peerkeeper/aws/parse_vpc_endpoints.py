"""From EC2's reply about VPC endpoints to values. `observe` loads this file only if such a read is made.

In: one endpoint as botocore gives it. Out: `VpcEndpoint`.
"""

from __future__ import annotations

from peerkeeper.aws.parse import Raw, tags
from peerkeeper.values.ec2 import Location
from peerkeeper.values.vpc_endpoints import VpcEndpoint


def vpc_endpoint(raw: Raw, where: Location) -> VpcEndpoint:
    """Return the endpoint; its type and state in small letters. Source: EC2 API reference, VpcEndpoint."""
    return VpcEndpoint(
        where,
        raw["VpcEndpointId"],
        raw.get("VpcId", ""),
        str(raw.get("OwnerId") or where.account_id),
        raw.get("ServiceName", ""),
        raw.get("VpcEndpointType", "Gateway").lower(),
        raw.get("State", "").lower(),
        tags(raw),
        tuple(sorted(raw.get("RouteTableIds") or ())),
        tuple(sorted(raw.get("SubnetIds") or ())),
        tuple(sorted(one["GroupId"] for one in raw.get("Groups") or ())),
        bool(raw.get("PrivateDnsEnabled")),
        tuple(one["DnsName"] for one in raw.get("DnsEntries") or () if one.get("DnsName")),
        bool(raw.get("RequesterManaged")),
    )
