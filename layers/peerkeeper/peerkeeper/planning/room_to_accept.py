"""Test whether our tables have room for the routes that accepting a request brings. No write.

In: the request as the accepter's location shows it, the snapshot, settings, the requests that this plan
accepts before it. Out: `Check`. It looks at the tables of the accepter's VPC. If this stack covers the
requester's VPC, and that side agrees, it looks at the tables there, too.

    QuotaCheck=hold, and                               the test
    each table that would be routed has room           passes
    one has not                                        fails: held-no-room names the table and what it lacks
    the quotas, or a table's lists, could not be read  passes: quota-unknown says so, and the request goes on
    they are not read yet                              is not known yet: the request waits for the read
    the requester's quotas, tables or subnets were not
      read                                             passes: no Region waits for another

    a network of another peering of the VPC            counts in a table
    the table has a route to it, or one in its place   as that route
    it lacks one, and the peering is live or accepted
      before this one, and our side agrees             as one more: the route is due
    this request brings the same network               once
    any other, or the peering was not read             not

A route that EC2 refuses would leave the peering half routed. So the request waits, whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from peerkeeper.planning.room import quota, routes_used
from peerkeeper.planning.route_conflicts import in_its_place
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import knows_serving, serves, wanted
from peerkeeper.planning.unrouted import may_be_routed, networks_lacked
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import (
    ROUTABLE,
    Network,
    PeeringConnection,
    PeeringStatus,
    RouteTable,
    Side,
)
from peerkeeper.values.findings import Check, Code
from peerkeeper.values.quotas import Quota
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import takes_routes_to


def room_to_accept(
    pcx: PeeringConnection, seen: Snapshot, settings: Settings, before: Set[str]
) -> Check:
    """Return the test. It rests on the networks that the request shows; the peer may have more.

    `before`: the ids of the requests that this plan accepts first.
    """
    short: list[str] = []
    for own, peer in ((pcx.accepter, pcx.requester), (pcx.requester, pcx.accepter)):
        read = Read(own.location, Describe.QUOTAS, By.ALL)
        has_tables = knows_serving(seen, own.location, own.vpc_id)
        if own is pcx.requester:  # its quotas are asked for in the same wave as the accepter's
            known = has_tables and read in seen.done
            if not known or not _is_routed(seen, settings, pcx):
                continue
        if not has_tables or (read not in seen.done and read not in seen.unread):
            said = f"the quotas, the subnets or the tables of {own.vpc_id} are not read yet"
            return Check("room", None, Code.NO_ROOM, said)
        short += _lacks(seen, settings, pcx, (own, peer), before)
    if not short:
        return Check("room", True, Code.NO_ROOM, "our route tables have room for the routes")
    words = "; ".join(short)
    return Check("room", False, Code.NO_ROOM, f"{words}; raise the quota in Service Quotas")


def _is_routed(seen: Snapshot, settings: Settings, pcx: PeeringConnection) -> bool:
    """Tell whether the requester's side is ours to route, and agrees."""
    own, peer = pcx.requester, pcx.accepter
    return settings.covers(own.location) and may_be_routed(seen, settings, pcx, own, peer)


def _lacks(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    sides: tuple[Side, Side],
    before: Set[str],
) -> list[str]:
    """Return what the tables of one side are short of, in words."""
    own, peer = sides
    view = seen.peerings.get((own.location, pcx.id), pcx)
    scope = to_route(seen, settings, view, own, peer)
    networks = frozenset(wanted(scope.networks, settings))
    due = _due(seen, settings, pcx, own, before)
    tables = [
        table
        for table in seen.tables_of(own.location, own.vpc_id)
        if serves(table, seen) and takes_routes_to(table.tags, pcx.id, peer.vpc_id)
    ]
    return [
        words
        for table in tables
        for words in _short(seen, table, networks, due.get(table.id, set()) - networks)
    ]


def _due(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, before: Set[str]
) -> Mapping[str, Set[Network]]:
    """Return, by table, the networks that it will route to the other peerings of the VPC, and lacks."""
    found: dict[str, set[Network]] = {}
    for view, ours, peer in seen.peerings_of(own.location, own.vpc_id):
        comes = view.id in before or _is_live(seen, view)
        if view.id == pcx.id or not comes or not may_be_routed(seen, settings, view, ours, peer):
            continue
        for table, to in networks_lacked(seen, settings, view, ours, peer):
            takes = takes_routes_to(table.tags, view.id, peer.vpc_id)
            if takes and not in_its_place(table, view, to, settings):
                found.setdefault(table.id, set()).add(to)
    return found


def _is_live(seen: Snapshot, view: PeeringConnection) -> bool:
    """Tell whether the peering is live. The accepter's side shows that before the requester's does."""
    status = seen.status_of(view.location, view.id)
    if status is PeeringStatus.PENDING_ACCEPTANCE:
        return any(other.status in ROUTABLE for other in seen.views_of(view.id))
    return status in ROUTABLE


def _short(
    seen: Snapshot, table: RouteTable, networks: Set[Network], due: Set[Network]
) -> list[str]:
    """Return what the table is short of, in words, by address family of the request's networks."""
    most = quota(seen, table.location, Quota.ROUTES)
    found = []
    for version in sorted({one.version for one in networks}):
        used = routes_used(seen, table, version)
        more = sum(one.version == version for one in due)
        lacks = (used or 0) + sum(one.version == version for one in networks) + more - (most or 0)
        if used is not None and most is not None and lacks > 0:
            others = f", and {more} more {'is' if more == 1 else 'are'} due to other peerings"
            found.append(
                f"accepting would leave {table.id} short of {lacks} IPv{version} routes: it has {used} of "
                f"the {most} that the quota {Quota.ROUTES.value} allows{others if more else ''}"
            )
    return found
