"""What a change rests on, and so what must have been read shortly before it is made.

In: a change, the snapshot. Out: reads by id.

    AcceptPeering, AllowRemoteDnsResolution    our VPC, whose tag consents; the peering
    CreateRoute                                our VPC, whose tag consents; the peering; the table
    DeleteRoute                                the table: a delete names no target
    TagStatus                                  our VPCs; the peering
    any other                                  nothing: one read shows both the consent and what it is for
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    DeleteRoute,
    TagStatus,
)
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot


def reads_behind(change: Change, seen: Snapshot) -> frozenset[Read]:
    """Return the reads by id that the change rests on."""
    return frozenset(_behind(change, seen))


def _behind(change: Change, seen: Snapshot) -> Iterator[Read]:
    where = change.location
    if isinstance(change, (CreateRoute, DeleteRoute)):
        yield Read(where, Describe.ROUTE_TABLES, By.ROUTE_TABLE, change.route_table_id)
    if isinstance(change, (AcceptPeering, CreateRoute, AllowRemoteDnsResolution, TagStatus)):
        yield Read(where, Describe.PEERINGS, By.PEERING, change.pcx_id)
        for vpc_id in _vpcs(change, seen):
            yield Read(where, Describe.VPCS, By.VPC, vpc_id)


def _vpcs(
    change: AcceptPeering | CreateRoute | AllowRemoteDnsResolution | TagStatus, seen: Snapshot
) -> Iterator[str]:
    """Yield our VPCs that the change is about."""
    if isinstance(change, AcceptPeering):
        yield change.vpc_id
    elif isinstance(change, CreateRoute):
        yield seen.route_tables[change.location, change.route_table_id].vpc_id
    else:
        pcx = seen.peerings[change.location, change.pcx_id]
        yield from (own.vpc_id for own, _ in pcx.own_sides())
