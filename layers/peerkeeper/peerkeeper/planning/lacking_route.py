"""A peer's network that one of our tables does not route to the peering: create the route, or say why not.

In: the snapshot, settings, the table, the peering, the network. Out: `CreateRoute`, or findings about what is
in the way; nothing while that may change. `missing_routes` has the decision table.
"""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper.planning.route_conflicts import Standing, conflict, in_its_place, standing
from peerkeeper.settings import Settings
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.consents import Consent
from peerkeeper.values.ec2 import Network, PeeringConnection, RouteTable
from peerkeeper.values.findings import Finding
from peerkeeper.values.snapshot import Snapshot


def lacking_route(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    table: RouteTable,
    destination: Network,
    *,
    named: str = "",
    given: Consent | None = None,
) -> Sequence[CreateRoute | Finding]:
    """Return the route that this table lacks, or what is in its way; it has none to this peering.

    `named`: the network in words. `given`: the consent that the new route rests on.
    """
    others = in_its_place(table, pcx, destination, settings)
    if others:  # as in few tables
        standings = [standing(seen, table, route) for route in others]
        foreign = [
            conflict(seen, table, pcx, destination, route)
            for route, whose in zip(others, standings, strict=True)
            if whose is Standing.FOREIGN
        ]
        same = any(route.destination == destination for route in others)
        if same or not all(whose is Standing.GONE for whose in standings):
            return foreign
    reason = f"{pcx.id} is {pcx.status} and {table.id} has no route to {named or destination}"
    made = CreateRoute(table.location, table.id, destination, pcx.id, reason=reason, consent=given)
    return (made,)
