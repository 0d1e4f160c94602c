"""Route every network of the peer to the peering connection, in each of our tables that routes a subnet.

One side at a time: approval, VPC and tables are our own location's. The rule reads only the peer's CIDRs.

    `route_scope` says which networks: the peer's, or narrower ones that a tag names.

    a route wider than these             see `unasked_routes`
    a table that routes parts of it, and keeps them so (see `narrow_routes`): Finding(narrow-routes-kept)
    any other, as `lacking_routes` says:

    route to that destination            verdict
    none                                 CreateRoute, unless a foreign route covers it
      the same, in a table that we only
      report on                          Finding(route-left-to-owner)
    none, inside a foreign, non-default  Finding(route-conflict), unless AllowMoreSpecificThan lists the cover
    to this peering                      nothing, whatever its state
    to a peering that is gone            nothing yet: the stale route goes first
    to a peering that is being deleted   nothing yet
    to a peering not read yet            nothing yet
    to another live peering              Finding(claimed-twice): the holder keeps it
    to anything else                     Finding(route-conflict): never replaced
    by a prefix list, to this peering    nothing
    by one, to anything else             Finding(prefix-list-conflict)
    by one that was not read             nothing yet
    any, and the table routes a peering
      that was not read yet, or not all
      peerings of the VPC were read      nothing yet: another may claim the same network
    none, and another peering wants it
      too, or wants a wider network      Finding(route-conflict): which one is not ours to choose
    none, inside a route to a peering
      not read yet                       nothing yet
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerkeeper.planning.agreement import consent, objections
from peerkeeper.planning.lacking_routes import Towards, lacking_routes, left_to_owner
from peerkeeper.planning.route_conflicts import contested, rival
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import cidrs_of, may_serve, serves, wanted
from peerkeeper.planning.unasked_routes import beyond
from peerkeeper.settings import Settings
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import (
    ROUTABLE,
    Network,
    PeeringConnection,
    Route,
    RouteTable,
    Side,
    Vpc,
    overlap,
)
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.prefixes import ByPrefix
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import TableRoutes, is_exempt, table_routes


def missing_routes(
    seen: Snapshot, settings: Settings
) -> Iterator[CreateRoute | Finding | Deferral]:
    """Yield the routes each of our sides lacks, and what stands in their way."""
    asked: dict[Key, list[CreateRoute]] = {}
    for item in _wanted_routes(seen, settings):
        if isinstance(item, CreateRoute):
            asked.setdefault((item.location, item.route_table_id), []).append(item)
        else:
            yield item
    # Most networks are wanted by one peering alone. So only the others are compared in each table.
    wanted_by = {(id(one.destination), one.pcx_id): one for each in asked.values() for one in each}
    all_of = ByPrefix((one.destination, one) for one in wanted_by.values())
    shared = {key for key, one in wanted_by.items() if rival(one, all_of, settings)}
    for key, together in asked.items():
        table = seen.route_tables[key]
        reported = table_routes(table.tags) is TableRoutes.REPORT
        if not shared and not reported:
            yield from together
            continue
        by_prefix = ByPrefix((change.destination, change) for change in together)
        for change in together:
            alone = (id(change.destination), change.pcx_id) not in shared
            other = None if alone else rival(change, by_prefix, settings)
            if other:
                yield contested(change, other)
            else:
                yield left_to_owner(table, change) if reported else change


def _wanted_routes(
    seen: Snapshot, settings: Settings
) -> Iterator[CreateRoute | Finding | Deferral]:
    serving: dict[Key, list[RouteTable]] = {}
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            key = (own.location, own.vpc_id)
            vpc = seen.vpcs.get(key)
            status = seen.status_of(own.location, pcx.id)  # the other side may have seen it end
            if status in ROUTABLE and vpc and not is_exempt(vpc.tags):
                if key not in serving:
                    serving[key] = [one for one in seen.tables_of(*key) if serves(one, seen)]
                yield from _side(seen, settings, pcx, (own, peer), serving[key])


def _side(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    sides: tuple[Side, Side],
    tables: list[RouteTable],
) -> Iterator[CreateRoute | Finding | Deferral]:
    own, peer = sides
    vpc = seen.vpcs[own.location, own.vpc_id]
    objected = objections(pcx, own, peer, vpc, settings, accepting=False)
    if objected:
        ours = seen.tables_of(own.location, own.vpc_id)
        if not any(table.routes_to(pcx.id) and may_serve(table, seen) for table in ours):
            words = "; ".join(check.words for check in objected)
            words = f"{pcx.id} is not routed on this side: {words}"
            yield Finding(Code.NOT_APPROVED, own.location, pcx.id, words)
        return
    known = cidrs_of(seen, peer)
    if not known:
        why = f"the CIDRs of {peer.vpc_id} are not shown yet"
        yield Deferral(Function.CONNECT, Hint(own.location, pcx.id), why)
        return
    scope = to_route(seen, settings, pcx, own, peer)
    yield from scope.findings
    asked_for = [*wanted(scope.networks, settings)]
    for destination, refusal in _refused(scope.networks, asked_for, vpc, settings):
        yield Finding(refusal[0], own.location, pcx.id, refusal[1].format(destination))
    towards: Towards | None = None
    clear = [to for to in asked_for if not any(overlap(to, ours) for ours in vpc.cidrs)]
    count = len(clear)
    for table in tables:
        held = table.routes_to(pcx.id)
        # As in nearly every table: nothing is lacking, and nothing is beyond it. Most peers have one network.
        if len(held) == count and (
            held[0].destination in clear if count == 1 else _all_in(held, clear)
        ):
            continue
        routed = [route.destination for route in held if not route.prefix_list]
        lacking = [destination for destination in clear if destination not in routed]
        if lacking:  # the tags are looked at in these tables alone: few, on most days
            if towards is None:
                towards = Towards(
                    pcx,
                    peer,
                    consent(pcx, own, peer, vpc, accepting=False),
                    scope.narrowed,
                    seen.has_read_peerings(own.location, own.vpc_id),
                    f"{pcx.id} is {pcx.status}",
                    {id(to): str(to) for to in clear},
                )
            yield from lacking_routes(seen, settings, towards, table, lacking)
        if held:
            yield from beyond(settings, pcx, table, known, scope.networks, whole=not lacking)


def _all_in(held: Sequence[Route], asked_for: list[Network]) -> bool:
    """Tell whether each route leads to one of these networks."""
    return all(route.destination in asked_for for route in held)


def _refused(
    cidrs: tuple[Network, ...], routed: list[Network], vpc: Vpc, settings: Settings
) -> Iterator[tuple[Network, tuple[Code, str]]]:
    """Yield the peer's CIDRs that are not routed; IPv6 ones pass in silence while AllowIpv6 is off."""
    outside = "{} of the peer is outside AllowedDestinations and is not routed; "
    clash = "{} of the peer overlaps our VPC " + vpc.id + " and cannot be routed"
    for cidr in cidrs:
        if cidr.version == 6 and not settings.allow_ipv6:
            continue
        if cidr not in routed:
            yield cidr, (Code.DESTINATION, outside + settings.way_in(cidr))
        elif any(overlap(cidr, ours) for ours in vpc.cidrs):
            yield cidr, (Code.OVERLAP, clash)
