"""What each of our sides of a live peering carries, from the true state: read a second time.

In: a state, a moment, a policy, a location. Out: `Carried`. Written from the design: it imports nothing of
Peerkeeper.

    the destination in a table that serves a subnet          it is
    the table's tag takes no routes                          left
    it overlaps our VPC                                      a gap
    its winning route leads to the peering                   carried
      the peering is provisioning                            a gap that waits
      narrower routes send all of it elsewhere               a gap
    any other                                                a gap
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering, Side
from peerkeeper_local.semantics.peering_state import state_of
from simulator import policy as say
from simulator.desired import agreed, carries, leads_to_gone, of_peer, sides_at
from simulator.destinations import by_subnets, filled
from simulator.policy import Policy
from simulator.rows import Place, State, Table
from simulator.serving import serves

LIVE = ("provisioning", "active")
Gap: TypeAlias = tuple[str, str]
"""A table, and a network that it does not send to the peering."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One side of one peering."""

    pcx: str
    where: Location
    vpc_id: str
    gaps: frozenset[Gap] = frozenset()
    waits: bool = False
    """Whether time closes each gap, without a call."""
    some: bool = False
    """Whether at least one destination is carried."""
    unknowable: bool = False
    """Whether the subnets of a peer decide that no role may read."""

    dead: bool = False
    """Whether a route to a peering that is gone has the place of one: it may be looked at once more."""

    @property
    def words(self) -> tuple[str, ...]:
        """What a verdict may call it."""
        if self.unknowable:
            return ("unknown",)
        if not self.gaps:
            return ("carries",)
        if self.waits:
            return ("waits",)
        less = "partly" if self.some else "nothing"
        return (less, "waits") if self.dead else (less,)

    def is_told(self, told: tuple[str, frozenset[Gap]]) -> bool:
        """Whether a verdict of this word, with these gaps, says just that."""
        word, gaps = told
        return word in self.words and gaps == self.gaps


def carried(state: State, moment: Moment, policy: Policy, where: Location) -> Iterator[Carried]:
    """Yield what each of our agreed sides carries in this location."""
    for peering in state.peerings.values():
        if state_of(peering, moment).code in LIVE:
            for own, peer in sides_at(peering, where):
                there = own.vpc_id in state.places[where].vpcs
                if there and agreed(state, policy, peering, own, peer, accepting=False):
                    yield _side(state, moment, policy, peering, own, peer)


def _side(
    state: State, moment: Moment, policy: Policy, peering: Peering, own: Side, peer: Side
) -> Carried:
    where, place = own.location, state.places[own.location]
    tags = place.tags.get(peering.id, {})
    if peer.location not in policy.ours and by_subnets(tags, policy.scope):
        return Carried(peering.id, where, own.vpc_id, unknowable=True)
    passing = state_of(peering, moment).code == "provisioning"
    wanted = [one for one in of_peer(state, policy, where, peering, peer) if policy.allows(one)]
    gaps, waits, some = set[Gap](), True, False
    for table in place.tables.values():
        takes = say.takes_routes(place.tags.get(table.id, {}))
        if table.vpc_id != own.vpc_id or not serves(place, table) or not takes:
            continue
        for cidr in wanted:
            leads = carries(table, cidr, peering.id)
            clashes = say.clash(cidr, place.vpcs[own.vpc_id].cidrs)
            if leads and not passing and not clashes and not diverted(table, cidr, peering.id):
                some = True
            else:
                gaps.add((table.id, cidr))
                waits = waits and leads and passing
    dead = bool(gaps) and not policy.senders and _keeps_dead(state, moment, place, own.vpc_id)
    return Carried(peering.id, where, own.vpc_id, frozenset(gaps), waits, some, dead=dead)


def _keeps_dead(state: State, moment: Moment, place: Place, vpc_id: str) -> bool:
    """Whether a table of the VPC has a route to a peering that has ended."""
    return any(
        leads_to_gone(state, moment, route.target.id)
        for table in place.tables.values()
        if table.vpc_id == vpc_id
        for route in table.routes
    )


def diverted(table: Table, cidr: str, pcx: str) -> bool:
    """Whether narrower routes together send the whole network elsewhere."""
    parts = [
        route.destination
        for route in table.routes
        if say.covers(cidr, route.destination) and route.target.id != pcx
    ]
    return filled(parts) == [cidr]
