"""Does our side of each live, agreed peering carry what is wanted? The one verdict that everybody reads.

In: the snapshot, settings, a plan, the outcomes of its changes. Out: `SideVerdict`s. Never decides to write.
Judged once, at the end of a run. `legs` has the decision table for one destination in one table.

    our side                                          verdict
    not live, not agreed, or its VPC is exempt        none
    its VPC, its tables or the peer's networks unread unknown
    whether a subnet uses its main table was not read unknown
    the subnets of the peer count, and were not read  unknown
    any other                                         a leg for each serving table and network of the peer

A network outside AllowedDestinations is left, and so is IPv6 while it is off. A network that overlaps our VPC
is blocked. If a table has all that is wanted of it and nothing narrower, its legs are counted and not made.
That is nearly every table on nearly every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from peerkeeper.planning.agreement import objections
from peerkeeper.planning.legs import IN_THE_WAY, Ended, leg_of
from peerkeeper.planning.narrow_routes import kept_parts
from peerkeeper.planning.plan import Plan
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import cidrs_of, knows_serving, serves, wanted
from peerkeeper.planning.winning_route import routed_by_list
from peerkeeper.settings import Settings
from peerkeeper.values.changes import CreateRoute, DeleteRoute
from peerkeeper.values.connectivity import Cause, Leg, SideVerdict, Way
from peerkeeper.values.ec2 import (
    ROUTABLE,
    Network,
    PeeringConnection,
    PeeringStatus,
    RouteTable,
    Side,
    overlap,
)
from peerkeeper.values.outcomes import Outcome
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import TableRoutes, is_exempt, table_routes, takes_routes_to


@dataclass(frozen=True, slots=True)
class _Ours:
    """Our side of one peering, and the state of the peer's networks before any table is looked at."""

    pcx: PeeringConnection
    peer: Side
    clear: tuple[Network, ...]
    aside: tuple[tuple[Network, Way, Cause], ...]
    narrowed: bool
    """A tag or RouteScope chose the networks, so no table keeps narrower parts."""


def connectivity(
    seen: Snapshot, settings: Settings, plan: Plan, outcomes: Iterable[Outcome] = ()
) -> tuple[SideVerdict, ...]:
    """Return the verdict on each of our sides of the live peerings that we agreed to, in order."""
    writes = (one for one in plan.changes if isinstance(one, (CreateRoute, DeleteRoute)))
    run = Ended(
        seen,
        settings,
        {change: change for change in writes},
        {outcome.change: outcome for outcome in outcomes},
        {(f.subject, f.pcx_id): IN_THE_WAY[f.code] for f in plan.findings if f.code in IN_THE_WAY},
    )
    by_vpc: dict[Key, list[_Ours]] = {}
    found: list[SideVerdict] = []
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            match _ours(seen, settings, pcx, own, peer):
                case SideVerdict() as unread:
                    found.append(unread)
                case _Ours() as ours:
                    by_vpc.setdefault((own.location, own.vpc_id), []).append(ours)
    for key, sides in by_vpc.items():
        found += _of_vpc(run, key, sides)
    return tuple(sorted(found, key=lambda one: (one.pcx_id, one.location, one.vpc_id)))


def _ours(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> SideVerdict | _Ours | None:
    key = (own.location, own.vpc_id)
    vpc = seen.vpcs.get(key)
    if seen.status_of(own.location, pcx.id) not in ROUTABLE or (vpc and is_exempt(vpc.tags)):
        return None
    if vpc and objections(pcx, own, peer, vpc, settings, accepting=False):
        return None
    known = cidrs_of(seen, peer)
    if not vpc or not known or not knows_serving(seen, *key):
        return SideVerdict(pcx.id, own.location, own.vpc_id, unread=True)
    scope = to_route(seen, settings, pcx, own, peer)
    if not scope.known:
        return SideVerdict(pcx.id, own.location, own.vpc_id, unread=True)
    known = scope.networks
    asked_for = frozenset(wanted(known, settings))
    clashing = {to for to in asked_for if any(overlap(to, ours) for ours in vpc.cidrs)}
    aside = [(to, Way.LEFT, Cause.NONE) for to in known if to not in asked_for]
    aside += [(to, Way.BLOCKED, Cause.OVERLAP) for to in known if to in clashing]
    clear = tuple(to for to in known if to in asked_for and to not in clashing)
    return _Ours(pcx, peer, clear, tuple(aside), scope.narrowed)


def _of_vpc(run: Ended, key: Key, sides: Sequence[_Ours]) -> Iterator[SideVerdict]:
    tables = [table for table in run.seen.tables_of(*key) if serves(table, run.seen)]
    active = [side for side in sides if side.pcx.status is PeeringStatus.ACTIVE]
    # By identity, as parsing makes one object of one CIDR: to hash a network takes ten times as long.
    pairs = frozenset((id(to), side.pcx.id) for side in active for to in side.clear)
    longest = min((to.prefixlen for side in active for to in side.clear), default=0)
    whole = {table.id for table in tables if _has_all(table, pairs, longest)}
    others = [table for table in tables if table.id not in whole]
    for side in sides:
        looked_at = others if side.pcx.status is PeeringStatus.ACTIVE else tables
        legs = [
            *(Leg(table.id, to, way, why) for table in tables for to, way, why in side.aside),
            *(leg for table in looked_at for leg in _legs(run, side, table)),
        ]
        carried = len(side.clear) * (len(tables) - len(looked_at))
        legs.sort(key=lambda leg: (leg.table_id, str(leg.destination)))  # of two IP versions, maybe
        yield SideVerdict(side.pcx.id, *key, tuple(legs), carried)


def _has_all(table: RouteTable, pairs: frozenset[tuple[int, str]], longest: int) -> bool:
    """Tell whether the table has all these routes, active, and no other one that is narrower than any."""
    if table_routes(table.tags) is not TableRoutes.ALL:
        return False
    others = [
        route
        for route in table.routes
        if not route.static or route.blackhole or (id(route.destination), route.target) not in pairs
    ]
    if len(table.routes) - len(others) != len(pairs):
        return False
    return not any(route.destination and route.destination.prefixlen > longest for route in others)


def _legs(run: Ended, side: _Ours, table: RouteTable) -> Iterator[Leg]:
    takes = takes_routes_to(table.tags, side.pcx.id, side.peer.vpc_id)
    held = table.routes_to(side.pcx.id)
    routed = {route.destination for route in held if not route.prefix_list}
    for destination in side.clear:
        parts: tuple[Network, ...] = ()
        alone = destination not in routed and not routed_by_list(table, side.pcx, destination)
        if alone and not side.narrowed:
            parts = kept_parts(run.seen, run.settings, side.pcx, table, destination)
        for part in parts or (destination,):  # a part that is kept is what this table wants
            yield leg_of(run, side.pcx, table, part, takes=takes)
