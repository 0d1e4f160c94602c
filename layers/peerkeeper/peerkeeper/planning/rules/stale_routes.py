"""Delete routes whose peering connection has provably ended. A blackhole by itself is not stale.

the peering, as read               route        verdict
deleted, rejected, failed, expired  any         DeleteRoute
deleting                            any         look again later
any other status                    any         nothing: a route to a pending peering is a blackhole too
absent from a complete read         blackhole   first look: look again in five minutes, at the whole location
absent, proven absent before, and
the whole location read now       blackhole   DeleteRoute, which the brake may withhold
absent                              active      nothing
not read, or not read whole         any         nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import chain

from peerkeeper.settings import Settings
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.ec2 import (
    ENDING,
    TERMINAL,
    Location,
    Network,
    PeeringStatus,
    Route,
    RouteTable,
)
from peerkeeper.values.reads import Describe
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import takes_routes


def stale_routes(seen: Snapshot, settings: Settings) -> Iterator[DeleteRoute | Deferral]:
    """Yield the stale routes of our tables, and second looks at what may be stale."""
    live = _live(seen)
    for table in seen.route_tables.values():
        suspects = table.peerings_without(live.get(table.location, frozenset()))
        ours = table.owner_id == table.location.account_id and takes_routes(table.tags)
        if not suspects or not ours or seen.is_exempt(table.location, table.vpc_id) is not False:
            continue
        for route in chain.from_iterable(map(table.routes_to, suspects)):
            if route.static and route.destination:
                yield from _judge(seen, table, route, route.destination)


def _live(seen: Snapshot) -> Mapping[Location, Set[str]]:
    """Return the peerings of each location whose status keeps their routes: most, on most days."""
    found: dict[Location, set[str]] = {}
    for where, pcx_id in seen.peerings:
        if seen.status_of(where, pcx_id) not in ENDING:
            found.setdefault(where, set()).add(pcx_id)
    return found


def _judge(
    seen: Snapshot, table: RouteTable, route: Route, destination: Network
) -> Iterator[DeleteRoute | Deferral]:
    where, pcx_id = table.location, route.target
    status = seen.status_of(where, pcx_id)
    if status in TERMINAL:
        reason = f"{pcx_id} is {status}"
        yield DeleteRoute(where, table.id, destination, pcx_id, reason=reason)
    elif status is PeeringStatus.DELETING:
        yield Deferral(Function.CLEAN, Hint(where, pcx_id), f"{pcx_id} is being deleted")
    elif status is None and route.blackhole and seen.knows_absent(where, pcx_id, table.vpc_id):
        yield from _absent(seen, table, destination, pcx_id)


def _absent(
    seen: Snapshot, table: RouteTable, destination: Network, pcx_id: str
) -> Iterator[DeleteRoute | Deferral]:
    where = table.location
    whole = seen.has_read_all(where, Describe.PEERINGS, Describe.ROUTE_TABLES)
    if whole and (where, pcx_id) in seen.absent_before:
        reason = f"{pcx_id} does not exist: twice absent, at least five minutes apart"
        yield DeleteRoute(where, table.id, destination, pcx_id, by_absence=True, reason=reason)
    else:
        why = f"{pcx_id} is not there; a second look comes before its routes are deleted"
        yield Deferral(Function.CLEAN, Hint(where), why, absent=pcx_id)
