"""The brake: withhold deletes that rest on absence when they are too many to be true.

In: planned changes, the snapshot they rest on. Out: the changes let through, and findings.

    routes in one location whose peering looks absent, of n to any    deletes that rest on absence there
    at most max(10, 30 % of n), and not all of three or more          through
    more, or all of three or more                                     withheld, all of them
    any number, DeleteOverride names location and at least it         through

What looks absent is counted, not what is planned: the same mass delete in slices is held as well.
Deletes backed by an observed terminal status need no brake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from peerkeeper.settings import Settings
from peerkeeper.values.changes import Change, rests_on_absence
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot

FLOOR = 10
SHARE = 0.30
ALL_OF = 3


def brake(
    changes: Iterable[Change], seen: Snapshot, settings: Settings
) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return (changes let through, findings about those withheld)."""
    changes = tuple(changes)
    if not any(map(rests_on_absence, changes)):  # as on most days
        return changes, ()
    planned = Counter(change.location for change in changes if rests_on_absence(change))
    absent = {where: max(count, _absent_in(seen, where)) for where, count in planned.items()}
    held = {
        where: count
        for where, count in absent.items()
        if _too_many(count, _routes_in(seen, where)) and not _overridden(where, count, settings)
    }
    kept = tuple(c for c in changes if not (rests_on_absence(c) and c.location in held))
    return kept, tuple(_finding(where, count, seen) for where, count in sorted(held.items()))


def _routes_in(seen: Snapshot, where: Location) -> int:
    """Return how many routes to peerings the location has: it was read whole, else none rests on absence."""
    tables = (table for table in seen.route_tables.values() if table.location == where)
    return sum(len(table.routes_to(pcx_id)) for table in tables for pcx_id in table.peering_ids)


def _absent_in(seen: Snapshot, where: Location) -> int:
    """Return how many routes of the location look stale because their peering is absent."""
    return sum(
        route.static and route.blackhole
        for table in seen.route_tables.values()
        if table.location == where
        for pcx_id in table.peering_ids
        if seen.knows_absent(where, pcx_id, table.vpc_id)
        for route in table.routes_to(pcx_id)
    )


def _too_many(count: int, of: int) -> bool:
    return count > max(FLOOR, SHARE * of) or (count >= of >= ALL_OF)


def _overridden(where: Location, count: int, settings: Settings) -> bool:
    override = settings.delete_override
    return bool(override and override.location == where and count <= override.count)


def _finding(where: Location, count: int, seen: Snapshot) -> Finding:
    of = _routes_in(seen, where)
    return Finding(
        Code.BRAKE,
        where,
        str(where),
        f"{count} of {of} routes to peerings look stale because their peerings are absent. The brake allows "
        f"at most max({FLOOR}, {SHARE:.0%}), and never all of them. So Peerkeeper deletes no route; if the "
        f"peerings have ended, deploy with DeleteOverride={where}={count}, and empty it again after the "
        "deletes",
    )
