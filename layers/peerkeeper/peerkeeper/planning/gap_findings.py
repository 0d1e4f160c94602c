"""What a person should know of a peering that does not carry all of what it should.

In: verdicts, the snapshot. Out: findings that name peering, table, destination and cause. Never judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from peerkeeper.values.connectivity import Cause, SideVerdict, Way
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot

CODES = {
    Cause.DEAD_ROUTE: Code.DEAD_ROUTE,
    Cause.UNEXPLAINED: Code.UNEXPLAINED,
    Cause.PREFIX_LIST: Code.PREFIX_LIST,
}


def gap_findings(verdicts: Iterable[SideVerdict]) -> Iterator[Finding]:
    """Yield a finding for each table and cause that no rule has named already."""
    for verdict in verdicts:
        named = [leg for leg in verdict.legs if leg.words]  # a rule has named the others
        named.sort(key=lambda leg: (leg.table_id, leg.cause, str(leg.destination)))
        for (table_id, cause), legs in groupby(named, lambda leg: (leg.table_id, leg.cause)):
            first, *more = legs
            rest = f"; and {len(more)} more of its networks" if more else ""
            words = f"{verdict.pcx_id} does not carry {first.destination}: {first.words}{rest}"
            code = CODES.get(cause, Code.NOT_CARRYING)
            remedy = first.remedy
            yield Finding(code, verdict.location, table_id, words, verdict.pcx_id, remedy)


def diversions(seen: Snapshot, verdicts: Iterable[SideVerdict]) -> Iterator[Finding]:
    """Yield what a narrower route of somebody else takes out of a destination that is carried otherwise."""
    for verdict in verdicts:
        for leg in verdict.legs:
            if leg.way not in (Way.CARRIED, Way.DUE, Way.WAITS):
                continue
            table = seen.route_tables[verdict.location, leg.table_id]
            for route in table.within(leg.destination):
                if route.target not in (verdict.pcx_id, "local"):
                    words = (
                        f"{table.id} sends {route.destination}, a part of {leg.destination}, to "
                        f"{route.target or 'another target'} and not to {verdict.pcx_id}; delete that "
                        "route if you do not want it"
                    )
                    yield Finding(Code.DIVERTED, verdict.location, table.id, words, verdict.pcx_id)
