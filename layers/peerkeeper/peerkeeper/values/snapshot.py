"""All that was read, as one value, with what is known to be complete.

In: observations. Out: `Snapshot`. Only `knows_…` and `has_read_…` let anything be concluded from absence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from peerkeeper.values.ec2 import (
    ROUTABLE,
    TERMINAL,
    Location,
    PeeringConnection,
    PeeringStatus,
    PrefixList,
    RouteTable,
    Side,
    Subnet,
    Vpc,
)
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.tags import is_exempt
from peerkeeper.values.trouble import Meaning, Trouble

if TYPE_CHECKING:  # only further looks load them
    from peerkeeper.values.interfaces import NetworkInterface
    from peerkeeper.values.network_acls import NetworkAcl
    from peerkeeper.values.quotas import QuotaValue
    from peerkeeper.values.security_groups import SecurityGroup
    from peerkeeper.values.vpc_endpoints import VpcEndpoint
    from peerkeeper.values.zones import ZonesOfAccount, ZonesOfVpc

Key: TypeAlias = tuple[Location, str]


class OwnView(NamedTuple):
    """A peering connection, as the location of one of its VPCs shows it, with that VPC's side first."""

    pcx: PeeringConnection
    own: Side
    peer: Side


class Sight(NamedTuple):
    """What one look saw of a subnet: the table that routes it, and whether that leads to the internet.

    Two such looks, five minutes apart and alike, are needed before the subnet's setting is switched.
    """

    location: Location
    subnet_id: str
    table_id: str
    leads: bool


def _pair(pcx: PeeringConnection) -> frozenset[Key]:
    return frozenset((side.location, side.vpc_id) for side in (pcx.requester, pcx.accepter))


@dataclass(frozen=True)
class Snapshot:
    """What EC2 showed, by (location, id); `done` and `unread` say how much of it there is.

    Not slotted: it keeps its indexes, once asked for. It never changes, so its indexes stay right.
    """

    vpcs: Mapping[Key, Vpc] = field(default_factory=dict)
    subnets: Mapping[Key, Subnet] = field(default_factory=dict)
    route_tables: Mapping[Key, RouteTable] = field(default_factory=dict)
    peerings: Mapping[Key, PeeringConnection] = field(default_factory=dict)
    prefix_lists: Mapping[Key, PrefixList] = field(default_factory=dict)
    stale_groups: Mapping[Key, SecurityGroup] = field(default_factory=dict)
    """Groups with only their stale rules, which EC2 shows without ids."""
    groups_with_ids: Mapping[Key, SecurityGroup] = field(default_factory=dict)
    """Groups with only those rules that name a group, and the rules' ids."""
    quotas: Mapping[Key, QuotaValue] = field(default_factory=dict)
    list_sizes: Mapping[Key, PrefixList] = field(default_factory=dict)
    interfaces: Mapping[Key, NetworkInterface] = field(default_factory=dict)
    security_groups: Mapping[Key, SecurityGroup] = field(default_factory=dict)
    network_acls: Mapping[Key, NetworkAcl] = field(default_factory=dict)
    """Interfaces, groups and ACLs: only of VPCs that a further look asks for, and groups of endpoints."""
    zones: Mapping[Key, ZonesOfAccount] = field(default_factory=dict)
    zones_of_vpcs: Mapping[Key, ZonesOfVpc] = field(default_factory=dict)
    vpc_endpoints: Mapping[Key, VpcEndpoint] = field(default_factory=dict)
    dns_hostnames: Mapping[Key, bool] = field(default_factory=dict)
    dns_support: Mapping[Key, bool] = field(default_factory=dict)
    done: frozenset[Read] = frozenset()
    """Reads that came back whole, to the last page."""
    unread: Mapping[Read, Trouble] = field(default_factory=dict)
    """Reads that failed. A failed read is not an empty read."""
    absent_before: frozenset[Key] = frozenset()
    """(location, pcx id) proven absent by an earlier look, at least five minutes ago."""
    seen_before: frozenset[Sight] = frozenset()
    """What an earlier look provably saw of subnets, at least five minutes ago."""
    tag_acts: frozenset[TagAct] = frozenset()
    """Who changed our tags just now: for the news, never for a decision."""
    now: float = 0.0
    """When the looking began, in epoch seconds; 0 where it is not known."""

    def has_read(self, location: Location, kind: Describe, by: By, value: str) -> bool:
        """Tell whether this was read whole, by itself or as part of its location."""
        read = Read(location, kind, by, value)
        return read in self.done or read.whole in self.done

    def has_read_all(self, location: Location, *kinds: Describe) -> bool:
        """Tell whether everything of these kinds in the location was read whole."""
        return all(Read(location, kind) in self.done for kind in kinds)

    def has_read_tables(self, location: Location, vpc_id: str) -> bool:
        """Tell whether all route tables of the VPC were read."""
        return self.has_read(location, Describe.ROUTE_TABLES, By.VPC, vpc_id)

    def has_read_subnets(self, location: Location, vpc_id: str) -> bool:
        """Tell whether all subnets of the VPC were read."""
        return self.has_read(location, Describe.SUBNETS, By.VPC, vpc_id)

    def has_read_peerings(self, location: Location, vpc_id: str) -> bool:
        """Tell whether all peering connections of the VPC were read, as requester and as accepter."""
        return self.has_read(
            location, Describe.PEERINGS, By.REQUESTER_VPC, vpc_id
        ) and self.has_read(location, Describe.PEERINGS, By.ACCEPTER_VPC, vpc_id)

    def knows_routes(self, table: RouteTable) -> bool:
        """Tell whether all networks that the table routes are known, also the networks of prefix lists.

        If our role may not read a list, its routes count for nothing, as before a spoke has that right.
        """
        lists = table.prefix_lists
        return not lists or all(self._knows_list(table.location, one) for one in lists)

    def knows_targets(self, table: RouteTable) -> bool:
        """Tell whether every peering that the table routes was read, or is known to be absent.

        Until then one of them may claim a network that a new route would take.
        """
        return (table.location, table.id) not in self._with_unknown_targets

    def _knows_list(self, location: Location, list_id: str) -> bool:
        read = Read(location, Describe.PREFIX_LIST, By.PREFIX_LIST, list_id)
        trouble = self.unread.get(read)
        known = (location, list_id) in self.prefix_lists
        return known or bool(trouble and trouble.meaning in (Meaning.DENIED, Meaning.ABSENT))

    def is_exempt(self, location: Location, vpc_id: str) -> bool | None:
        """Tell whether the VPC is out of every rule; None where it was not read.

        A VPC missing from a read of all is a read that lags: that tells nothing about its tags.
        """
        vpc = self.vpcs.get((location, vpc_id))
        return is_exempt(vpc.tags) if vpc else None

    def is_unreachable(self, location: Location) -> bool:
        """Tell whether our role in that account is missing, or does not trust us."""
        return location.account_id in self._unreachable

    def vpcs_in(self, location: Location) -> Sequence[Vpc]:
        """Return the VPCs of one location that were read, which may not be all."""
        return self._vpcs_by_location.get(location, ())

    def tables_of(self, location: Location, vpc_id: str) -> Sequence[RouteTable]:
        """Return the route tables of one VPC that were read, which may not be all."""
        return self._tables_by_vpc.get((location, vpc_id), ())

    def subnets_of(self, location: Location, vpc_id: str) -> Sequence[Subnet]:
        """Return the subnets of one VPC that were read, which may not be all."""
        return self._subnets_by_vpc.get((location, vpc_id), ())

    def interfaces_of(self, location: Location, vpc_id: str) -> Sequence[NetworkInterface]:
        """Return the network interfaces of one VPC that were read, which may not be all."""
        return self._interfaces_by_vpc.get((location, vpc_id), ())

    def peerings_of(self, location: Location, vpc_id: str) -> Sequence[OwnView]:
        """Return the peering connections of one VPC that its location shows, with both sides."""
        return self._peerings_by_vpc.get((location, vpc_id), ())

    def rivals_of(self, endpoint: VpcEndpoint) -> Sequence[VpcEndpoint]:
        """Return the other endpoints of the same type and service in the same VPC that were read."""
        alike = self._endpoints_by_place.get(endpoint.place, ())
        return [one for one in alike if one.id != endpoint.id]

    def aws_lists_named(self, location: Location, name: str) -> Sequence[str]:
        """Return the ids of the prefix lists of this name that AWS owns."""
        return self._aws_lists_by_name.get((location, name), ())

    def views_of(self, pcx_id: str) -> Sequence[PeeringConnection]:
        """Return what each location shows of this peering connection."""
        return self._views_by_id.get(pcx_id, ())

    def twin_of(self, pcx: PeeringConnection) -> PeeringConnection | None:
        """Return a live peering connection of the same two VPCs, either way round; None if no read shows one.

        EC2 lets a pair of VPCs have one. Source: VPC Peering Guide, limitations.
        """
        for other in self._live_by_pair.get(_pair(pcx), ()):
            if other.id != pcx.id and self.status_of(other.location, other.id) in ROUTABLE:
                return other
        return None

    def reversed_request(self, pcx: PeeringConnection) -> PeeringConnection | None:
        """Return the accepter's view of a request between the same two VPCs, asked for the other way round.

        Of one direction EC2 keeps one request. Source: observed.
        """
        for other in self._requests_by_pair.get(_pair(pcx), ()):
            waits = self.status_of(other.location, other.id) is PeeringStatus.PENDING_ACCEPTANCE
            if other.id != pcx.id and waits and other.location == other.accepter.location:
                return other
        return None

    def peering_ids(self, location: Location) -> frozenset[str]:
        """Return the peering connections that this location shows."""
        return self._ids_by_location.get(location, frozenset())

    def effective_table(self, subnet: Subnet) -> RouteTable | None:
        """Return the table that routes this subnet; None where it cannot be known from what was read.

        A subnet without its own association uses the main route table. No filter by subnet returns that
        table, so it counts only once all tables of the VPC were read. Source: VPC User Guide.
        """
        tables = self.tables_of(subnet.location, subnet.vpc_id)
        for table in tables:
            if subnet.id in table.subnet_ids:
                return table
        if not self.has_read_tables(subnet.location, subnet.vpc_id):
            return None
        return next((table for table in tables if table.main), None)

    def status_of(self, location: Location, pcx_id: str) -> PeeringStatus | None:
        """Return the status that decides about routes in `location`; None where it was not seen.

        A terminal status never changes again, so one seen from either side's location is proof for both.
        """
        ended = self._ended.get(pcx_id)
        if ended:
            return ended
        own = self.peerings.get((location, pcx_id))
        return own.status if own else None

    def knows_absent(self, location: Location, pcx_id: str, vpc_id: str) -> bool:
        """Tell whether a complete read would have shown this peering connection, and did not.

        A route to a peering can only stand in a table of one of its two VPCs. So a read of all peerings of
        that VPC, as requester and as accepter, is complete for it.
        """
        if self.views_of(pcx_id):
            return False
        return self.has_read(
            location, Describe.PEERINGS, By.PEERING, pcx_id
        ) or self.has_read_peerings(location, vpc_id)

    @cached_property
    def _with_unknown_targets(self) -> frozenset[Key]:
        return frozenset(
            key
            for key, table in self.route_tables.items()
            for one in table.peerings_without(self.peering_ids(table.location))
            # The other side may show that it ended, long after our own does not show it any more.
            if self.status_of(table.location, one) is None
            and not self.knows_absent(table.location, one, table.vpc_id)
        )

    @cached_property
    def _unreachable(self) -> frozenset[str]:
        failed = self.unread.items()
        return frozenset(
            read.location.account_id for read, trouble in failed if trouble.unreachable
        )

    @cached_property
    def _vpcs_by_location(self) -> Mapping[Location, Sequence[Vpc]]:
        found: dict[Location, list[Vpc]] = {}
        for vpc in self.vpcs.values():
            found.setdefault(vpc.location, []).append(vpc)
        return found

    @cached_property
    def _tables_by_vpc(self) -> Mapping[Key, Sequence[RouteTable]]:
        found: dict[Key, list[RouteTable]] = {}
        for table in self.route_tables.values():
            found.setdefault((table.location, table.vpc_id), []).append(table)
        return found

    @cached_property
    def _subnets_by_vpc(self) -> Mapping[Key, Sequence[Subnet]]:
        found: dict[Key, list[Subnet]] = {}
        for subnet in self.subnets.values():
            found.setdefault((subnet.location, subnet.vpc_id), []).append(subnet)
        return found

    @cached_property
    def _interfaces_by_vpc(self) -> Mapping[Key, Sequence[NetworkInterface]]:
        found: dict[Key, list[NetworkInterface]] = {}
        for interface in self.interfaces.values():
            found.setdefault((interface.location, interface.vpc_id), []).append(interface)
        return found

    @cached_property
    def _peerings_by_vpc(self) -> Mapping[Key, Sequence[OwnView]]:
        found: dict[Key, list[OwnView]] = {}
        for view in self.peerings.values():
            for own, peer in view.own_sides():
                found.setdefault((own.location, own.vpc_id), []).append(OwnView(view, own, peer))
        return found

    @cached_property
    def _endpoints_by_place(self) -> Mapping[tuple[object, ...], Sequence[VpcEndpoint]]:
        found: dict[tuple[object, ...], list[VpcEndpoint]] = {}
        for endpoint in self.vpc_endpoints.values():
            found.setdefault(endpoint.place, []).append(endpoint)
        return found

    @cached_property
    def _aws_lists_by_name(self) -> Mapping[Key, Sequence[str]]:
        found: dict[Key, list[str]] = {}
        for one in self.prefix_lists.values():
            if one.of_aws:
                found.setdefault((one.location, one.name), []).append(one.id)
        return found

    @cached_property
    def _views_by_id(self) -> Mapping[str, Sequence[PeeringConnection]]:
        found: dict[str, list[PeeringConnection]] = {}
        for (_, pcx_id), view in self.peerings.items():
            found.setdefault(pcx_id, []).append(view)
        return found

    @cached_property
    def _ended(self) -> Mapping[str, PeeringStatus]:
        """The terminal status of each peering that has one in the first of its views that shows an end."""
        found: dict[str, PeeringStatus] = {}
        for view in self.peerings.values():
            if view.status in TERMINAL:
                found.setdefault(view.id, view.status)
        return found

    @cached_property
    def _live_by_pair(self) -> Mapping[frozenset[Key], Sequence[PeeringConnection]]:
        found: dict[frozenset[Key], list[PeeringConnection]] = {}
        for view in self.peerings.values():
            if view.status in ROUTABLE:
                found.setdefault(_pair(view), []).append(view)
        return found

    @cached_property
    def _requests_by_pair(self) -> Mapping[frozenset[Key], Sequence[PeeringConnection]]:
        found: dict[frozenset[Key], list[PeeringConnection]] = {}
        for view in self.peerings.values():
            if view.status is PeeringStatus.PENDING_ACCEPTANCE:
                found.setdefault(_pair(view), []).append(view)
        return found

    @cached_property
    def _ids_by_location(self) -> Mapping[Location, frozenset[str]]:
        found: dict[Location, set[str]] = {}
        for location, pcx_id in self.peerings:
            found.setdefault(location, set()).add(pcx_id)
        return {location: frozenset(ids) for location, ids in found.items()}
