"""What is read for QuotaCheck: the quotas of a location, and how many routes each prefix list counts for.

In: what was seen, locations. Out: `Read`s. One call a location, and one for the lists that its tables name.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location, PeeringStatus
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot


def quota_reads(seen: Snapshot, locations: Container[Location]) -> Iterator[Read]:
    """Yield the reads for the tables of these locations."""
    for where in sorted({vpc.location for vpc in seen.vpcs.values()}):
        if where in locations:
            yield Read(where, Describe.QUOTAS)
    for table in seen.route_tables.values():
        if table.location in locations:
            for list_id in table.prefix_lists:
                yield Read(table.location, Describe.LIST_SIZES, By.PREFIX_LIST, list_id)


def asked_to_accept(seen: Snapshot, settings: Settings) -> frozenset[Location]:
    """Return the locations whose tables an accepted request would fill: on each side that is ours."""
    waiting = [
        pcx
        for pcx in seen.peerings.values()
        if pcx.status is PeeringStatus.PENDING_ACCEPTANCE and pcx.accepter.location == pcx.location
    ]
    asking = [pcx.requester for pcx in waiting if settings.covers(pcx.requester.location)]
    return frozenset(pcx.location for pcx in waiting) | {side.location for side in asking}
