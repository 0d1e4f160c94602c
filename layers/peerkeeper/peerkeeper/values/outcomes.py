"""The result of one call: an outcome of a change, or what a read showed.

In: nothing. Out: `Outcome`, `Observed`. The edge makes them; the loop folds them into the snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from peerkeeper.values.changes import Change, to_dict
from peerkeeper.values.ec2 import PeeringConnection, PrefixList, RouteTable, Subnet, Vpc
from peerkeeper.values.reads import Read
from peerkeeper.values.trouble import Trouble

if TYPE_CHECKING:  # only further looks load them
    from peerkeeper.values.interfaces import NetworkInterface
    from peerkeeper.values.network_acls import NetworkAcl
    from peerkeeper.values.quotas import QuotaValue
    from peerkeeper.values.security_groups import SecurityGroup
    from peerkeeper.values.vpc_endpoints import VpcEndpoint
    from peerkeeper.values.zones import ZonesOfAccount, ZonesOfVpc


class Result(StrEnum):
    """How a change ended."""

    APPLIED = "applied"
    UNCHANGED = "unchanged"
    """It was so already, or somebody was faster."""
    REFUSED = "refused"
    """By our own guard: no call was made."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change and its result."""

    change: Change
    result: Result
    detail: str = ""
    trouble: Trouble | None = None
    seen: PeeringConnection | None = None
    """What the reply showed: the accept reply has the peer's CIDRs."""

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as plain JSON values."""
        plain = {**to_dict(self.change), "result": self.result.value}
        return {**plain, "detail": self.detail} if self.detail else plain


@dataclass(frozen=True, slots=True)
class Observed:
    """What one describe call showed, all its pages; with `trouble` it showed nothing that counts."""

    reads: tuple[Read, ...]
    vpcs: tuple[Vpc, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    route_tables: tuple[RouteTable, ...] = ()
    peerings: tuple[PeeringConnection, ...] = ()
    prefix_lists: tuple[PrefixList, ...] = ()
    stale_groups: tuple[SecurityGroup, ...] = ()
    groups_with_ids: tuple[SecurityGroup, ...] = ()
    quotas: tuple[QuotaValue, ...] = ()
    list_sizes: tuple[PrefixList, ...] = ()
    """Prefix lists with the routes that each counts for, and without their entries."""
    interfaces: tuple[NetworkInterface, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    network_acls: tuple[NetworkAcl, ...] = ()
    zones: tuple[ZonesOfAccount, ...] = ()
    zones_of_vpcs: tuple[ZonesOfVpc, ...] = ()
    vpc_endpoints: tuple[VpcEndpoint, ...] = ()
    enabled: bool | None = None
    """The value of the DNS attribute that was read."""
    trouble: Trouble | None = None
