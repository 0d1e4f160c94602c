"""How long EC2 takes, and how much it allows. In: numbers. Never measures or waits.

All delays are in seconds.
"""

from dataclasses import dataclass

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Delays:
    """How long each passing state lasts.

    The last three are fixed by AWS (source: VPC Peering Guide, basics and quotas); the others vary
    on AWS from under a second to minutes, so every user of these values chooses them.
    """

    initiating: float = 1.0  # initiating-request, before pending-acceptance or failed
    peer_sight: float = 0.0  # from then until the accepter's location sees the request
    provisioning: float = 5.0  # from accept until active
    deleting: float = 5.0  # between Regions only: from delete until deleted
    vpc_pending: float = 0.0  # from CreateVpc until available
    associating: float = 1.0  # from asking for an IPv6 block until a VPC has it
    request_expiry: float = 7 * DAY
    short_tombstone: float = 2 * HOUR
    long_tombstone: float = 2 * DAY

    @classmethod
    def none(cls) -> "Delays":
        """Return no passing states: a request is pending at once, an accepted peering active."""
        return cls(initiating=0.0, provisioning=0.0, deleting=0.0, associating=0.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """Quotas and page sizes.

    Sources: VPC Peering Guide, quotas (50 active, 25 outstanding); Service Quotas L-93826ACB
    (routes: 500 per table and family); VPC User Guide, quotas (200 tables); EC2 User Guide, tag
    restrictions (50); EC2 API, DescribeRouteTables (pages of 100; others 1000). VPCs per Region are 5 on a
    new account, and adjustable to hundreds (VPC User Guide, quotas): an account that peers is one of those.
    """

    active_peerings_per_vpc: int = 50
    outstanding_requests: int = 25
    routes_per_table: int = 500
    route_tables_per_vpc: int = 200
    tags_per_resource: int = 50
    vpcs_per_region: int = 500
    route_tables_page: int = 100
    page: int = 1000


@dataclass(frozen=True, slots=True)
class Moment:
    """A time (epoch seconds), with the delays and quotas that hold."""

    now: float
    delays: Delays = Delays()
    limits: Limits = Limits()
