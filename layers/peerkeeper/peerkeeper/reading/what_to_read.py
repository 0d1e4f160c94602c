"""What every look is: the first reads, and the reads that follow from what they showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from peerkeeper.planning.consent import leaves_dns
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location, PeeringConnection
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot


class WhatToRead(Protocol):
    """One function's way of looking. Both may repeat a read: the caller drops repeats."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the reads that need only the hint, all at once."""

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield the reads that what was seen calls for."""


def peerings_of(location: Location, vpc_id: str) -> Iterator[Read]:
    """Yield the reads of all peering connections of a VPC: EC2 ANDs its filters, so it takes two."""
    yield Read(location, Describe.PEERINGS, By.REQUESTER_VPC, vpc_id)
    yield Read(location, Describe.PEERINGS, By.ACCEPTER_VPC, vpc_id)


def vpc_with_tables(location: Location, vpc_id: str) -> Iterator[Read]:
    """Yield the reads of a VPC and of all its route tables."""
    yield Read(location, Describe.VPCS, By.VPC, vpc_id)
    yield Read(location, Describe.ROUTE_TABLES, By.VPC, vpc_id)


def vpc_with_subnets(location: Location, vpc_id: str) -> Iterator[Read]:
    """Yield the reads of a VPC, its route tables, and its subnets, which may use the main table."""
    yield from vpc_with_tables(location, vpc_id)
    yield Read(location, Describe.SUBNETS, By.VPC, vpc_id)


def lists_in_tables(seen: Snapshot) -> Iterator[Read]:
    """Yield the reads of the prefix lists that the tables name: each one's entries, and which AWS owns."""
    for table in seen.route_tables.values():
        for list_id in table.prefix_lists:
            yield Read(table.location, Describe.AWS_PREFIX_LISTS)
            yield Read(table.location, Describe.PREFIX_LIST, By.PREFIX_LIST, list_id)


def wholly(location: Location, *kinds: Describe) -> Iterator[Read]:
    """Yield the reads of everything of these kinds."""
    return (Read(location, kind) for kind in kinds)


def option_reads(seen: Snapshot, pcx: PeeringConnection) -> Iterator[Read]:
    """Yield the reads that our sides' DNS options depend on, where these are off and ours to set.

    A VPC that was not read yet may have a tag against DNS changes; to wait for it would take a wave.
    """
    for own, _ in pcx.own_sides():
        vpc = seen.vpcs.get((own.location, own.vpc_id))
        if not own.allows_remote_dns and not (vpc and leaves_dns(vpc.tags)):
            yield Read(own.location, Describe.DNS_HOSTNAMES, By.VPC, own.vpc_id)
