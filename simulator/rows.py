"""What the simulated EC2 remembers: frozen rows, in stores that are copied on every write.

In: nothing. Out: values. A past `State` is kept as it was, so a stale read is a read of an older one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from peerkeeper_local.semantics.endpoints import Endpoint
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering, Side
from peerkeeper_local.semantics.prefix_lists import PrefixList
from peerkeeper_local.semantics.routes import Route


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC; the primary CIDR first."""

    id: str
    owner: str
    cidrs: tuple[str, ...]
    dns_support: bool = True
    dns_hostnames: bool = False


@dataclass(frozen=True, slots=True)
class Subnet:
    id: str
    vpc_id: str
    owner: str
    cidr: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A route table; it is main, or subnets or gateways have it, or nothing has."""

    id: str
    vpc_id: str
    owner: str
    routes: tuple[Route, ...]
    main: bool = False
    subnet_ids: tuple[str, ...] = ()
    gateway_ids: tuple[str, ...] = ()


T = TypeVar("T")
Row: TypeAlias = Vpc | Subnet | Table | PrefixList | Endpoint
Tags: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One location's store. A peering's tags are here, since each location has its own."""

    vpcs: Mapping[str, Vpc] = field(default_factory=dict)
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    tags: Mapping[str, Tags] = field(default_factory=dict)
    lists: Mapping[str, PrefixList] = field(default_factory=dict)
    """Managed prefix lists: the account's own, and those that AWS owns."""
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    made: int = 0
    """How many rows were ever made here."""


STORES = {
    Vpc: "vpcs",
    Subnet: "subnets",
    Table: "tables",
    PrefixList: "lists",
    Endpoint: "endpoints",
}


MOST = 50_000
_kept: dict[Any, Any] = {}


def _one_of(equal: Any, value: T) -> T:
    """Return the one object that stands for all values of which `equal` is the same, in every world.

    What is made of it once can then be known by its identity.
    """
    if len(_kept) > MOST:
        _kept.clear()
    return _kept.setdefault(equal, value)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class State:
    """All of EC2 since `at` (epoch seconds), until the next state."""

    at: float
    places: Mapping[Location, Place]
    peerings: Mapping[str, Peering] = field(default_factory=dict)

    def with_row(self, where: Location, row: Row) -> State:
        row = _one_of(row, row)
        place, store = self.places[where], STORES[type(row)]
        held = getattr(place, store)
        made = place.made + (row.id not in held)
        changed: dict[str, Any] = {store: {**held, row.id: row}, "made": made}
        return self.with_place(where, replace(place, **changed))

    def without_row(self, where: Location, row: Row) -> State:
        store = STORES[type(row)]
        left = {k: v for k, v in getattr(self.places[where], store).items() if k != row.id}
        changed: dict[str, Any] = {store: left}
        return self.with_place(where, replace(self.places[where], **changed))

    def with_tags(self, where: Location, resource: str, tags: Tags) -> State:
        tags = _one_of(tuple(tags.items()), tags)
        changed = {**self.places[where].tags, resource: tags}
        return self.with_place(where, replace(self.places[where], tags=changed))

    def with_place(self, where: Location, place: Place) -> State:
        return State(self.at, {**self.places, where: place}, self.peerings)

    def with_peering(self, peering: Peering) -> State:
        return State(self.at, self.places, {**self.peerings, peering.id: peering})

    def side(self, where: Location, vpc_id: str) -> Side | None:
        """Return a VPC as a side of a peering; None if there is none."""
        place = self.places.get(where)
        vpc = place.vpcs.get(vpc_id) if place else None
        if vpc is None:
            return None
        six = tuple(cidr for cidr in vpc.cidrs if ":" in cidr)
        return Side(where, vpc_id, tuple(cidr for cidr in vpc.cidrs if ":" not in cidr), six)
