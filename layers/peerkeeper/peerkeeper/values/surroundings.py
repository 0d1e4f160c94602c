"""Everything around two ends that judges their packets: tables, ACLs, groups, peerings, prefix lists.

In: what was read. Out: `Surroundings`, with a look-up for each hop. A look-up returns None for what was not
read, and the hop is unknown then. An absent peering means "no such peering" only where all of them were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from peerkeeper.values.ec2 import Location, PeeringConnection, PrefixList, Route, RouteTable
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.network_acls import NetworkAcl
from peerkeeper.values.security_groups import SecurityGroup


class Kind(StrEnum):
    """What can be read or not be read, in the words of the answer."""

    ROUTE_TABLES = "route tables"
    NETWORK_ACLS = "network ACLs"
    SECURITY_GROUPS = "security groups"
    PEERINGS = "peering connections"
    PREFIX_LISTS = "prefix lists"


@dataclass(frozen=True)
class Surroundings:
    """What was read, of one location or of many. Not slotted: it keeps its indexes, once asked for."""

    route_tables: tuple[RouteTable, ...] = ()
    network_acls: tuple[NetworkAcl, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    peerings: tuple[PeeringConnection, ...] = ()
    prefix_lists: tuple[PrefixList, ...] = ()
    peerings_read_in: frozenset[Location] = frozenset()
    """Where all peerings were read: only there an absent one does not exist."""
    unread: Mapping[tuple[Location, Kind], str] = field(default_factory=dict)
    """Why a read failed, in words, by location and kind."""

    def why_unread(self, location: Location, kind: Kind) -> str:
        """Return in words why something of this kind is not known."""
        why = self.unread.get((location, kind))
        return (
            f"{kind.value} of {location} could not be read: {why}"
            if why
            else (f"{kind.value} of {location} were not read")
        )

    def table_of(self, end: Endpoint) -> RouteTable | None:
        """Return the effective table of the end's subnet: its own, else the main one of its VPC.

        The entries of prefix lists that were read stand in it as routes.
        Source: VPC User Guide, route tables.
        """
        here = (end.location, end.vpc_id)
        own = self._tables.get((*here, end.subnet_id)) if end.subnet_id else None
        return own or (self._tables.get((*here, "")) if end.subnet_id else None)

    def acl_of(self, end: Endpoint) -> NetworkAcl | None:
        """Return the network ACL of the end's subnet."""
        return self._acls.get((end.location, end.subnet_id))

    def group(self, location: Location, group_id: str) -> SecurityGroup | None:
        """Return the security group."""
        return self._groups.get((location, group_id))

    def prefix_list(self, location: Location, list_id: str) -> PrefixList | None:
        """Return the prefix list, with its entries."""
        return self._lists.get((location, list_id))

    def peering(self, peering_id: str) -> PeeringConnection | None:
        """Return the peering of this id, as the first location that shows it does."""
        return self._peerings.get(peering_id)

    def between(self, one: Endpoint, other: Endpoint) -> Iterator[PeeringConnection]:
        """Yield the peerings that join the VPCs of two ends, in either direction, each once."""
        wanted = {one.vpc_id, other.vpc_id}
        for pcx in self._peerings.values():
            if {pcx.requester.vpc_id, pcx.accepter.vpc_id} == wanted:
                yield pcx

    def with_lists(self, table: RouteTable) -> RouteTable:
        """Return the table with one more route for each entry of the lists that were read."""
        added = []
        known = {route.prefix_list for route in table.routes if route.destination}
        for route in table.routes:
            found = self.prefix_list(table.location, route.prefix_list)
            if route.destination or not found or route.prefix_list in known:
                continue
            added += [replace(route, destination=one, static=False) for one in found.networks]
        return replace(table, routes=(*table.routes, *added)) if added else table

    def unread_lists(self, table: RouteTable) -> Iterator[Route]:
        """Yield the table's routes to prefix lists whose entries are not known.

        Lists of AWS hold public addresses of a service, so they never take a peer's packets.
        """
        entered = {route.prefix_list for route in table.routes if route.destination}
        for list_id in sorted(table.prefix_lists - entered):
            if self.prefix_list(table.location, list_id) is None:
                yield from (route for route in table.routes if route.prefix_list == list_id)

    @cached_property
    def _tables(self) -> Mapping[tuple[Location, str, str], RouteTable]:
        found: dict[tuple[Location, str, str], RouteTable] = {}
        for raw in self.route_tables:
            table = self.with_lists(raw)
            found |= {(table.location, table.vpc_id, one): table for one in table.subnet_ids}
            if table.main:
                found[table.location, table.vpc_id, ""] = table
        return found

    @cached_property
    def _acls(self) -> Mapping[tuple[Location, str], NetworkAcl]:
        return {(acl.location, one): acl for acl in self.network_acls for one in acl.subnet_ids}

    @cached_property
    def _groups(self) -> Mapping[tuple[Location, str], SecurityGroup]:
        return {(group.location, group.id): group for group in self.security_groups}

    @cached_property
    def _lists(self) -> Mapping[tuple[Location, str], PrefixList]:
        return {(one.location, one.id): one for one in self.prefix_lists}

    @cached_property
    def _peerings(self) -> Mapping[str, PeeringConnection]:
        return {pcx.id: pcx for pcx in reversed(self.peerings)}
