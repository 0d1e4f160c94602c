"""A peer's network that one of our tables does not route to the peering: create the route, or say why not.

In: the snapshot, settings, the table, the peering, the network. Out: `CreateRoute`, or findings about what is
in the way; nothing while that may change. `missing_routes` has the decision table.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    given: Consent | None = None,
) -> Iterator[CreateRoute | Finding]:
    """Yield the route that this table lacks, or what is in its way; it has none to this peering.

    `given`: the consent that the new route rests on.
    """
    others = in_its_place(table, pcx, destination, settings)
    standings = [standing(seen, table, route) for route in others]
    for route, whose in zip(others, standings, strict=True):
        if whose is Standing.FOREIGN:
            yield conflict(seen, table, pcx, destination, route)
    same = any(route.destination == destination for route in others)
    if not same and all(whose is Standing.GONE for whose in standings):
        yield CreateRoute(
            table.location,
            table.id,
            destination,
            pcx.id,
            reason=f"{pcx.id} is {pcx.status} and {table.id} has no route to {destination}",
            consent=given,
        )
