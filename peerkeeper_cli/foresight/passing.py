"""What passes by itself within seconds or minutes, taken as passed. In: a snapshot. Out: the next one. Pure.

    the peering is    it becomes    routes to it become
    provisioning      active        active
    deleting          deleted       blackholes, as they are already
    any other         the same      the same

A request that is only being made is left as it is: it may fail, and its accepter does not see it yet.
Source: VPC Peering Guide, lifecycle, and routing.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from peerkeeper.values.ec2 import PeeringStatus, RouteTable
from peerkeeper.values.snapshot import Snapshot

BECOMES = {
    PeeringStatus.PROVISIONING: PeeringStatus.ACTIVE,
    PeeringStatus.DELETING: PeeringStatus.DELETED,
}


def passed(seen: Snapshot) -> Snapshot:
    """Return the snapshot once every peering has left a state that passes by itself."""
    moved = {
        key: replace(view, status=BECOMES[view.status])
        for key, view in seen.peerings.items()
        if view.status in BECOMES
    }
    seen = replace(seen, peerings={**seen.peerings, **moved})
    return carrying(
        seen, {view.id for view in moved.values() if view.status is PeeringStatus.ACTIVE}
    )


def carrying(seen: Snapshot, active: Set[str]) -> Snapshot:
    """Return the snapshot with the routes to these peerings active, as EC2 shows them once the peering is."""
    changed = {
        key: _carrying(table, active)
        for key, table in seen.route_tables.items()
        if table.peering_ids & active
    }
    return replace(seen, route_tables={**seen.route_tables, **changed}) if changed else seen


def _carrying(table: RouteTable, active: Set[str]) -> RouteTable:
    routes = (
        replace(route, blackhole=False) if route.target in active else route
        for route in table.routes
    )
    return replace(table, routes=tuple(routes))
