"""The guard: the last look at a change before the call, whatever the planner said.

In: one change, what was seen, settings, the function's rights. Out: why it may not be made, or None.
It shares no decision with the rules, nor the indexes of a table's routes: a bug there must not pass here.

    S1  accept only what the tags and settings read now approve
    S2  delete only a route to a peering that is terminal, or twice absent, in a table of ours
    S3  never touch a destination that another route holds
    S4  never route a destination outside the allow-list, or over our own addresses
    S5  only this function's own kinds of change, only in configured locations, only on what we own
    S6  mode `observe` changes nothing; `add-only` takes nothing away
"""

from __future__ import annotations

from collections.abc import Set
from typing import assert_never

from peerkeeper.settings import Mode, Settings
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    SetMapPublicIpOnLaunch,
    TagStatus,
    removes,
)
from peerkeeper.values.ec2 import (
    ROUTABLE,
    TERMINAL,
    PeeringConnection,
    PeeringStatus,
    Route,
    RouteTable,
    Side,
    Vpc,
    inside,
    overlap,
)
from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import Status, is_approved, is_exempt, names_peer, takes_routes

SAYABLE: dict[Status, Set[PeeringStatus]] = {
    Status.HELD: {PeeringStatus.PENDING_ACCEPTANCE},
    Status.EXPIRING: {PeeringStatus.PENDING_ACCEPTANCE},
    Status.EXPIRED: {PeeringStatus.EXPIRED},
    Status.CONFLICT: ROUTABLE,
    Status.CLEAR: ROUTABLE,
}
"""In which states of a peering its status tag may say what."""


def refusal(
    change: Change, seen: Snapshot, settings: Settings, rights: frozenset[type[Change]]
) -> str | None:
    """Return which promise the change would break, in words; None lets it through."""
    if type(change) not in rights:
        return "S5: this function has no right to it"
    if not settings.covers(change.location):
        return f"S5: {change.location} is not configured"
    if not allowed_by(settings.mode, change):
        return f"S6: mode is {settings.mode}"
    match change:
        case AcceptPeering():
            return _accept(change, seen, settings)
        case CreateRoute():
            return _create(change, seen, settings)
        case DeleteRoute():
            return _delete(change, seen)
        case AllowRemoteDnsResolution():
            return _option(change, seen, settings)
        case EnableDnsSupport(vpc_id=vpc_id) | EnableDnsHostnames(vpc_id=vpc_id):
            return _vpc(change, seen, vpc_id)
        case SetMapPublicIpOnLaunch():
            return _subnet(change, seen)
        case TagStatus():
            return _status(change, seen)
        case _:
            assert_never(change)


def allowed_by(mode: Mode, change: Change) -> bool:
    """Tell whether the mode lets a change of this kind happen at all."""
    if mode is Mode.OBSERVE:
        return False
    return mode is Mode.FULL or not removes(change)


def _accept(change: AcceptPeering, seen: Snapshot, settings: Settings) -> str | None:
    pcx = seen.peerings.get((change.location, change.pcx_id))
    vpc = seen.vpcs.get((change.location, change.vpc_id))
    status = seen.status_of(change.location, change.pcx_id)
    if not pcx or not vpc or status is not PeeringStatus.PENDING_ACCEPTANCE:
        return "S1: no pending request of ours was read"
    own, peer = pcx.accepter, pcx.requester
    if (own.location, own.vpc_id) != (change.location, change.vpc_id) or is_exempt(vpc.tags):
        return "S1: the accepter VPC is not ours to open"
    if not settings.allows_account(peer.location.account_id, own.location):
        return "S1: the requester's account is not allowed"
    own_tag = own.location != peer.location and is_approved(pcx.tags)
    if not (own_tag or names_peer(vpc.tags, own.location, peer)):
        return "S1: no tag of ours approves it"
    if pcx.multipath and not settings.allow_multipath_charges:
        return "S1: it would turn on a charge"
    if any(overlap(theirs, ours) for theirs in peer.cidrs for ours in vpc.cidrs):
        return "S1: the VPCs overlap"
    if not any(inside(cidr, to) for cidr in peer.cidrs[:1] for to in settings.allowed_destinations):
        return "S1: the requester's CIDR is outside AllowedDestinations"
    return None


def _create(change: CreateRoute, seen: Snapshot, settings: Settings) -> str | None:
    table = seen.route_tables.get((change.location, change.route_table_id))
    pcx = seen.peerings.get((change.location, change.pcx_id))
    status = seen.status_of(change.location, change.pcx_id)
    if not _manages(table) or not table or not pcx or status not in ROUTABLE:
        return "S5: no table of ours, or no accepted peering, was read"
    vpc = seen.vpcs.get((change.location, table.vpc_id))
    sides = [(own, peer) for own, peer in pcx.own_sides() if own.vpc_id == table.vpc_id]
    if not vpc or is_exempt(vpc.tags) or not sides:
        return "S5: the table's VPC is no side of the peering, or is exempt"
    if any(route.destination == change.destination for route in table.routes):
        return "S3: another route holds the destination"
    allowed = any(inside(change.destination, to) for to in settings.allowed_destinations)
    if not allowed or not change.destination.prefixlen:
        return "S4: the destination is outside AllowedDestinations"
    if any(overlap(change.destination, ours) for ours in vpc.cidrs):
        return "S4: the destination is our own"
    own, peer = sides[0]
    theirs = seen.vpcs.get((peer.location, peer.vpc_id))
    if change.destination not in (peer.cidrs or (theirs.cidrs if theirs else ())):
        return "S4: the destination is not the peer's"
    if change.destination.version == 6 and not settings.allow_ipv6:
        return "S4: IPv6 is not allowed"
    if any(_shadows(change, route, seen, settings) for route in table.routes):
        return "S3: the destination lies inside another route"
    return _unapproved(pcx, own, peer, vpc, settings)


def _shadows(change: CreateRoute, route: Route, seen: Snapshot, settings: Settings) -> bool:
    """Tell whether the new route would take traffic from this one, which may be somebody's."""
    cover = route.destination
    if cover is None or not cover.prefixlen or not inside(change.destination, cover):
        return False
    if route.target == change.pcx_id or cover in settings.allow_more_specific_than:
        return False
    gone = seen.status_of(change.location, route.target) in TERMINAL
    return not (route.to_peering and gone)


def _unapproved(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, settings: Settings
) -> str | None:
    if not settings.allows_account(peer.location.account_id, own.location):
        return "S1: the peer's account is not allowed"
    if not (is_approved(pcx.tags) or names_peer(vpc.tags, own.location, peer)):
        return "S1: no tag of ours approves it"
    return None


def _delete(change: DeleteRoute, seen: Snapshot) -> str | None:
    where, pcx_id = change.location, change.pcx_id
    table = seen.route_tables.get((where, change.route_table_id))
    if not _manages(table) or not table or seen.is_exempt(where, table.vpc_id) is not False:
        return "S2: no table of ours was read"
    held = (r for r in table.routes if r.destination == change.destination and r.static)
    route = next(
        (r for r in held if r.target == pcx_id), None
    )  # a propagated one may stand beside it
    if not route or not pcx_id.startswith("pcx-"):
        return "S3: the route is not one to this peering"
    views = [view.status for (_, seen_id), view in seen.peerings.items() if seen_id == pcx_id]
    if any(status in TERMINAL for status in views):
        return None
    whole = seen.has_read_all(where, Describe.PEERINGS, Describe.ROUTE_TABLES)
    if views or not whole or not route.blackhole or (where, pcx_id) not in seen.absent_before:
        return "S2: the peering is not proven gone"
    return None


def _manages(table: RouteTable | None) -> bool:
    return bool(
        table
        and table.owner_id == table.location.account_id
        and not table.gateway_ids
        and takes_routes(table.tags)
    )


def _option(change: AllowRemoteDnsResolution, seen: Snapshot, settings: Settings) -> str | None:
    pcx = seen.peerings.get((change.location, change.pcx_id))
    status = seen.status_of(change.location, change.pcx_id)
    if not pcx or status is not PeeringStatus.ACTIVE:
        return "S5: no active peering was read"
    own, peer = pcx.requester, pcx.accepter
    if not change.requester_side:
        own, peer = peer, own
    vpc = seen.vpcs.get((change.location, own.vpc_id))
    if own.location != change.location or not vpc or is_exempt(vpc.tags):
        return "S5: the side is not ours, or is exempt"
    return _unapproved(pcx, own, peer, vpc, settings)


def _vpc(change: Change, seen: Snapshot, vpc_id: str) -> str | None:
    vpc = seen.vpcs.get((change.location, vpc_id))
    ours = vpc and vpc.owner_id == change.location.account_id and not is_exempt(vpc.tags)
    return None if ours else "S5: the VPC is not ours, or is exempt"


def _subnet(change: SetMapPublicIpOnLaunch, seen: Snapshot) -> str | None:
    subnet = seen.subnets.get((change.location, change.subnet_id))
    ours = subnet and subnet.owner_id == change.location.account_id and not is_exempt(subnet.tags)
    if not ours or not subnet or seen.is_exempt(change.location, subnet.vpc_id) is not False:
        return "S5: the subnet is not ours, or is exempt"
    return None


def _status(change: TagStatus, seen: Snapshot) -> str | None:
    pcx = seen.peerings.get((change.location, change.pcx_id))
    if not pcx or not pcx.own_sides():
        return "S5: no peering of ours was read"
    if not {pcx.status, seen.status_of(change.location, pcx.id)} <= SAYABLE[change.status]:
        return f"S5: {change.status} cannot be said of a peering that is {pcx.status}"
    return None
