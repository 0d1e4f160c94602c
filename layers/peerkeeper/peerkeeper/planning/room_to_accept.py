"""Test whether our tables have room for the routes that accepting a request brings. No write.

In: the request as the accepter's location shows it, the snapshot, settings. Out: `Check`. It looks at
the tables of the accepter's VPC. If this stack covers the requester's VPC, and that side agrees, it looks at
the tables there, too.

    QuotaCheck=hold, and                               the test
    each table that would be routed has room           passes
    one has not                                        fails: held-no-room names the table and what it lacks
    the quotas, or a table's lists, could not be read  passes: quota-unknown says so, and the request goes on
    they are not read yet                              is not known yet: the request waits for the read
    the requester's tables or quotas were not read     passes: no Region waits for another

A route that EC2 refuses would leave the peering half routed. So the request waits, whole.
"""

from __future__ import annotations

from peerkeeper.planning.room import quota, routes_used
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import serves, wanted
from peerkeeper.planning.unrouted import may_be_routed
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import PeeringConnection, RouteTable, Side
from peerkeeper.values.findings import Check, Code
from peerkeeper.values.quotas import Quota
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import takes_routes_to


def room_to_accept(pcx: PeeringConnection, seen: Snapshot, settings: Settings) -> Check:
    """Return the test. It rests on the networks that the request shows; the peer may have more."""
    short: list[str] = []
    for own, peer in ((pcx.accepter, pcx.requester), (pcx.requester, pcx.accepter)):
        read = Read(own.location, Describe.QUOTAS, By.ALL)
        has_tables = seen.has_read_tables(own.location, own.vpc_id)
        if own is pcx.requester:  # its quotas are asked for in the same wave as the accepter's
            known = has_tables and read in seen.done
            if not known or not _is_routed(seen, settings, pcx):
                continue
        if not has_tables or (read not in seen.done and read not in seen.unread):
            said = f"the quotas or the route tables of {own.vpc_id} are not read yet"
            return Check("room", None, Code.NO_ROOM, said)
        short += _lacks(seen, settings, pcx, own, peer)
    if not short:
        return Check("room", True, Code.NO_ROOM, "our route tables have room for the routes")
    words = "; ".join(short)
    return Check("room", False, Code.NO_ROOM, f"{words}; raise the quota in Service Quotas")


def _is_routed(seen: Snapshot, settings: Settings, pcx: PeeringConnection) -> bool:
    """Tell whether the requester's side is ours to route, and agrees."""
    own, peer = pcx.requester, pcx.accepter
    return settings.covers(own.location) and may_be_routed(seen, settings, pcx, own, peer)


def _lacks(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> list[str]:
    """Return what the tables of one side are short of, in words."""
    view = seen.peerings.get((own.location, pcx.id), pcx)
    scope = to_route(seen, settings, view, own, peer)
    versions: list[int] = [one.version for one in wanted(scope.networks, settings)]
    tables = [
        table
        for table in seen.tables_of(own.location, own.vpc_id)
        if serves(table, seen) and takes_routes_to(table.tags, pcx.id, peer.vpc_id)
    ]
    return [words for table in tables for words in _short(seen, table, versions)]


def _short(seen: Snapshot, table: RouteTable, versions: list[int]) -> list[str]:
    most = quota(seen, table.location, Quota.ROUTES)
    found = []
    for version in sorted({*versions}):
        used = routes_used(seen, table, version)
        lacks = (used or 0) + versions.count(version) - (most or 0)
        if used is not None and most is not None and lacks > 0:
            found.append(
                f"accepting would leave {table.id} short of {lacks} IPv{version} routes: it has {used} of "
                f"the {most} that the quota {Quota.ROUTES.value} allows"
            )
    return found
