"""Report every Peerkeeper tag with a wrong key or value, or on a resource where its key has no effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import PeeringConnection, RouteTable, Subnet, Vpc
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_faults import faults
from peerkeeper.values.tag_keys import ENDPOINT, HOSTED_ZONE, PEERING, SAID, SUBNET, TABLE, VPC

if TYPE_CHECKING:  # few functions load them
    from peerkeeper.values.vpc_endpoints import VpcEndpoint
    from peerkeeper.values.zones import HostedZone

    Tagged: TypeAlias = Vpc | Subnet | RouteTable | PeeringConnection | HostedZone | VpcEndpoint


def tag_faults(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each faulty tag on what was read."""
    for place, resources in _by_place(seen):
        for resource in resources:
            for words in faults(resource.tags, place):
                message = f"{resource.id}: {words}"
                yield Finding(Code.TAG_FAULT, resource.location, resource.id, message)


def _by_place(seen: Snapshot) -> Iterator[tuple[str, Iterable[Tagged]]]:
    """Yield what was read with tags, by what it is, in words."""
    yield SAID[VPC], seen.vpcs.values()
    yield SAID[SUBNET], seen.subnets.values()
    yield SAID[TABLE], seen.route_tables.values()
    yield SAID[PEERING], seen.peerings.values()
    for account in seen.zones.values():
        yield SAID[HOSTED_ZONE], account.tagged
    for endpoint in seen.vpc_endpoints.values():
        yield SAID.get(endpoint.kind, SAID[ENDPOINT]), (endpoint,)
