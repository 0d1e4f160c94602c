"""How `configure_vpcs` looks: a VPC with its DNS attributes, or subnets with the tables that route them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.planning.consent import sets_dns
from peerkeeper.reading.what_to_read import vpc_with_tables, wholly
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot


class ConfigureReads:
    """See `WhatToRead`."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the reads that need only the hint."""
        where = hint.location
        if not hint.id:
            yield from wholly(where, Describe.VPCS, Describe.SUBNETS, Describe.ROUTE_TABLES)
        elif hint.kind == "vpc":
            yield from vpc_with_tables(where, hint.id)
            yield Read(where, Describe.SUBNETS, By.VPC, hint.id)
            yield Read(where, Describe.DNS_HOSTNAMES, By.VPC, hint.id)
            yield Read(where, Describe.DNS_SUPPORT, By.VPC, hint.id)
        elif hint.kind == "subnet":
            yield Read(where, Describe.SUBNETS, By.SUBNET, hint.id)
        elif hint.kind == "rtb":
            yield Read(where, Describe.ROUTE_TABLES, By.ROUTE_TABLE, hint.id)
        if hint.vpc_id and hint.kind in ("subnet", "rtb"):
            yield from vpc_with_tables(where, hint.vpc_id)

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield what the hinted subnets and tables need, and the DNS attributes of a whole location."""
        for hint in hints:
            key = (hint.location, hint.id)
            if hint.kind == "subnet" and (subnet := seen.subnets.get(key)):
                yield from vpc_with_tables(hint.location, subnet.vpc_id)
            elif hint.kind == "rtb" and (table := seen.route_tables.get(key)):
                yield from vpc_with_tables(hint.location, table.vpc_id)
                yield Read(hint.location, Describe.SUBNETS, By.VPC, table.vpc_id)
            elif not hint.id:
                yield from dns_of_all(seen, hint.location, settings)


def dns_of_all(seen: Snapshot, where: Location, settings: Settings) -> Iterator[Read]:
    """Yield the DNS reads of each VPC whose DNS is ours to set: hostnames, and support where those are off.

    Hostnames cannot be on while support is off, so support is read only where it can matter. That is at most
    two calls a VPC, as DescribeVpcAttribute takes one VPC and one attribute.
    """
    for vpc in seen.vpcs_in(where):
        if vpc.owner_id == where.account_id and sets_dns(vpc.tags, settings):
            yield Read(where, Describe.DNS_HOSTNAMES, By.VPC, vpc.id)
            if seen.dns_hostnames.get((where, vpc.id)) is False:
                yield Read(where, Describe.DNS_SUPPORT, By.VPC, vpc.id)
