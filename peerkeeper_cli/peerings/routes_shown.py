"""The routes of one end of a peering, table by table. In: a snapshot, a side, its verdict.

What is listed:

    in the table                                  state
    a route to this peering, once it has ended    stale
    one that is a blackhole, or is not active yet waits
    any other route to this peering               carried
    a destination that is wanted and not carried  as the verdict says: due, waits, left, blocked, unknown
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.connectivity import SideVerdict, Way
from peerkeeper.values.ec2 import TERMINAL, PeeringConnection, PeeringStatus, RouteTable, Side
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.estate.names import name_in
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.peerings.peering_row import RouteShown

MOST = 400


def routes_shown(
    seen: Snapshot, pcx: PeeringConnection, own: Side, verdict: SideVerdict | None
) -> tuple[RouteShown, ...]:
    """Return the routes of this side, by table and destination."""
    tables = {table.id: table for table in seen.tables_of(own.location, own.vpc_id)}
    found = [*_held(pcx, tables), *_lacking(verdict, tables)]
    return tuple(sorted(found, key=lambda one: (one.table_id, one.destination)))


def _held(pcx: PeeringConnection, tables: dict[str, RouteTable]) -> Iterator[RouteShown]:
    ended, active = pcx.status in TERMINAL, pcx.status is PeeringStatus.ACTIVE
    for table in tables.values():
        for route in table.routes_to(pcx.id):
            if route.destination:
                waits = route.blackhole or not active
                state = "stale" if ended else "waits" if waits else "carried"
                by = f"by prefix list {route.prefix_list}" if route.prefix_list else ""
                name = name_in(table.tags)
                yield RouteShown(table.id, name, str(route.destination), state, by)


def _lacking(verdict: SideVerdict | None, tables: dict[str, RouteTable]) -> Iterator[RouteShown]:
    for leg in verdict.legs if verdict else ():
        if leg.way is not Way.CARRIED:
            words = leg.words or leg.cause.value
            name = name_in(tables[leg.table_id].tags) if leg.table_id in tables else ""
            yield RouteShown(
                leg.table_id, name, str(leg.destination), leg.way.value, shown(words, MOST)
            )
