"""How long EC2 takes, and how much it allows. In: numbers. Never measures or waits.

All delays are in seconds.
"""

from dataclasses import dataclass, fields

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Delays:
    """How long each passing state lasts.

    AWS fixes expiry and tombstones. The others vary on AWS from under a second to minutes, so every user of
    these values chooses them. Sources of the fixed ones:

    - VPC Peering Guide, basics and quotas
    - VPC User Guide, NAT gateways
    - EC2 API, TerminateInstances
    - assumed: the prefix list's
    """

    initiating: float = 1.0  # initiating-request, before pending-acceptance or failed
    peer_sight: float = 0.0  # from then until the accepter's location sees the request
    provisioning: float = 5.0  # from accept until active
    deleting: float = 5.0  # between Regions only: from delete until deleted
    withdrawing: float = 5.0  # between Regions only: from delete of a request until deleted
    vpc_pending: float = 0.0  # from CreateVpc until available
    associating: float = 1.0  # from asking for an IPv6 block until a VPC has it
    endpoint_pending: float = 30.0  # interface endpoints: from CreateVpcEndpoint until available
    endpoint_deleting: float = 30.0  # from DeleteVpcEndpoints until it is gone
    list_change: float = 5.0  # a managed prefix list: from a change until it is complete
    nat_pending: float = 60.0  # from CreateNatGateway until available or failed
    nat_deleting: float = 60.0  # from DeleteNatGateway until deleted
    request_expiry: float = 7 * DAY
    short_tombstone: float = 2 * HOUR
    long_tombstone: float = 2 * DAY
    nat_tombstone: float = HOUR  # how long a deleted or failed NAT gateway is shown
    list_tombstone: float = 300.0  # how long a deleted managed prefix list is shown
    zone_change: float = 30.0  # from a change of a hosted zone until it is INSYNC
    instance_start: float = 2.0  # pending, before running
    instance_stop: float = 2.0  # stopping or shutting-down, before stopped or terminated
    instance_tombstone: float = HOUR  # how long a terminated instance is still shown

    @classmethod
    def none(cls) -> "Delays":
        """Return no passing states: a request is pending at once, an accepted peering active."""
        passing = (each.name for each in fields(cls) if each.name not in FIXED)
        return cls(**dict.fromkeys(passing, 0.0))


FIXED = frozenset(
    {
        "request_expiry",
        "short_tombstone",
        "long_tombstone",
        "nat_tombstone",
        "list_tombstone",
        "instance_tombstone",
    }
)
"""The delays that no passing state has: how long something stays valid, or is shown when it has ended."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Quotas and page sizes.

    Sources:

    - VPC Peering Guide, quotas: 50 active, 25 outstanding
    - Service Quotas L-93826ACB: 500 routes per table and family
    - VPC User Guide, quotas: 200 tables. Per direction and family 20 entries of an ACL, 60 rules of a group
    - EC2 User Guide, tag restrictions: 50
    - PrivateLink guide, quotas: 20 gateway endpoints a Region, 50 interface endpoints a VPC
    - EC2 API: pages of 100 (DescribeRouteTables), of 255 (DescribeStaleSecurityGroups), of 1000 (others)
    - Route 53 Developer Guide, quotas: 300 VPCs, 1000 authorizations

    A new account has 5 VPCs per Region, adjustable to hundreds (VPC User Guide, quotas). We assume hundreds.
    """

    active_peerings_per_vpc: int = 50
    outstanding_requests: int = 25
    routes_per_table: int = 500
    route_tables_per_vpc: int = 200
    tags_per_resource: int = 50
    vpcs_per_region: int = 500
    gateway_endpoints: int = 20
    interface_endpoints_per_vpc: int = 50
    entries_per_network_acl: int = 20
    rules_per_group: int = 60
    route_tables_page: int = 100
    stale_groups_page: int = 255
    page: int = 1000
    vpcs_per_zone: int = 300
    authorizations_per_zone: int = 1000


@dataclass(frozen=True, slots=True)
class Moment:
    """A time (epoch seconds), with the delays and quotas that hold."""

    now: float
    delays: Delays = Delays()
    limits: Limits = Limits()
