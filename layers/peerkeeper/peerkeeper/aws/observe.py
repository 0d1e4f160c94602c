"""Describe calls: from a group of reads to what EC2 showed, all pages or nothing.

In: clients, reads of one kind, location and filter. Out: `Observed`. A page that fails, or a page token
that comes twice, voids the whole read: a partial read is no read.
"""

from __future__ import annotations

from typing import Any

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

from peerkeeper.aws import parse
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.error_codes import UNREADABLE, trouble_from, unreadable
from peerkeeper.aws.pace import TurnTooLate
from peerkeeper.values.ec2 import Location, PrefixList
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.trouble import CUT_OFF

OPERATIONS: dict[Describe, tuple[str, str, int]] = {
    # action, list in its reply, page size. Source: botocore's EC2 model, MaxResults.
    Describe.PEERINGS: ("DescribeVpcPeeringConnections", "VpcPeeringConnections", 1000),
    Describe.VPCS: ("DescribeVpcs", "Vpcs", 1000),
    Describe.SUBNETS: ("DescribeSubnets", "Subnets", 1000),
    Describe.ROUTE_TABLES: ("DescribeRouteTables", "RouteTables", 100),
    Describe.AWS_PREFIX_LISTS: ("DescribeManagedPrefixLists", "PrefixLists", 100),
    Describe.PREFIX_LIST: ("GetManagedPrefixListEntries", "Entries", 100),
    Describe.STALE_GROUPS: ("DescribeStaleSecurityGroups", "StaleSecurityGroupSet", 255),
    Describe.GROUP_RULES: ("DescribeSecurityGroupRules", "SecurityGroupRules", 1000),
    Describe.LIST_SIZES: ("DescribeManagedPrefixLists", "PrefixLists", 100),
    Describe.INTERFACES: ("DescribeNetworkInterfaces", "NetworkInterfaces", 1000),
    Describe.GROUPS: ("DescribeSecurityGroups", "SecurityGroups", 1000),
    Describe.ACLS: ("DescribeNetworkAcls", "NetworkAcls", 1000),
    Describe.VPC_ENDPOINTS: ("DescribeVpcEndpoints", "VpcEndpoints", 1000),
}
OF_QUOTAS = frozenset({Describe.QUOTAS, Describe.LIST_SIZES})
FURTHER = frozenset(
    {
        *(Describe.STALE_GROUPS, Describe.GROUP_RULES),
        *(Describe.INTERFACES, Describe.GROUPS, Describe.ACLS),
        Describe.VPC_ENDPOINTS,
    }
)
"""What only further looks read. Their parsers are loaded when they are first made."""
OF_ZONES = frozenset({Describe.ZONES, Describe.ZONES_OF_VPC})
OF_OTHERS = OF_ZONES | {Describe.QUOTAS}
"""What other services than EC2 answer."""
ATTRIBUTES = {
    Describe.DNS_HOSTNAMES: ("enableDnsHostnames", "EnableDnsHostnames"),
    Describe.DNS_SUPPORT: ("enableDnsSupport", "EnableDnsSupport"),
}
NAMES = {
    **dict.fromkeys(ATTRIBUTES, "DescribeVpcAttribute"),
    Describe.QUOTAS: "ListServiceQuotas",
    Describe.ZONES: "ListHostedZones",
    Describe.ZONES_OF_VPC: "ListHostedZonesByVPC",
}
"""What is called for a read that is not one of these."""


def observe(clients: Clients, reads: tuple[Read, ...]) -> Observed:
    """Return what these reads showed; they share location, kind and filter. Trouble is in the value."""
    kind = reads[0].kind
    action = NAMES.get(kind) or OPERATIONS[kind][0]
    try:
        return _attribute(clients, reads) if kind in ATTRIBUTES else _described(clients, reads)
    except TurnTooLate:
        return Observed(reads, trouble=CUT_OFF)
    except (ClientError, BotoCoreError) as error:
        # A read of quotas, or of zones, may take several operations.
        called = getattr(error, "operation_name", "") or action
        return Observed(reads, trouble=trouble_from(error, called))
    except UNREADABLE as error:
        # It voids this read; it must not take the whole batch with it.
        return Observed(reads, trouble=unreadable(error, action))


def _attribute(clients: Clients, reads: tuple[Read, ...]) -> Observed:
    read = reads[0]
    attribute, key = ATTRIBUTES[read.kind]
    reply: Any = clients.ec2(read.location).describe_vpc_attribute(
        VpcId=read.value,
        Attribute=attribute,  # type: ignore[arg-type]  # one of the two literals above
    )
    return Observed(reads, enabled=bool(reply[key]["Value"]))


def _described(clients: Clients, reads: tuple[Read, ...]) -> Observed:
    where, kind = reads[0].location, reads[0].kind
    if kind in (Describe.AWS_PREFIX_LISTS, Describe.PREFIX_LIST):
        return _lists(clients, reads)
    if kind in FURTHER:
        return _further(clients, reads)
    if kind in OF_QUOTAS:
        return _quotas(clients, reads)
    if kind in OF_ZONES:
        return _zones(clients, reads)
    raw = _pages(clients, where, kind, Filters=_filters(reads))
    match kind:
        case Describe.PEERINGS:
            return Observed(reads, peerings=tuple(parse.peering(item, where) for item in raw))
        case Describe.VPCS:
            return Observed(reads, vpcs=tuple(parse.vpc(item, where) for item in raw))
        case Describe.SUBNETS:
            return Observed(reads, subnets=tuple(parse.subnet(item, where) for item in raw))
        case _:
            tables = tuple(parse.route_table(item, where) for item in raw)
            return Observed(reads, route_tables=tables)


def _filters(reads: tuple[Read, ...]) -> list[dict[str, Any]]:
    by = reads[0].by
    return [] if by is By.ALL else [{"Name": by.value, "Values": [read.value for read in reads]}]


def _further(clients: Clients, reads: tuple[Read, ...]) -> Observed:
    """Answer reads of a further look: of one VPC's stale groups, or by a filter."""
    from peerkeeper.aws.parse_further import observed  # noqa: PLC0415 - only further looks need it

    kind = reads[0].kind
    if kind is Describe.STALE_GROUPS:
        raw = _pages(clients, reads[0].location, kind, VpcId=reads[0].value)
    else:
        raw = _pages(clients, reads[0].location, kind, Filters=_filters(reads))
    return observed(reads, raw)


def _quotas(clients: Clients, reads: tuple[Read, ...]) -> Observed:
    """Answer reads of quotas: those in force, or how many routes each prefix list counts for."""
    from peerkeeper.aws import quotas  # noqa: PLC0415 - only QuotaCheck makes these reads

    where, kind = reads[0].location, reads[0].kind
    if kind is Describe.QUOTAS:
        client = clients.other("service-quotas", where)
        return Observed(reads, quotas=tuple(quotas.in_force(client, where)))
    raw = _pages(clients, where, kind, Filters=_filters(reads))
    return Observed(reads, list_sizes=tuple(quotas.size_of(item, where) for item in raw))


def _zones(clients: Clients, reads: tuple[Read, ...]) -> Observed:
    """Answer a read of private hosted zones: a share of an account's, or all of a VPC's."""
    from peerkeeper.aws import zones  # noqa: PLC0415 - only PrivateZones makes these reads

    where, kind, asked = reads[0].location, reads[0].kind, reads[0].value
    client = clients.other("route53", where)
    if kind is Describe.ZONES:
        return Observed(reads, zones=(zones.of_account(client, where, int(asked)),))
    return Observed(reads, zones_of_vpcs=(zones.of_vpc(client, where, asked),))


def _lists(clients: Clients, reads: tuple[Read, ...]) -> Observed:
    """Answer reads of prefix lists; which of them AWS owns is asked once a Region and process.

    Source: VPC User Guide, AWS-managed prefix lists: a Region's are the same for every account.
    """
    where, kind, asked = reads[0].location, reads[0].kind, reads[0].value
    known = clients.lists_of_aws.get(where.region)
    if kind is Describe.PREFIX_LIST:
        if known and asked in known:
            return Observed(reads, prefix_lists=_of_aws(where, {asked: known[asked]}))
        entries = _pages(clients, where, kind, PrefixListId=asked)
        return Observed(reads, prefix_lists=(parse.prefix_list(asked, entries, where),))
    if known is None:
        owned = [{"Name": "owner-id", "Values": ["AWS"]}]
        raw = _pages(clients, where, kind, Filters=owned)
        known = {one["PrefixListId"]: one.get("PrefixListName", "") for one in raw}
        clients.lists_of_aws[where.region] = known
    return Observed(reads, prefix_lists=_of_aws(where, known))


def _of_aws(where: Location, known: dict[str, str]) -> tuple[PrefixList, ...]:
    """Return these lists as lists that AWS owns. `known`: names by id."""
    return tuple(
        PrefixList(where, one, of_aws=True, name=name) for one, name in sorted(known.items())
    )


def _pages(clients: Clients, where: Location, kind: Describe, **asked: object) -> list[Any]:
    """Return what all pages list."""
    action, key, size = OPERATIONS[kind]
    client: Any = clients.ec2(where)
    pages = client.get_paginator(xform_name(action)).paginate(
        **asked, PaginationConfig={"PageSize": size}
    )
    return [item for page in pages for item in page[key]]
