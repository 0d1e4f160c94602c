"""Routes that our tables will get from other peerings, before a request is judged. No write.

In: the snapshot, settings, the requests that this plan accepts first. Out: networks by table, each with the
peering that brings it.

    the peering                                     its routes that are due
    live                                            those that `missing_routes` would create
    live in the peer's location, pending in ours    each network that a table lacks, with nothing in its place
    a request that this plan accepts before         the same, on each side of ours that agrees
    any other, or it was not read                   none
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from peerkeeper.planning.route_conflicts import in_its_place
from peerkeeper.planning.unrouted import may_be_routed, networks_lacked
from peerkeeper.settings import Settings
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import (
    ROUTABLE,
    Location,
    Network,
    PeeringConnection,
    PeeringStatus,
)
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import takes_routes_to


class DueRoutes:
    """What is due as a plan judges its requests, one after the other."""

    def __init__(self, seen: Snapshot, settings: Settings, missing: Iterable[object]) -> None:
        """Find what is due to peerings that are live already. `missing`: what `missing_routes` yields."""
        self._seen, self._settings = seen, settings
        self._found: dict[Key, dict[Network, str]] = {}
        for change in missing:
            if isinstance(change, CreateRoute):
                key = (change.location, change.route_table_id)
                self._found.setdefault(key, {})[change.destination] = change.pcx_id
        for view in seen.peerings.values():
            if _is_live_elsewhere(seen, view):
                self._add(view)

    def in_table(self, where: Location, table_id: str) -> Mapping[Network, str]:
        """Return the networks that this table will route, each with the peering that brings it."""
        return self._found.get((where, table_id), {})

    def accept(self, pcx: PeeringConnection) -> None:
        """Count the routes of a request that this plan accepts."""
        for view in self._seen.views_of(pcx.id):
            self._add(view)

    def _add(self, view: PeeringConnection) -> None:
        for own, peer in view.own_sides():
            if not may_be_routed(self._seen, self._settings, view, own, peer):
                continue
            for table, to in networks_lacked(self._seen, self._settings, view, own, peer):
                takes = takes_routes_to(table.tags, view.id, peer.vpc_id)
                holding = table.holding(to)
                if takes and not in_its_place(holding, view, to, self._settings):
                    self._found.setdefault((table.location, table.id), {}).setdefault(to, view.id)


def _is_live_elsewhere(seen: Snapshot, view: PeeringConnection) -> bool:
    """Tell whether a peer's location shows it live. The accepter's side shows that before the requester's."""
    status = seen.status_of(view.location, view.id)
    pending = status is PeeringStatus.PENDING_ACCEPTANCE
    return pending and any(other.status in ROUTABLE for other in seen.views_of(view.id))
