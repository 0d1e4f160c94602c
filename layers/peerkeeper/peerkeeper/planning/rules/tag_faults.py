"""Report every Peerkeeper tag whose key or value is not on the closed list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import PeeringConnection, RouteTable, Subnet, Vpc
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_faults import faults

if TYPE_CHECKING:  # few functions load them
    from peerkeeper.values.vpc_endpoints import VpcEndpoint
    from peerkeeper.values.zones import HostedZone


def tag_faults(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each faulty tag on what was read."""
    tagged: Iterable[Vpc | Subnet | RouteTable | PeeringConnection | HostedZone | VpcEndpoint] = (
        chain(
            seen.vpcs.values(),
            seen.subnets.values(),
            seen.route_tables.values(),
            seen.peerings.values(),
            (zone for each in seen.zones.values() for zone in each.tagged),
            seen.vpc_endpoints.values(),
        )
    )
    for resource in tagged:
        for words in faults(resource.tags):
            yield Finding(Code.TAG_FAULT, resource.location, resource.id, f"{resource.id}: {words}")
