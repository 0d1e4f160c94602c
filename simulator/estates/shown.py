"""What a snapshot shows of EC2, apart from how it was read. In: a snapshot. Out: plain values by resource.

It leaves out Peerkeeper's own status tag. That tag is for people, and no plan rests on it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from peerkeeper.values.ec2 import PeeringConnection, RouteTable
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tag_keys import STATUS


def shown(seen: Snapshot) -> Mapping[str, frozenset[Hashable]]:
    """Return, by location and id, the facts about each resource."""
    facts: dict[Key, frozenset[Hashable]] = {
        **{key: frozenset({vpc}) for key, vpc in seen.vpcs.items()},
        **{key: frozenset({subnet}) for key, subnet in seen.subnets.items()},
        **{key: _table(table) for key, table in seen.route_tables.items()},
        **{key: _peering(view) for key, view in seen.peerings.items()},
    }
    return {f"{where} {name}": said for (where, name), said in facts.items()}


def _table(table: RouteTable) -> frozenset[Hashable]:
    return frozenset({(table.main, table.subnet_ids, table.tags), *table.routes})


def _peering(view: PeeringConnection) -> frozenset[Hashable]:
    tags = tuple(tag for tag in view.tags if tag[0] != STATUS)
    return frozenset({view.status, view.requester, view.accepter, tags})
