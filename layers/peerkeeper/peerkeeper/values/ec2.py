"""What EC2 shows, as values.

In: nothing. Out: frozen values keyed by AWS ids and `Location`. Never talks to AWS, never decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from typing import NamedTuple, TypeAlias

from peerkeeper.values.prefixes import ByPrefix, Prefix

Network: TypeAlias = IPv4Network | IPv6Network
Tags: TypeAlias = tuple[tuple[str, str], ...]


@lru_cache(maxsize=65_536)
def network(cidr: str) -> Network:
    """Return the parsed network of `cidr`; host bits are dropped, as EC2 drops them.

    Raises ValueError when it is no CIDR.
    """
    return ip_network(cidr, strict=False)


def overlap(one: Network, other: Network) -> bool:
    """Tell whether two networks share an address; networks of different versions never do."""
    return one.version == other.version and one.overlaps(other)


def inside(inner: Network, outer: Network) -> bool:
    """Tell whether `inner` lies wholly in `outer` (equal counts)."""
    return (
        inner.version == outer.version
        and inner.prefixlen >= outer.prefixlen
        and inner.overlaps(outer)
    )


def cover(parts: Iterable[Network | None], whole: Network) -> bool:
    """Tell whether these networks together hold every address of `whole`; each must not be wider than it."""
    same = [one for one in parts if one and one.version == whole.version]
    return whole in collapse_addresses(same)  # type: ignore[type-var]


class Location(NamedTuple):
    """One account in one region: the key of every resource and of every client."""

    account_id: str
    region: str

    def __str__(self) -> str:
        return f"{self.account_id}/{self.region}"


class PeeringStatus(StrEnum):
    """Status codes of a peering connection. Source: VPC Peering Guide, lifecycle; botocore's model."""

    INITIATING_REQUEST = "initiating-request"
    PENDING_ACCEPTANCE = "pending-acceptance"
    PROVISIONING = "provisioning"
    ACTIVE = "active"
    DELETING = "deleting"
    DELETED = "deleted"
    REJECTED = "rejected"
    FAILED = "failed"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """Ours: a code that this version does not know. Nothing is ever done on it."""


TERMINAL = frozenset(
    {
        PeeringStatus.DELETED,
        PeeringStatus.REJECTED,
        PeeringStatus.FAILED,
        PeeringStatus.EXPIRED,
    }
)
ENDING = TERMINAL | {PeeringStatus.DELETING}
"""Ended, or about to."""
ROUTABLE = frozenset({PeeringStatus.PROVISIONING, PeeringStatus.ACTIVE})
AGE: Mapping[PeeringStatus, int] = {
    status: age for age, status in enumerate(PeeringStatus) if status is not PeeringStatus.UNKNOWN
}
"""How late in a peering's life a status is; one that ended all come after those that live."""


@dataclass(frozen=True, slots=True)
class Side:
    """The requester's or the accepter's half of a peering connection, as one location sees it."""

    location: Location
    vpc_id: str
    cidrs: tuple[Network, ...] = ()
    """Primary first. Empty where EC2 hides them (the accepter's, until it has accepted)."""
    allows_remote_dns: bool = False


@dataclass(frozen=True, slots=True)
class PeeringConnection:
    """A peering connection as seen from `location`: one id, but each location has its own tags."""

    location: Location
    id: str
    status: PeeringStatus
    requester: Side
    accepter: Side
    tags: Tags = ()
    multipath: bool = False
    """The requester asks for multipath resilience: accepting would turn on its charge for us."""
    status_text: str = ""
    expires: int = 0
    """When a request that is not accepted expires, in epoch seconds; 0 where EC2 shows no time."""

    def own_sides(self) -> tuple[tuple[Side, Side], ...]:
        """Return (own side, peer side) for each side that lies in this view's location."""
        here, requester, accepter = self.location, self.requester, self.accepter
        as_requester = ((requester, accepter),) if requester.location == here else ()
        as_accepter = ((accepter, requester),) if accepter.location == here else ()
        return as_requester + as_accepter


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC; `cidrs` holds the associated IPv4 networks, primary first, then the IPv6 ones."""

    location: Location
    id: str
    owner_id: str
    cidrs: tuple[Network, ...] = ()
    tags: Tags = ()


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet. A shared one has another account as owner: not ours to change."""

    location: Location
    id: str
    vpc_id: str
    owner_id: str
    maps_public_ip: bool = False
    tags: Tags = ()
    ipv6_only: bool = False
    """It has no IPv4 at all, so it cannot have public IPv4 addresses either."""
    cidrs: tuple[Network, ...] = ()
    zone: str = ""
    """Its Availability Zone, by the name that this account has for it."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route; `destination` is None where it is a prefix list.

    A list whose entries were read stands as one more route for each entry, with its network.
    """

    destination: Network | None
    target: str
    """`local`, or the id of the target (`igw-…`, `pcx-…`, `nat-…`); empty where EC2 names none."""
    blackhole: bool = False
    static: bool = True
    """Made by CreateRoute, to a CIDR; not the table's own, propagated, or of a prefix list."""
    odd: bool = False
    """Its state is not active and not blackhole, so this version does not know it."""
    prefix_list: str = ""
    """The id of the prefix list that it belongs to."""

    @property
    def to_peering(self) -> bool:
        """Tell whether the target is a peering connection."""
        return self.target.startswith("pcx-")


@dataclass(frozen=True, slots=True)
class PrefixList:
    """A managed prefix list: the networks of its entries.

    One that AWS owns names public addresses of a service; it never has the place of a peer's network.
    """

    location: Location
    id: str
    networks: tuple[Network, ...] = ()
    of_aws: bool = False
    most: int = 0
    """MaxEntries: the routes that it counts for in a table. 0 if that was not asked."""
    ipv6: bool = False
    """Its address family, if that was asked."""
    name: str = ""
    """The name of the service, if AWS owns the list."""


@dataclass(frozen=True)
class RouteTable:
    """A route table with its associations. Not slotted: it keeps indexes of its routes, once asked for."""

    location: Location
    id: str
    vpc_id: str
    owner_id: str
    main: bool = False
    subnet_ids: tuple[str, ...] = ()
    gateway_ids: tuple[str, ...] = ()
    """Edge associations: such a table takes no route to a peering connection."""
    routes: tuple[Route, ...] = ()
    tags: Tags = ()

    def routes_to(self, target: str) -> Sequence[Route]:
        """Return the routes that point at this target."""
        if self._alone:
            found = self._alone.get(target)
            return (found,) if found else ()
        return self._by_target.get(target, ())

    def routes_to_none(self, targets: Set[str]) -> bool:
        """Tell whether no route points at any of these targets."""
        return (self._alone or self._by_target).keys().isdisjoint(targets)

    def holding(self, destination: Network) -> list[Route]:
        """Return the routes whose destination is equal to this one or wider, the default route among them."""
        return self._by_prefix.holding(destination)

    @cached_property
    def over(self) -> Callable[[Prefix], list[Route]]:
        """Gives the routes whose destination is equal to the network of a prefix, or wider."""
        return self._by_prefix.over

    def within(self, destination: Network) -> Iterator[Route]:
        """Yield the routes whose destination is narrower than this one and lies inside it."""
        return self._by_prefix.within(destination)

    @cached_property
    def prefix_lists(self) -> frozenset[str]:
        """The prefix lists that its routes name."""
        return frozenset(route.prefix_list for route in self.routes if route.prefix_list)

    @cached_property
    def peering_ids(self) -> frozenset[str]:
        """The peering connections that its routes point at."""
        return frozenset(self.peerings_without(frozenset()))

    def peerings_without(self, known: Set[str]) -> set[str]:
        """Return the peering connections that its routes point at, except the known ones."""
        targets = (self._alone or self._by_target).keys()
        return {one for one in targets - known if one.startswith("pcx-")}

    @cached_property
    def _alone(self) -> Mapping[str, Route]:
        """The route to each target, if no target has two, as in most tables; else empty."""
        found = {route.target: route for route in self.routes}
        return found if len(found) == len(self.routes) else {}

    @cached_property
    def _by_target(self) -> Mapping[str, Sequence[Route]]:
        found: dict[str, list[Route]] = {}
        for route in self.routes:
            found.setdefault(route.target, []).append(route)
        return found

    @cached_property
    def _by_prefix(self) -> ByPrefix[Route]:
        return ByPrefix((route.destination, route) for route in self.routes if route.destination)
