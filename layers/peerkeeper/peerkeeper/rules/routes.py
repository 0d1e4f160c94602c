"""Route every network of the peer to the peering connection, in each table of ours that routes a subnet.

One side at a time: approval, VPC and tables are our own location's; of the peer only its CIDRs are read.

    route to that destination            verdict
    none                                 CreateRoute, unless a foreign route covers it
    none, inside a foreign, non-default  Finding(route-conflict), unless AllowMoreSpecificThan lists the cover
    to this peering                      nothing, whatever its state
    to a peering that is gone            nothing yet: the stale route goes first
    to a peering not read yet            nothing yet
    to anything else                     Finding(route-conflict): never replaced
    none, and another peering wants it
      too, or wants a wider network      Finding(route-conflict): which one is not ours to choose
    none, inside a route to a peering
      not read yet                       nothing yet
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.approval import objections
from peerkeeper.changes import CreateRoute
from peerkeeper.findings import Code, Finding
from peerkeeper.model import (
    ROUTABLE,
    Location,
    Network,
    PeeringConnection,
    RouteTable,
    Side,
    Vpc,
    inside,
    overlap,
)
from peerkeeper.rules.in_the_way import (
    Standing,
    conflict,
    contested,
    covers,
    is_contested,
    standing,
)
from peerkeeper.scope import Deferral, Function, Hint
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot
from peerkeeper.tags import is_exempt, takes_routes


def routes(seen: Snapshot, settings: Settings) -> Iterator[CreateRoute | Finding | Deferral]:
    """Yield the routes each of our sides lacks, and what stands in their way."""
    found = [*_wanted_routes(seen, settings)]
    asked: dict[tuple[Location, str], list[CreateRoute]] = {}
    for item in found:
        if isinstance(item, CreateRoute):
            asked.setdefault((item.location, item.route_table_id), []).append(item)
    for item in found:
        if isinstance(item, CreateRoute) and is_contested(
            item, asked[item.location, item.route_table_id], settings
        ):
            yield contested(item)
        else:
            yield item


def _wanted_routes(
    seen: Snapshot, settings: Settings
) -> Iterator[CreateRoute | Finding | Deferral]:
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            vpc = seen.vpcs.get((own.location, own.vpc_id))
            status = seen.status_of(own.location, pcx.id)  # the other side may have seen it end
            if status in ROUTABLE and vpc and not is_exempt(vpc.tags):
                yield from _side(seen, settings, pcx, (own, peer), vpc)


def _side(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, sides: tuple[Side, Side], vpc: Vpc
) -> Iterator[CreateRoute | Finding | Deferral]:
    own, peer = sides
    tables = [table for table in seen.tables_of(own.location, own.vpc_id) if _serves(table)]
    objected = [*objections(pcx, own, peer, vpc, settings, accepting=False)]
    if objected:
        yield from _not_agreed(pcx, own, tables, [words for _, words in objected])
        return
    known = peer.cidrs or _cidrs_of(seen, peer)
    if not known:
        why = f"the CIDRs of {peer.vpc_id} are not shown yet"
        yield Deferral(Function.CONNECT, Hint(own.location, pcx.id), why)
        return
    wanted = [*_wanted(known, settings)]
    for destination, refusal in _refused(known, wanted, vpc, settings):
        yield Finding(refusal[0], own.location, pcx.id, refusal[1].format(destination))
    for table in tables:
        for destination in wanted:
            if not any(overlap(destination, ours) for ours in vpc.cidrs):
                yield from _route(seen, settings, pcx, table, destination)
        yield from _surplus(pcx, table, known)


def _serves(table: RouteTable) -> bool:
    """Tell whether this is a table of ours that routes a subnet, and may take routes to a peering."""
    return (
        (table.main or bool(table.subnet_ids))
        and not table.gateway_ids
        and table.owner_id == table.location.account_id
        and takes_routes(table.tags)
    )


def _not_agreed(
    pcx: PeeringConnection, own: Side, tables: list[RouteTable], words: list[str]
) -> Iterator[Finding]:
    routed = any(route.target == pcx.id for table in tables for route in table.routes)
    if routed:
        code, what = Code.NO_LONGER_APPROVED, "is routed, but no longer agreed; its routes stay"
    else:
        code, what = Code.NOT_APPROVED, "is not routed on this side"
    yield Finding(code, own.location, pcx.id, f"{pcx.id} {what}: {'; '.join(words)}")


def _cidrs_of(seen: Snapshot, peer: Side) -> tuple[Network, ...]:
    vpc = seen.vpcs.get((peer.location, peer.vpc_id))
    return vpc.cidrs if vpc else ()


def _wanted(cidrs: tuple[Network, ...], settings: Settings) -> Iterator[Network]:
    for cidr in cidrs:
        version_counts = cidr.version == 4 or settings.allow_ipv6
        if version_counts and any(inside(cidr, to) for to in settings.allowed_destinations):
            yield cidr


def _refused(
    cidrs: tuple[Network, ...], wanted: list[Network], vpc: Vpc, settings: Settings
) -> Iterator[tuple[Network, tuple[Code, str]]]:
    """Yield the peer's CIDRs that are not routed; IPv6 ones pass in silence while AllowIpv6 is off."""
    outside = (
        "{} of the peer is outside AllowedDestinations and is not routed; add it there to allow it"
    )
    clash = "{} of the peer overlaps our VPC " + vpc.id + " and cannot be routed"
    for cidr in cidrs:
        if cidr.version == 6 and not settings.allow_ipv6:
            continue
        if cidr not in wanted:
            yield cidr, (Code.DESTINATION, outside)
        elif any(overlap(cidr, ours) for ours in vpc.cidrs):
            yield cidr, (Code.OVERLAP, clash)


def _route(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    table: RouteTable,
    destination: Network,
) -> Iterator[CreateRoute | Finding]:
    same = [route for route in table.routes if route.destination == destination]
    if any(route.target == pcx.id for route in same):
        return
    listed = settings.allow_more_specific_than
    wider = [r for r in covers(table, destination) if r.destination not in listed]
    others = same or [route for route in wider if route.target != pcx.id]
    standings = [standing(seen, table, route) for route in others]
    for route, whose in zip(others, standings, strict=True):
        if whose is Standing.FOREIGN:
            yield conflict(table, pcx, destination, route)
    if not same and all(whose is Standing.GONE for whose in standings):
        yield CreateRoute(
            table.location,
            table.id,
            destination,
            pcx.id,
            reason=f"{pcx.id} is {pcx.status} and {table.id} has no route to {destination}",
        )


def _surplus(
    pcx: PeeringConnection, table: RouteTable, known: tuple[Network, ...]
) -> Iterator[Finding]:
    for route in table.routes:
        if route.target == pcx.id and route.destination and route.destination not in known:
            yield Finding(
                Code.SURPLUS,
                table.location,
                table.id,
                f"{table.id} routes {route.destination} to {pcx.id}, whose peer has no such CIDR (any more); "
                "Peerkeeper leaves it: remove it by hand if it is not wanted",
            )
