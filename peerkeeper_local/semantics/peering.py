"""A VPC peering connection as EC2 remembers it. In: what happened and when. Never: its state now.

The state is a function of these facts and the time (`peering_state`), so nothing has to tick.
"""

from dataclasses import dataclass, replace

from peerkeeper_local.semantics.location import Location


@dataclass(frozen=True, slots=True)
class Side:
    """One VPC of a peering: where it is and its CIDRs, the primary first."""

    location: Location
    vpc_id: str
    cidrs: tuple[str, ...] = ()
    ipv6_cidrs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """One side's peering options. Source: EC2 API, VpcPeeringConnectionOptionsDescription.

    The two ClassicLink flags exist in replies but can no longer be true: ClassicLink was retired.
    """

    dns_from_remote_vpc: bool = False
    multipath_resilience: bool = False


@dataclass(frozen=True, slots=True)
class Peering:
    """A peering connection: two sides and the times (epoch seconds) of what was done to it.

    `doomed` says that the request can only fail: overlapping CIDRs, or ids that do not exist.
    `deleted_by` is the location in which the delete was called.
    """

    id: str
    requester: Side
    accepter: Side
    created: float
    doomed: bool = False
    accepted: float | None = None
    rejected: float | None = None
    deleted: float | None = None
    deleted_by: Location | None = None
    requester_options: Options = Options()
    accepter_options: Options = Options()

    @property
    def between_regions(self) -> bool:
        """Whether the two VPCs are in different Regions."""
        return self.requester.location.region != self.accepter.location.region

    @property
    def between_accounts(self) -> bool:
        """Whether the two VPCs belong to different accounts."""
        return self.requester.location.account != self.accepter.location.account

    def joins(self, vpc_id: str) -> bool:
        """Whether `vpc_id` is one of the two VPCs."""
        return vpc_id in (self.requester.vpc_id, self.accepter.vpc_id)

    def touches(self, location: Location) -> bool:
        """Whether one of the two VPCs lives in `location`."""
        return location in (self.requester.location, self.accepter.location)

    def with_sides(self, requester: Side, accepter: Side) -> "Peering":
        """Return the same peering with newer CIDRs; a VPC may gain and lose some at any time."""
        return replace(self, requester=requester, accepter=accepter)
