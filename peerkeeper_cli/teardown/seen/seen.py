"""All that a teardown has read. In: nothing. Out: `Seen`, the input of every decision of this folder."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerkeeper.values.ec2 import Location, Network, PeeringConnection, RouteTable

from peerkeeper_cli.teardown.seen.contents import Address, Contents
from peerkeeper_cli.teardown.seen.group import Group, GroupReference
from peerkeeper_cli.teardown.seen.unread import Unread, Unseen
from peerkeeper_cli.teardown.seen.zone import Zone


@dataclass(frozen=True, slots=True)
class OwnVpc:
    """The VPC that is to be taken apart."""

    location: Location
    id: str
    owner: str
    default: bool
    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is there of one peering, or of one VPC and its peerings."""

    target: str
    vpc: OwnVpc | None = None
    """None where the target is a peering, or where EC2 does not show the VPC."""
    peerings: tuple[PeeringConnection, ...] = ()
    """One view of each, from a location that was read."""
    networks: tuple[tuple[str, tuple[Network, ...]], ...] = ()
    """The networks of the VPCs that were read, by id."""
    readable: frozenset[str] = frozenset()
    """The accounts that were asked."""
    tables: tuple[RouteTable, ...] = ()
    """Tables with a route to one of the peerings."""
    groups: tuple[Group, ...] = ()
    rules: tuple[GroupReference, ...] = ()
    zones: tuple[Zone, ...] = ()
    left_addresses: tuple[tuple[Location, Address], ...] = ()
    """Addresses of a VPC that is deleted."""
    referencing: tuple[tuple[str, str, str], ...] = ()
    """A group that was read, and the VPC and peering of a rule that names it."""
    names: tuple[tuple[str, str], ...] = ()
    """The tag Name of what was read, by id."""
    unread: tuple[Unread, ...] = ()
    unseen: tuple[Unseen, ...] = ()

    @property
    def of_vpc(self) -> bool:
        """Whether the target is a VPC, there or not."""
        return self.target.startswith("vpc-")

    @property
    def pcx_ids(self) -> frozenset[str]:
        """The peerings."""
        found = frozenset(one.id for one in self.peerings)
        return found | {self.target} if self.target.startswith("pcx-") else found

    def networks_of(self, vpc_id: str) -> tuple[Network, ...]:
        """Return the networks of a VPC; empty where it was not read."""
        return dict(self.networks).get(vpc_id, ())

    def vpc_of_group(self, group: str) -> str:
        """Return the VPC of a group; empty where it was not read."""
        return next((one.vpc_id for one in self.groups if one.id == group), "")
