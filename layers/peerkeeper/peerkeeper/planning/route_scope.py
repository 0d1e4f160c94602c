"""Decide which networks of the peer our side routes: the whole ones, or the parts that a tag names.

In: the snapshot, settings, a peering as our location shows it, its sides. Out: `ToRoute`. No write.

    peerkeeper:destinations    RouteScope    the networks to route
    none                       keep, vpc     the peer's networks
    none                       subnets       the peer's subnets
    subnets                    any           the peer's subnets
    CIDRs                      any           those inside a network of the peer, and no other
    faulty                     any           none: tag-fault says why

    the peer's subnets
      no location that this stack covers     none: Finding(scope-unreadable)
      they were read                         as they are, but neighbours that fill a wider network inside one
                                             network of the peer are one network
      no role there, or one without the
      right to read subnets                  none: Finding(scope-unreadable)
      any other                              none yet

In one location both sides have the same tags on the peering, so each side takes the CIDRs of its own peer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import collapse_addresses

from peerkeeper.planning.serving_tables import cidrs_of, may_not_read_subnets
from peerkeeper.settings import RouteScope, Settings
from peerkeeper.values.destinations import destinations
from peerkeeper.values.ec2 import Network, PeeringConnection, Side, inside, network
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.snapshot import Snapshot

MOST = 3
"""CIDRs that a finding names; it says how many there are."""


@dataclass(frozen=True, slots=True)
class ToRoute:
    """What of the peer our side routes, before AllowedDestinations is asked."""

    networks: tuple[Network, ...]
    narrowed: bool = False
    """A tag or RouteScope chose them, so no table keeps narrower parts."""
    known: bool = True
    """False where the choice rests on what was not read: nothing is concluded."""
    findings: tuple[Finding, ...] = ()


def to_route(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> ToRoute:
    """Return the networks of the peer that our side is to route."""
    whole = cidrs_of(seen, peer)
    said = destinations(pcx.tags)
    if said is None and settings.route_scope is not RouteScope.SUBNETS:
        return ToRoute(whole)
    if said is None or said.subnets:
        return _subnets(seen, settings, pcx, (own, peer), whole)
    named = tuple(one for one in said.networks if any(inside(one, wide) for wide in whole))
    faults = tuple(_outside(seen, pcx, (own, peer), said.networks, named))
    return ToRoute(named, narrowed=True, findings=faults if whole else ())


def reads_subnets(settings: Settings, pcx: PeeringConnection) -> bool:
    """Tell whether the networks to route rest on the subnets of the peer."""
    said = destinations(pcx.tags)
    return said.subnets if said else settings.route_scope is RouteScope.SUBNETS


def _subnets(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    sides: tuple[Side, Side],
    whole: tuple[Network, ...],
) -> ToRoute:
    own, peer = sides
    covered = settings.covers(peer.location)
    if covered and seen.has_read_subnets(peer.location, peer.vpc_id):
        theirs = seen.subnets_of(peer.location, peer.vpc_id)
        parts = (cidr for subnet in theirs for cidr in subnet.cidrs)
        return ToRoute(tuple(_collapsed(parts, whole)), narrowed=True)
    why = _out_of_reach(seen, peer) if covered else f"this stack does not cover {peer.location}"
    words = (
        f"{pcx.id} is to be routed by the subnets of {peer.vpc_id}, but {why}. So this side routes "
        f"nothing; name the CIDRs in the tag peerkeeper:destinations of {pcx.id}, in {own.location}"
    )
    found = (Finding(Code.SCOPE_UNREADABLE, own.location, pcx.id, words),) if why else ()
    return ToRoute((), narrowed=True, known=False, findings=found)


def _out_of_reach(seen: Snapshot, peer: Side) -> str:
    """Return why no later look reads the peer's subnets until a person acts; else nothing."""
    where = peer.location
    if seen.is_unreachable(where):
        return f"account {where.account_id} is unreachable"
    if may_not_read_subnets(seen, where, peer.vpc_id):
        return f"the right to read the subnets of {where} is missing"
    return ""


def _collapsed(parts: Iterator[Network], whole: tuple[Network, ...]) -> Iterator[Network]:
    """Yield the parts inside each network of the peer, with neighbours as one where that is exact.

    No two networks of a VPC overlap. Source: VPC User Guide, IPv4 CIDR block association restrictions.
    """
    read = [*parts]
    for wide in whole:
        joined = collapse_addresses(part for part in read if inside(part, wide))  # type: ignore[type-var]
        # The one object of this CIDR, as of a route.
        yield from (network(str(one)) for one in joined)


def _outside(
    seen: Snapshot,
    pcx: PeeringConnection,
    sides: tuple[Side, Side],
    said: tuple[Network, ...],
    named: tuple[Network, ...],
) -> Iterator[Finding]:
    """Yield what is wrong with the CIDRs of the tag: they lie outside both sides, or all are our own."""
    own, peer = sides
    shared = cidrs_of(seen, own) if own.location == peer.location else ()
    outside = [
        one for one in said if one not in named and not any(inside(one, wide) for wide in shared)
    ]
    words = ""
    if outside:
        words = f"names {first_of(outside, MOST)}, which lies outside the networks of {peer.vpc_id}"
    elif said and not named:
        words = f"names no network of {peer.vpc_id}, so {own.vpc_id} routes nothing to it"
    if words:
        whole = ", ".join(map(str, cidrs_of(seen, peer)))
        words = (
            f"peerkeeper:destinations of {pcx.id} {words}; correct the tag: the networks of "
            f"{peer.vpc_id} are {whole}"
        )
        yield Finding(Code.SCOPE_OUTSIDE, own.location, pcx.id, words)
