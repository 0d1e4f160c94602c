"""How `connect_peerings` looks: peerings, both sides' VPCs and tables; DNS only where it matters.

From an event that names both sides everything is read at once; from any other in two steps at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.planning.status_tag import KNOWN
from peerkeeper.planning.unrouted import lacks_routes, may_be_routed
from peerkeeper.reading.what_to_read import (
    lists_in_tables,
    option_reads,
    peerings_of,
    vpc_with_subnets,
    wholly,
)
from peerkeeper.settings import QuotaCheck, Settings
from peerkeeper.values.ec2 import ENDING, TERMINAL, PeeringConnection, PeeringStatus
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import Status, told

GAP = KNOWN[Status.NOT_CARRYING] | {Status.TELLING}
"""What the tag says of a live peering that did not carry; `telling` where the news did not get out."""


class ConnectReads:
    """See `WhatToRead`."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the reads that need only the hint."""
        where = hint.location
        if not hint.id:
            yield from wholly(
                where, Describe.PEERINGS, Describe.VPCS, Describe.ROUTE_TABLES, Describe.SUBNETS
            )
        elif hint.kind == "pcx":
            yield Read(where, Describe.PEERINGS, By.PEERING, hint.id)
        elif hint.kind == "vpc":
            yield from vpc_with_subnets(where, hint.id)
            yield from peerings_of(where, hint.id)
        elif hint.kind == "rtb":
            # The table's VPC is not known yet: all peerings now save a step later.
            yield Read(where, Describe.ROUTE_TABLES, By.ROUTE_TABLE, hint.id)
            yield Read(where, Describe.PEERINGS)
        if hint.vpc_id and hint.kind in ("pcx", "rtb", "subnet"):
            yield from vpc_with_subnets(where, hint.vpc_id)
        if hint.vpc_id and hint.kind == "subnet":  # new, so it uses the main table
            yield from peerings_of(where, hint.vpc_id)

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield the reads of both sides of each peering in focus, and of routes' unknown targets.

        A hint of a peering does not put the others of its VPCs in focus: a hub has many. It does so with
        those that another may hold back.
        """
        hints = tuple(hints)
        focus = frozenset(_focus(seen, hints))
        whole, named = {hint.location for hint in hints if not hint.id}, {hint.id for hint in hints}
        for key in _left(seen, hints):
            yield from peerings_of(*key)
        for location, vpc_id in focus:
            if settings.covers(location):
                yield from vpc_with_subnets(location, vpc_id)
        for pcx in seen.peerings.values():
            if pcx.status in TERMINAL:
                continue
            ends = {(side.location, side.vpc_id) for side in (pcx.requester, pcx.accepter)}
            named_or_waits = pcx.id in named or _may_be_held_back(pcx)
            if named_or_waits or ends & focus or pcx.location in whole:
                yield from _both_sides(seen, pcx, settings)
                yield from _other_claimants(seen, pcx, settings)
        yield from _unknown_targets(seen)
        yield from lists_in_tables(seen)
        if settings.quota_check is QuotaCheck.HOLD:
            from peerkeeper.reading.quotas import asked_to_accept, quota_reads  # noqa: PLC0415 - rarely asked for

            yield from quota_reads(seen, asked_to_accept(seen, settings))


def _focus(seen: Snapshot, hints: Iterable[Hint]) -> Iterator[Key]:
    """Yield the VPCs that the hints are about, as far as they are known."""
    for hint in hints:
        if hint.kind == "vpc":
            yield hint.location, hint.id
        elif hint.kind == "subnet" and hint.vpc_id:
            yield hint.location, hint.vpc_id
        elif hint.kind == "rtb" and (table := seen.route_tables.get((hint.location, hint.id))):
            yield hint.location, table.vpc_id


def _left(seen: Snapshot, hints: Iterable[Hint]) -> Iterator[Key]:
    """Yield the VPCs that a hinted peering has left, which has ended, or is about to."""
    for hint in hints:
        pcx = seen.peerings.get((hint.location, hint.id))
        if pcx and hint.vpc_id and pcx.status in ENDING:
            yield hint.location, hint.vpc_id


def _may_be_held_back(pcx: PeeringConnection) -> bool:
    """Tell whether another peering of its VPC may stand in its way: it waits, or does not carry."""
    return pcx.status is PeeringStatus.PENDING_ACCEPTANCE or told(pcx.tags) in GAP


def _both_sides(seen: Snapshot, pcx: PeeringConnection, settings: Settings) -> Iterator[Read]:
    sides = (pcx.requester, pcx.accepter)
    ours = [side for side in sides if settings.covers(side.location)]
    for side in ours:
        yield Read(side.location, Describe.PEERINGS, By.PEERING, pcx.id)
        yield from vpc_with_subnets(side.location, side.vpc_id)
    if pcx.status is PeeringStatus.ACTIVE:
        yield from option_reads(seen, pcx)


def _other_claimants(seen: Snapshot, pcx: PeeringConnection, settings: Settings) -> Iterator[Read]:
    """Yield the reads of all peerings of our side's VPC, where one of its tables lacks a route to this one.

    Another peering may claim the same network, and which of the two gets it is not ours to choose. A peering
    that is not active yet is new: its tables will lack routes, so this is read together with them. A side
    gets no route before it agrees, so nothing is asked for it. But a peering that did not carry, or whose
    tags somebody just changed, may have kept a network from another one until now.
    """
    new = pcx.status is not PeeringStatus.ACTIVE
    changed = {(act.location, act.resource) for act in seen.tag_acts}
    for own, peer in ((pcx.requester, pcx.accepter), (pcx.accepter, pcx.requester)):
        if not settings.covers(own.location) or seen.is_exempt(own.location, own.vpc_id):
            continue
        claimed = told(pcx.tags) in GAP or (pcx.location, pcx.id) in changed
        if pcx.location == own.location and claimed:
            yield from peerings_of(own.location, own.vpc_id)
        if not may_be_routed(seen, settings, pcx, own, peer):
            continue
        unread = not seen.has_read_tables(own.location, own.vpc_id)
        if (new and unread) or lacks_routes(seen, settings, pcx, own, peer):
            yield from peerings_of(own.location, own.vpc_id)


def _unknown_targets(seen: Snapshot) -> Iterator[Read]:
    """Yield a read of each peering that a route points at and that no read has shown."""
    for table in seen.route_tables.values():
        for pcx_id in table.peerings_without(seen.peering_ids(table.location)):
            if not seen.knows_absent(table.location, pcx_id, table.vpc_id):
                yield Read(table.location, Describe.PEERINGS, By.PEERING, pcx_id)
