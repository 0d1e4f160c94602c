"""What a change touches, and whose VPC a resource is of. In: a change, a snapshot, ids. Out: ids, VPCs."""

from __future__ import annotations

from collections.abc import Iterator, Set

from peerkeeper.values.changes import Change
from peerkeeper.values.ec2 import Location
from peerkeeper.values.snapshot import Key, Snapshot

FIELDS = ("pcx_id", "vpc_id", "subnet_id", "route_table_id")


def touched(change: Change) -> Set[str]:
    """Return the ids that the change names."""
    return {getattr(change, name) for name in FIELDS if hasattr(change, name)}


def vpcs_of(seen: Snapshot, where: Location, ids: Set[str]) -> Iterator[Key]:
    """Yield the VPC of each of these resources in the location. A peering has our side's VPC."""
    for id_ in ids:
        key = (where, id_)
        if key in seen.vpcs:
            yield key
        if key in seen.subnets:
            yield where, seen.subnets[key].vpc_id
        if key in seen.route_tables:
            yield where, seen.route_tables[key].vpc_id
        if key in seen.peerings:
            yield from ((own.location, own.vpc_id) for own, _ in seen.peerings[key].own_sides())
