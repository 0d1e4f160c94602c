"""Settings: everything an operator can set, as one value. `environment.py` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peerkeeper.values.ec2 import Location, Network, inside, overlap

ACCOUNT = re.compile(r"[0-9]{12}")
REGION = re.compile(r"[a-z]+(?:-[a-z]+)+-[0-9]{1,2}")
PARTITION = re.compile(r"aws(?:-[a-z]+)*")


class Mode(StrEnum):
    """How much Peerkeeper may change."""

    OBSERVE = "observe"
    ADD_ONLY = "add-only"
    FULL = "full"


class VpcDns(StrEnum):
    """What Peerkeeper does with the DNS attributes of our VPCs."""

    ENFORCE = "enforce"
    LEAVE = "leave"


class EnforceIn(StrEnum):
    """In which VPCs `VpcDns` and `SubnetPublicIp` act; nothing else depends on it."""

    PARTICIPATING = "participating"
    """Those whose own tags ask for it."""
    ALL = "all"


class SubnetPublicIp(StrEnum):
    """What Peerkeeper does with our subnets' public IP on launch."""

    OFF_WHERE_PRIVATE = "off-where-private"
    MATCH_INTERNET_ROUTE = "match-internet-route"
    NEVER = "never"
    LEAVE = "leave"


class RouteScope(StrEnum):
    """How much of a peer's network each of our tables routes."""

    KEEP = "keep"
    """A table that routes only parts of it keeps those parts."""
    VPC = "vpc"
    """The whole network, in every table."""
    SUBNETS = "subnets"
    """The subnets of the peer, in every table."""


class FurtherLook(StrEnum):
    """Whether the sweep looks at something that no decision rests on, and reports it."""

    OFF = "off"
    REPORT = "report"


class QuotaCheck(StrEnum):
    """What the look at Service Quotas is for."""

    OFF = "off"
    REPORT = "report"
    """The sweep reports what is nearly used up."""
    HOLD = "hold"
    """So it does, and a request waits if our tables have no room for its routes."""


class Endpoints(StrEnum):
    """What Peerkeeper does with VPC endpoints that exist. It creates and deletes none."""

    OFF = "off"
    REPORT = "report"
    """The sweep reads them, and reports."""
    KEEP = "keep"
    """And `keep_endpoints` adds to one what its own tag asks for."""


class FleetSweep(StrEnum):
    """How the sweep reaches every location: one invocation for all, or a state machine's one for some."""

    DIRECT = "direct"
    STATE_MACHINE = "state-machine"


@dataclass(frozen=True, slots=True)
class DeleteOverride:
    """For one release: let this many deletes that rest on absence through the brake, in one location."""

    location: Location
    count: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set. Built once, at cold start."""

    locations: frozenset[Location]
    """Each listed account in each Region; for an organization, only the hub's account in each Region."""
    account: str = ""
    """The hub's own account."""
    organization: bool = False
    """Every account that EventBridge lets in is covered, in the Regions of `locations`."""
    spoke_role: str = ""
    """The name of this function's role in the other accounts; each holds one of that name."""
    external_id: str = ""
    """What those roles require where there is no organization; may be empty."""
    mode: Mode = Mode.OBSERVE
    allowed_accounts: frozenset[str] = frozenset()
    """Empty: only the location's own account."""
    allowed_destinations: tuple[Network, ...] = ()
    excluded_destinations: tuple[Network, ...] = ()
    """Those written `!10.9.0.0/16`: never routed to a peer, even inside an allowed destination."""
    allow_ipv6: bool = False
    route_scope: RouteScope = RouteScope.KEEP
    allow_more_specific_than: frozenset[Network] = frozenset()
    allow_multipath_charges: bool = False
    enforce_in: EnforceIn = EnforceIn.PARTICIPATING
    vpc_dns: VpcDns = VpcDns.ENFORCE
    subnet_public_ip: SubnetPublicIp = SubnetPublicIp.OFF_WHERE_PRIVATE
    stale_group_rules: FurtherLook = FurtherLook.OFF
    quota_check: QuotaCheck = QuotaCheck.OFF
    reachability: FurtherLook = FurtherLook.OFF
    private_zones: FurtherLook = FurtherLook.OFF
    endpoints: Endpoints = Endpoints.OFF
    delete_override: DeleteOverride | None = None
    queues: Mapping[str, str] = field(default_factory=dict)
    """Queue URL by function name."""
    home_region: str = ""
    """The hub's Region, which has the queues."""
    partition: str = "aws"
    """AWS's partition that the stack is in, as every ARN names it. No account of another one is reached."""
    senders: frozenset[str] = frozenset()
    """Unique ids of our function roles, as SQS stamps them on what they send."""
    bus: str = ""
    """The event bus that announcements go to; if empty, nothing is sent."""

    def covers(self, location: Location) -> bool:
        """Tell whether this location is covered: whether it may be read, and changed."""
        if location in self.locations:
            return True
        return self.organization and Location(self.account, location.region) in self.locations

    def allows_destination(self, destination: Network) -> bool:
        """Tell whether a network of a peer may be routed: inside an allowed one, apart from each excluded."""
        allowed = any(inside(destination, to) for to in self.allowed_destinations)
        return allowed and not any(overlap(destination, out) for out in self.excluded_destinations)

    def destinations_said(self) -> str:
        """Return AllowedDestinations in words, as a person writes it."""
        said = [
            *map(str, self.allowed_destinations),
            *(f"!{to}" for to in self.excluded_destinations),
        ]
        return ", ".join(said) or "empty"

    def way_in(self, destination: Network) -> str:
        """Return what to change in AllowedDestinations so that a network is let through, in words."""
        allowed = any(inside(destination, to) for to in self.allowed_destinations)
        out = [to for to in self.excluded_destinations if overlap(destination, to)]
        steps = [*(() if allowed else ("add it there",)), *(f"remove !{to} from it" for to in out)]
        return f"{' and '.join(steps)} to allow it"

    def allows_account(self, account_id: str, own: Location) -> bool:
        """Tell whether a peer in this account may meet our side at all."""
        return account_id in (self.allowed_accounts or {own.account_id})
