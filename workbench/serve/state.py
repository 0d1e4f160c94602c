"""What the cloud holds, for machines.

In: a cloud. Out: JSON values, as EC2 describes them to the cloud's own account. Never changes it.
"""

from __future__ import annotations

from typing import Any

from workbench.cloud import LocalCloud

DESCRIBES = {
    "describe_vpcs": "Vpcs",
    "describe_subnets": "Subnets",
    "describe_route_tables": "RouteTables",
    "describe_vpc_peering_connections": "VpcPeeringConnections",
}


def state(cloud: LocalCloud) -> dict[str, Any]:
    """Return the virtual time and, by `account/region`, what each describe of its owner shows."""
    locations = {f"{cloud.account}/{region}": _described(cloud, region) for region in cloud.regions}
    return {"time": cloud.clock.utc().isoformat(), "locations": locations}


def _described(cloud: LocalCloud, region: str) -> dict[str, list[Any]]:
    ec2 = cloud.client("ec2", region)
    return {
        key: [item for page in ec2.get_paginator(call).paginate() for item in page[key]]
        for call, key in DESCRIBES.items()
    }
