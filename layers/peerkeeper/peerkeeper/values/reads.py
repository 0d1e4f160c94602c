"""One read of EC2 as a value: what to describe, where, and narrowed by which filter.

In: nothing. Out: `Read`. The looks say which reads are wanted; `peerkeeper.aws.observe` carries them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from peerkeeper.values.ec2 import Location


class Describe(StrEnum):
    """What is described."""

    PEERINGS = "peerings"
    VPCS = "vpcs"
    SUBNETS = "subnets"
    ROUTE_TABLES = "route-tables"
    DNS_HOSTNAMES = "dns-hostnames"
    DNS_SUPPORT = "dns-support"
    AWS_PREFIX_LISTS = "prefix-lists-of-aws"
    PREFIX_LIST = "prefix-list-entries"
    STALE_GROUPS = "stale-security-groups"
    GROUP_RULES = "security-group-rules"
    QUOTAS = "service-quotas"
    LIST_SIZES = "prefix-list-sizes"
    INTERFACES = "network-interfaces"
    GROUPS = "security-groups"
    ACLS = "network-acls"
    ZONES = "private-hosted-zones"
    ZONES_OF_VPC = "private-hosted-zones-of-vpc"
    VPC_ENDPOINTS = "vpc-endpoints"


class By(StrEnum):
    """EC2's filter names that Peerkeeper uses; `ALL` reads the whole location.

    Filters, not id parameters: an unknown id in a filter gives an empty list, in an id parameter
    an error. Source: botocore's EC2 model.
    """

    ALL = ""
    VPC = "vpc-id"
    SUBNET = "subnet-id"
    ROUTE_TABLE = "route-table-id"
    PEERING = "vpc-peering-connection-id"
    REQUESTER_VPC = "requester-vpc-info.vpc-id"
    ACCEPTER_VPC = "accepter-vpc-info.vpc-id"
    ROUTE_TO_PEERING = "route.vpc-peering-connection-id"
    PREFIX_LIST = "prefix-list-id"
    GROUP = "group-id"
    ENDPOINT = "vpc-endpoint-id"


class Read(NamedTuple):
    """Describe `kind` in `location`, all of it or what matches one filter value."""

    location: Location
    kind: Describe
    by: By = By.ALL
    value: str = ""

    @property
    def whole(self) -> Read:
        """The read of everything of this kind in this location."""
        return Read(self.location, self.kind)


def missing(wanted: Iterable[Read], asked: frozenset[Read]) -> Iterator[Read]:
    """Yield the reads not asked yet, once each, without those that a whole read covers."""
    fresh = frozenset(wanted) - asked
    have = fresh | asked
    for read in sorted(fresh):
        if read.by is By.ALL or read.whole not in have:
            yield read


MOST_VALUES = 200
"""Values in one filter. Source: EC2 API reference, Filter."""


ALONE = frozenset(
    {
        Describe.DNS_HOSTNAMES,
        Describe.DNS_SUPPORT,
        Describe.PREFIX_LIST,
        Describe.STALE_GROUPS,
        Describe.ZONES_OF_VPC,
    }
)


def grouped(reads: Iterable[Read]) -> Iterator[tuple[Read, ...]]:
    """Yield the reads in groups that one describe call each can answer, pages aside.

    DescribeVpcAttribute takes one VPC and one attribute, GetManagedPrefixListEntries one list, and
    DescribeStaleSecurityGroups and ListHostedZonesByVPC one VPC. So each such read is its own group.
    """
    calls: dict[tuple[Location, Describe, By], list[Read]] = {}
    for read in sorted(reads):
        calls.setdefault((read.location, read.kind, read.by), []).append(read)
    for (_, kind, _), together in calls.items():
        most = 1 if kind in ALONE else MOST_VALUES
        for start in range(0, len(together), most):
            yield tuple(together[start : start + most])
