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

from collections.abc import Generator, Iterator

from peerkeeper.planning.agreement import objections
from peerkeeper.planning.lacking_routes import lacking_routes, left_to_owner
from peerkeeper.planning.rival_claims import Claim, disputes, without_contested
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import cidrs_of, may_serve, serves, wanted
from peerkeeper.planning.wanted_routes import WantedRoutes
from peerkeeper.settings import Settings
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import (
    ROUTABLE,
    Network,
    PeeringConnection,
    RouteTable,
    Side,
    Vpc,
    overlap,
)
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import TableRoutes, is_exempt, table_routes


def missing_routes(
    seen: Snapshot, settings: Settings
) -> Iterator[CreateRoute | Finding | Deferral]:
    """Yield the routes each of our sides lacks, and what stands in their way."""
    by_vpc: dict[Key, list[WantedRoutes]] = {}
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            vpc = seen.vpcs.get((own.location, own.vpc_id))
            status = seen.status_of(own.location, pcx.id)  # the other side may have seen it end
            if status in ROUTABLE and vpc and not is_exempt(vpc.tags):
                wants = yield from _wanted_routes(seen, settings, pcx, (own, peer), vpc)
                if wants:
                    by_vpc.setdefault((own.location, own.vpc_id), []).append(wants)
    for key, sides in by_vpc.items():
        claims = [Claim(to, side.pcx.id) for side in sides for to in side.networks]
        disputed = disputes(claims, settings)
        for table in seen.tables_of(*key):
            if serves(table, seen):
                found = lacking_routes(seen, settings, table, sides)
                found = without_contested(found, disputed, settings) if disputed else found
                yield from _as_reported(table, found)


def _as_reported(
    table: RouteTable, found: Iterator[CreateRoute | Finding]
) -> Iterator[CreateRoute | Finding]:
    """Return what was found, with a finding for each route if we only report on the table."""
    if table_routes(table.tags) is not TableRoutes.REPORT:
        return found
    return (left_to_owner(table, one) if isinstance(one, CreateRoute) else one for one in found)


def _wanted_routes(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    sides: tuple[Side, Side],
    vpc: Vpc,
) -> Generator[Finding | Deferral, None, WantedRoutes | None]:
    """Yield what people should know of the side as a whole; return what its tables should route."""
    own, peer = sides
    objected = objections(pcx, own, peer, vpc, settings, accepting=False)
    if objected:
        ours = seen.tables_of(own.location, own.vpc_id)
        if not any(table.routes_to(pcx.id) and may_serve(table, seen) for table in ours):
            words = "; ".join(check.words for check in objected)
            words = f"{pcx.id} is not routed on this side: {words}"
            yield Finding(Code.NOT_APPROVED, own.location, pcx.id, words)
        return None
    known = cidrs_of(seen, peer)
    if not known:
        why = f"the CIDRs of {peer.vpc_id} are not shown yet"
        yield Deferral(Function.CONNECT, Hint(own.location, pcx.id), why)
        return None
    scope = to_route(seen, settings, pcx, own, peer)
    yield from scope.findings
    asked_for = [*wanted(scope.networks, settings)]
    for destination, refusal in _refused(scope.networks, asked_for, vpc, settings):
        yield Finding(refusal[0], own.location, pcx.id, refusal[1].format(destination))
    clear = [to for to in asked_for if not any(overlap(to, ours) for ours in vpc.cidrs)]
    read = seen.has_read_peerings(own.location, own.vpc_id)
    return WantedRoutes(pcx, own, peer, vpc, clear, known, scope, claims_read=read)


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
