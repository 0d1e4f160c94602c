"""How the sweep looks: each location whole, and nothing beyond it.

A location costs the pages of its peerings, VPCs, subnets and route tables, and at most two calls a VPC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from peerkeeper.planning.route_scope import reads_subnets
from peerkeeper.reading.configure import dns_of_all
from peerkeeper.reading.what_to_read import lists_in_tables, option_reads, wholly
from peerkeeper.settings import Endpoints, FurtherLook, QuotaCheck, Settings
from peerkeeper.values.ec2 import ROUTABLE, Location, PeeringStatus
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot


class SweepReads:
    """See `WhatToRead`."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the four whole reads of the hint's location, for every id that it may name."""
        return wholly(
            hint.location, Describe.PEERINGS, Describe.VPCS, Describe.SUBNETS, Describe.ROUTE_TABLES
        )

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield its VPCs' DNS attributes, subnets of peers routed by subnet, and what further looks read."""
        swept = {hint.location for hint in hints}
        for location in sorted(swept):
            yield from dns_of_all(seen, location, settings)
        yield from lists_in_tables(seen)
        yield from _further(seen, settings, swept)
        for pcx in seen.peerings.values():
            if pcx.status is PeeringStatus.ACTIVE and pcx.location in swept:
                yield from option_reads(seen, pcx)
            if pcx.status in ROUTABLE and pcx.location in swept and reads_subnets(settings, pcx):
                for side in (pcx.requester, pcx.accepter):
                    if side.location not in swept and settings.covers(side.location):
                        yield Read(side.location, Describe.SUBNETS, By.VPC, side.vpc_id)


def _further(seen: Snapshot, settings: Settings, swept: Collection[Location]) -> Iterator[Read]:
    """Yield what the further looks read. Their files are loaded only if a setting asks for them."""
    if settings.stale_group_rules is FurtherLook.REPORT:
        from peerkeeper.reading.stale_rules import stale_rule_reads  # noqa: PLC0415

        yield from stale_rule_reads(seen, swept)
    if settings.quota_check is not QuotaCheck.OFF:
        from peerkeeper.reading.quotas import quota_reads  # noqa: PLC0415

        yield from quota_reads(seen, swept)
    if settings.reachability is FurtherLook.REPORT:
        from peerkeeper.reading.reach import reach_reads  # noqa: PLC0415

        yield from reach_reads(seen, settings, swept)
    if settings.private_zones is FurtherLook.REPORT:
        from peerkeeper.reading.zones import zone_reads  # noqa: PLC0415

        yield from zone_reads(seen, swept, settings)
    if settings.endpoints is not Endpoints.OFF:
        from peerkeeper.reading.endpoints import endpoint_reads  # noqa: PLC0415

        yield from endpoint_reads(seen, swept)
