"""How the sweep looks: each location whole, and nothing beyond it.

A location costs the pages of its peerings, VPCs, subnets and route tables, and at most two calls a VPC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.looks.configure import dns_of_all
from peerkeeper.looks.look import wholly
from peerkeeper.model import PeeringStatus
from peerkeeper.reads import By, Kind, Read
from peerkeeper.scope import Hint
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot


class SweepLook:
    """See `Look`."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the four whole reads of the hint's location, whatever id it names."""
        return wholly(hint.location, Kind.PEERINGS, Kind.VPCS, Kind.SUBNETS, Kind.ROUTE_TABLES)

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield the DNS attributes of its VPCs."""
        swept = {hint.location for hint in hints}
        for location in sorted(swept):
            yield from dns_of_all(seen, location, settings)
        for pcx in seen.peerings.values():
            if pcx.status is PeeringStatus.ACTIVE and pcx.location in swept:
                for own, _ in pcx.own_sides():
                    if not own.allows_remote_dns:
                        yield Read(pcx.location, Kind.DNS_HOSTNAMES, By.VPC, own.vpc_id)
