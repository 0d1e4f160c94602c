"""What every look is: the first reads, and the reads that follow from what they showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from peerkeeper.model import Location
from peerkeeper.reads import By, Kind, Read
from peerkeeper.scope import Hint
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot


class Look(Protocol):
    """One function's way of looking. Both may repeat a read: whoever carries them out drops repeats."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the reads that can be made from the hint alone, all at once."""

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield the reads that what was seen calls for."""


def peerings_of(location: Location, vpc_id: str) -> Iterator[Read]:
    """Yield the reads of all peering connections of a VPC: EC2 ANDs its filters, so it takes two."""
    yield Read(location, Kind.PEERINGS, By.REQUESTER_VPC, vpc_id)
    yield Read(location, Kind.PEERINGS, By.ACCEPTER_VPC, vpc_id)


def vpc_with_tables(location: Location, vpc_id: str) -> Iterator[Read]:
    """Yield the reads of a VPC and of all its route tables."""
    yield Read(location, Kind.VPCS, By.VPC, vpc_id)
    yield Read(location, Kind.ROUTE_TABLES, By.VPC, vpc_id)


def wholly(location: Location, *kinds: Kind) -> Iterator[Read]:
    """Yield the reads of everything of these kinds."""
    return (Read(location, kind) for kind in kinds)
