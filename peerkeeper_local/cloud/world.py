"""What the local cloud remembers beside moto's own stores: peerings, ages, frozen views.

In: locations and ids. Out: plain values of `peerkeeper_local.semantics`, and documents as describes show
them. moto keeps VPCs, subnets, route tables and tags. This is the only place that reads it for them.
"""

from dataclasses import dataclass, field
from heapq import heappush
from typing import Any

from moto.ec2.models import ec2_backends

from peerkeeper_local.cloud.clock import VirtualClock
from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.furniture import adopt_prefix_lists, furnish, supply_dhcp_options
from peerkeeper_local.cloud.ids import PinnedIds
from peerkeeper_local.semantics.cidr_association import settled
from peerkeeper_local.semantics.limits import Delays, Limits, Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering, Side
from peerkeeper_local.semantics.peering_state import TERMINAL, state_of
from peerkeeper_local.semantics.peering_view import visible
from peerkeeper_local.semantics.refusal import no_such_peering


@dataclass(frozen=True, slots=True)
class FrozenView:
    """What describes in one location go on showing until `until` (virtual epoch seconds)."""

    until: float
    documents: dict[str, list[Document]]


@dataclass(frozen=True, slots=True)
class Move:
    """The state that an instance comes into at a time (virtual epoch seconds)."""

    at: float
    state: str


@dataclass(slots=True)
class World:
    """The state of one local cloud. Not thread-safe: the seam holds a lock around every use."""

    clock: VirtualClock
    ids: PinnedIds
    delays: Delays = field(default_factory=Delays)
    limits: Limits = field(default_factory=Limits)
    peerings: dict[str, Peering] = field(default_factory=dict)
    vpc_born: dict[str, float] = field(default_factory=dict)
    ipv6_asked: dict[str, float] = field(default_factory=dict)
    """When each IPv6 block was asked for, by its association."""
    moves: dict[str, Move] = field(default_factory=dict)
    """The next state of each instance that changes its state, by its id."""
    deleted_interfaces: set[str] = field(default_factory=set)
    frozen: dict[Location, FrozenView] = field(default_factory=dict)
    agenda: list[tuple[float, Location, str]] = field(default_factory=list)
    """What is due: when (epoch seconds), where, its id. A heap; `agenda.settle` empties it."""
    _touched: set[Location] = field(default_factory=set)

    def due(self, at: float, location: Location, resource_id: str) -> None:
        """Put on the agenda that something happens to a resource `at` (virtual epoch seconds)."""
        heappush(self.agenda, (at, location, resource_id))

    def moment(self) -> Moment:
        """Return now, with the delays and quotas in force."""
        return Moment(self.clock.now(), self.delays, self.limits)

    @property
    def locations(self) -> frozenset[Location]:
        """Every location that somebody has touched."""
        return frozenset(self._touched)

    def backend(self, location: Location) -> Any:  # noqa: ANN401 - moto is not typed
        """Return moto's EC2 store of `location`; the first touch furnishes its default VPC.

        Raises KeyError for a Region that does not exist.
        """
        if location in self._touched:
            return ec2_backends[location.account][location.region]
        with self.ids.resting():
            backend = ec2_backends[location.account][location.region]
            furnish(backend)
            supply_dhcp_options(backend)
            adopt_prefix_lists(backend)
        self._touched.add(location)
        return backend

    def side(self, location: Location, vpc_id: str) -> Side | None:
        """Return a VPC with its present CIDRs, the primary first; None if there is none."""
        try:
            vpc = self.backend(location).vpcs.get(vpc_id)
        except KeyError:
            return None
        if vpc is None:
            return None
        ipv4, ipv6 = (self._associated(vpc, ipv6=wanted) for wanted in (False, True))
        secondary = tuple(cidr for cidr in ipv4 if cidr != vpc.cidr_block)
        return Side(location, vpc_id, (vpc.cidr_block, *secondary), ipv6)

    def dns_ready(self, side: Side) -> bool:
        """Whether DNS support and DNS hostnames are both on in the VPC of `side`."""
        vpc = self.backend(side.location).vpcs.get(side.vpc_id)
        return bool(vpc and vpc.enable_dns_support and vpc.enable_dns_hostnames)

    def peering(self, pcx_id: str, viewer: Location) -> Peering:
        """Return a peering that `viewer` can see. Raises Refusal (NotFound) if it cannot."""
        peering = self.peerings.get(pcx_id)
        if peering is None or not visible(peering, viewer, self.moment()):
            raise no_such_peering(pcx_id)
        return self.refreshed(peering)

    def refreshed(self, peering: Peering) -> Peering:
        """Return `peering` with the present CIDRs of its VPCs, unless it has come to its end."""
        if state_of(peering, self.moment()).code in TERMINAL:
            return peering
        sides = (
            self.side(side.location, side.vpc_id) or side
            for side in (peering.requester, peering.accepter)
        )
        return peering.with_sides(*sides)

    def peering_code(self, pcx_id: str) -> str | None:
        """Return the state of a peering by only its id; None if there never was one."""
        peering = self.peerings.get(pcx_id)
        return None if peering is None else state_of(peering, self.moment()).code

    def peering_tags(self, location: Location, pcx_id: str) -> dict[str, str]:
        """Return the tags that `location` has put on a peering. Each location sees only its own."""
        return dict(self.backend(location).tags.get(pcx_id, {}))

    def frozen_view(self, location: Location) -> FrozenView | None:
        """Return the view that describes in `location` are held at, if it still holds."""
        view = self.frozen.get(location)
        return view if view is not None and self.clock.now() < view.until else None

    def ipv6_settled(self, association_id: str) -> bool:
        """Whether the VPC has the IPv6 block of this association by now."""
        return settled(self.ipv6_asked.get(association_id), self.moment())

    def _associated(self, vpc: Any, ipv6: bool) -> tuple[str, ...]:  # noqa: ANN401 - moto is not typed
        return tuple(
            each["cidr_block"]
            for each in vpc.get_cidr_block_association_set(ipv6=ipv6)
            if each["cidr_block_state"]["state"] == "associated"
            and self.ipv6_settled(each["association_id"])
        )
