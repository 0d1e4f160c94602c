"""Test whether our tables have room for the routes that accepting a request brings. No write.

In: the request as the accepter's location shows it, the snapshot, settings, the routes that are due to
other peerings. Out: `Check`. It looks at the tables of the accepter's VPC. If this stack covers the
requester's VPC, and that side agrees, it looks at the tables there, too.

    QuotaCheck=hold, and                               the test
    each table that would be routed has room           passes
    one has not                                        fails: held-no-room names the table and what it lacks
    the quotas, or a table's lists, could not be read  passes: quota-unknown says so, and the request goes on
    the subnets could not be read                      the main table counts as one that would be routed
    they are not read yet                              is not known yet: the request waits for the read
    the requester's VPC, tables or quotas
      could not be read, or it has no such VPC         passes: no Region waits for another
      are not read in this run, as in a sweep          passes: the function that accepts it reads them
      are not all read yet                             is not known yet, as above

    a network of another peering of the VPC            counts in a table
    the table has a route to it, or one in its place   as that route
    the route is due (see `due_routes`)                as one more
    this request brings the same network               once
    any other                                          not

A route that EC2 refuses would leave the peering half routed. So the request waits, whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from peerkeeper.planning.due_routes import DueRoutes
from peerkeeper.planning.room import quota, routes_used
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import knows_serving, may_serve, wanted
from peerkeeper.planning.unrouted import may_be_routed
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Network, PeeringConnection, RouteTable, Side
from peerkeeper.values.findings import Check, Code, first_of
from peerkeeper.values.quotas import Quota
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import takes_routes_to

MOST = 3
"""Peerings that the finding names of those that other routes are due to."""


def room_to_accept(
    pcx: PeeringConnection, seen: Snapshot, settings: Settings, due: DueRoutes
) -> Check:
    """Return the test. It rests on the networks that the request shows; the peer may have more."""
    short: list[str] = []
    for own, peer in ((pcx.accepter, pcx.requester), (pcx.requester, pcx.accepter)):
        if own is pcx.requester and (
            not _is_routed(seen, settings, pcx) or _stays_unknown(seen, own)
        ):
            continue
        read = Read(own.location, Describe.QUOTAS, By.ALL)
        if not _has_tables(seen, own) or (read not in seen.done and read not in seen.unread):
            said = f"the quotas, the subnets or the tables of {own.vpc_id} are not read yet"
            return Check("room", None, Code.NO_ROOM, said)
        short += _lacks(seen, settings, pcx, (own, peer), due)
    if not short:
        return Check("room", True, Code.NO_ROOM, "our route tables have room for the routes")
    words = "; ".join(short)
    return Check("room", False, Code.NO_ROOM, f"{words}; raise the quota in Service Quotas")


def _has_tables(seen: Snapshot, own: Side) -> bool:
    """Tell whether the tables were read, and the subnets, or that they cannot be: no failed read holds it."""
    where, vpc_id = own.location, own.vpc_id
    failed = _failed(seen, Read(where, Describe.SUBNETS, By.VPC, vpc_id))
    return knows_serving(seen, where, vpc_id) or (failed and seen.has_read_tables(where, vpc_id))


def _stays_unknown(seen: Snapshot, own: Side) -> bool:
    """Tell whether the room of a side will not be known in this run.

    A read of it failed, or shows no such VPC. Or nothing of it is read: a sweep of one location only hands
    the request on, and the function that accepts it reads both sides.
    """
    where, vpc_id = own.location, own.vpc_id
    vpc, tables = (
        Read(where, kind, By.VPC, vpc_id) for kind in (Describe.VPCS, Describe.ROUTE_TABLES)
    )
    if any(_failed(seen, read) for read in (vpc, tables, Read(where, Describe.QUOTAS))):
        return True
    if seen.has_read(where, Describe.VPCS, By.VPC, vpc_id):
        return (where, vpc_id) not in seen.vpcs
    return not seen.has_read_tables(where, vpc_id)


def _failed(seen: Snapshot, read: Read) -> bool:
    """Tell whether the read failed, by itself or as part of its location."""
    return read in seen.unread or read.whole in seen.unread


def _is_routed(seen: Snapshot, settings: Settings, pcx: PeeringConnection) -> bool:
    """Tell whether the requester's side is ours to route, and agrees."""
    own, peer = pcx.requester, pcx.accepter
    return settings.covers(own.location) and may_be_routed(seen, settings, pcx, own, peer)


def _lacks(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    sides: tuple[Side, Side],
    due: DueRoutes,
) -> list[str]:
    """Return what the tables of one side are short of, in words."""
    own, peer = sides
    view = seen.peerings.get((own.location, pcx.id), pcx)
    scope = to_route(seen, settings, view, own, peer)
    networks = frozenset(wanted(scope.networks, settings))
    tables = [
        table
        for table in seen.tables_of(own.location, own.vpc_id)
        if may_serve(table, seen) and takes_routes_to(table.tags, pcx.id, peer.vpc_id)
    ]
    return [
        words
        for table in tables
        for words in _short(seen, table, networks, _others(due, pcx, table, networks))
    ]


def _others(
    due: DueRoutes, pcx: PeeringConnection, table: RouteTable, networks: Set[Network]
) -> Mapping[Network, str]:
    """Return what the table will route to other peerings and not to this one."""
    found = due.in_table(table.location, table.id)
    return {to: by for to, by in found.items() if by != pcx.id and to not in networks}


def _short(
    seen: Snapshot, table: RouteTable, networks: Set[Network], due: Mapping[Network, str]
) -> list[str]:
    """Return what the table is short of, in words, by address family of the request's networks."""
    most = quota(seen, table.location, Quota.ROUTES)
    found = []
    for version in sorted({one.version for one in networks}):
        used = routes_used(seen, table, version)
        more = [by for one, by in due.items() if one.version == version]
        lacks = (
            (used or 0) + sum(one.version == version for one in networks) + len(more) - (most or 0)
        )
        if used is not None and most is not None and lacks > 0:
            verb, named = "is" if len(more) == 1 else "are", first_of(sorted({*more}), MOST)
            others = f", and {len(more)} more {verb} due to {named}"
            found.append(
                f"accepting would leave {table.id} short of {lacks} IPv{version} routes: it has {used} of "
                f"the {most} that the quota {Quota.ROUTES.value} allows{others if more else ''}"
            )
    return found
