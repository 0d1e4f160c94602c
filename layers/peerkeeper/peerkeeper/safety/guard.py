"""The guard: the last look at a change before the call, whatever the planner said.

In: one change, what was seen, settings, the function's rights. Out: why it may not be made, or None.
It shares no decision with the rules, nor the indexes of a table's routes: a bug there must not pass here.

    S1  accept only what the tags and settings read now approve
    S2  delete only a route to a peering that is terminal, or twice absent, in a table of ours
    S3  never touch a destination that another route holds
    S4  never route a destination outside the allow-list, or over our own addresses
    S5  only this function's own kinds of change, only in configured locations, only on what we own
    S6  mode `observe` changes nothing; `add-only` takes nothing away
    S8  set no attribute of a VPC or subnet without that VPC's consent, and switch a subnet on two looks alone
"""

from __future__ import annotations

from collections.abc import Set
from typing import assert_never

from peerkeeper.settings import EnforceIn, Mode, Settings, SubnetPublicIp, VpcDns
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
    Network,
    PeeringConnection,
    PeeringStatus,
    Route,
    RouteTable,
    Side,
    Subnet,
    Vpc,
    inside,
    overlap,
)
from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import DNS, PUBLIC_IP
from peerkeeper.values.tags import (
    Status,
    Wish,
    is_approved,
    is_exempt,
    names_peer,
    takes_part,
    takes_routes,
    takes_routes_to,
    wish,
)

SAYABLE: dict[Status, Set[PeeringStatus]] = {
    Status.HELD: {PeeringStatus.PENDING_ACCEPTANCE},
    Status.EXPIRING: {PeeringStatus.PENDING_ACCEPTANCE},
    Status.EXPIRED: {PeeringStatus.EXPIRED},
    Status.NOT_CARRYING: ROUTABLE,
    Status.CLEAR: ROUTABLE,
}
"""In which states of a peering its status tag may say what; a word that is read alone, in none."""


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
            return _vpc(change, seen, vpc_id, settings)
        case SetMapPublicIpOnLaunch():
            return _subnet(change, seen, settings)
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
    if not any(_within(cidr, settings) for cidr in peer.cidrs[:1]):
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
    if not _within(change.destination, settings) or not change.destination.prefixlen:
        return "S4: the destination is outside AllowedDestinations"
    if any(overlap(change.destination, ours) for ours in vpc.cidrs):
        return "S4: the destination is our own"
    own, peer = sides[0]
    if not takes_routes_to(table.tags, pcx.id, peer.vpc_id):
        return "S5: the table's tag leaves this peering out"
    theirs = seen.vpcs.get((peer.location, peer.vpc_id))
    if change.destination not in (peer.cidrs or (theirs.cidrs if theirs else ())):
        return "S4: the destination is not the peer's"
    if change.destination.version == 6 and not settings.allow_ipv6:
        return "S4: IPv6 is not allowed"
    if any(_shadows(change, route, seen, settings) for route in table.routes):
        return "S3: the destination lies inside another route"
    return _unapproved(pcx, own, peer, vpc, settings)


def _within(destination: Network, settings: Settings) -> bool:
    """Tell whether AllowedDestinations lets this network through."""
    out = any(overlap(destination, excluded) for excluded in settings.excluded_destinations)
    return not out and any(inside(destination, to) for to in settings.allowed_destinations)


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


def _vpc(change: Change, seen: Snapshot, vpc_id: str, settings: Settings) -> str | None:
    vpc = seen.vpcs.get((change.location, vpc_id))
    if not vpc or vpc.owner_id != change.location.account_id or is_exempt(vpc.tags):
        return "S5: the VPC is not ours, or is exempt"
    asked = wish(vpc.tags, DNS)
    everywhere = settings.enforce_in is EnforceIn.ALL
    consents = asked is Wish.ENFORCE or (
        asked is Wish.UNSAID and (everywhere or takes_part(vpc.tags))
    )
    if settings.vpc_dns is not VpcDns.ENFORCE or not consents:
        return "S8: nothing lets us set DNS of this VPC"
    return None


def _subnet(change: SetMapPublicIpOnLaunch, seen: Snapshot, settings: Settings) -> str | None:
    subnet = seen.subnets.get((change.location, change.subnet_id))
    if not subnet or subnet.owner_id != change.location.account_id or is_exempt(subnet.tags):
        return "S5: the subnet is not ours, or is exempt"
    vpc = seen.vpcs.get((change.location, subnet.vpc_id))
    if not vpc or is_exempt(vpc.tags):
        return "S5: the subnet's VPC was not read, or is exempt"
    asked, everywhere = wish(vpc.tags, PUBLIC_IP), settings.enforce_in is EnforceIn.ALL
    if asked is Wish.LEAVE or not (everywhere or asked is Wish.ENFORCE):
        return "S8: nothing lets us set public IP in this VPC"
    match settings.subnet_public_ip:
        case SubnetPublicIp.NEVER:
            return "S8: SubnetPublicIp never turns it on" if change.value else None
        case SubnetPublicIp.LEAVE:
            return "S8: SubnetPublicIp leaves it"
        case policy:
            if change.value and policy is not SubnetPublicIp.MATCH_INTERNET_ROUTE:
                return "S8: SubnetPublicIp does not turn it on"
            return _seen_twice(change, seen, subnet)


def _seen_twice(change: SetMapPublicIpOnLaunch, seen: Snapshot, subnet: Subnet) -> str | None:
    """Return why the switch does not rest on two looks at the table that routes the subnet now."""
    tables = [table for table in seen.route_tables.values() if table.vpc_id == subnet.vpc_id]
    own = [table.id for table in tables if subnet.id in table.subnet_ids]
    if not own and seen.has_read_tables(change.location, subnet.vpc_id):
        own = [table.id for table in tables if table.main]
    told = [one for one in seen.seen_before if one.subnet_id == subnet.id]
    twice = any(
        (one.location, [one.table_id], one.leads) == (change.location, own, change.value)
        for one in told
    )
    return None if twice else "S8: no earlier look saw the same of this subnet"


def _status(change: TagStatus, seen: Snapshot) -> str | None:
    pcx = seen.peerings.get((change.location, change.pcx_id))
    if not pcx or not pcx.own_sides():
        return "S5: no peering of ours was read"
    if not {pcx.status, seen.status_of(change.location, pcx.id)} <= SAYABLE.get(
        change.status, frozenset()
    ):
        return f"S5: {change.status} cannot be said of a peering that is {pcx.status}"
    return None
