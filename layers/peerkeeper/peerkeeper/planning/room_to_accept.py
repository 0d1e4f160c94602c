"""Test whether our tables have room for the routes that accepting a request brings. No write.

In: the request as the accepter's location shows it, our VPC, the snapshot, settings. Out: `Check`.

    QuotaCheck=hold, and                               the test
    each table that would be routed has room           passes
    one has not                                        fails: held-no-room names the table and what it lacks
    the quotas, or a table's lists, could not be read  passes: quota-unknown says so, and the request goes on
    they are not read yet                              is not known yet: the request waits for the read

A route that EC2 refuses would leave the peering half routed. So the request waits, whole.
"""

from __future__ import annotations

from peerkeeper.planning.room import quota, routes_used
from peerkeeper.planning.route_scope import to_route
from peerkeeper.planning.serving_tables import serves, wanted
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import PeeringConnection, RouteTable, Vpc
from peerkeeper.values.findings import Check, Code
from peerkeeper.values.quotas import Quota
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import takes_routes_to


def room_to_accept(pcx: PeeringConnection, vpc: Vpc, seen: Snapshot, settings: Settings) -> Check:
    """Return the test. It rests on the networks that the request shows; the peer may have more."""
    where, peer = pcx.location, pcx.requester
    read = Read(where, Describe.QUOTAS, By.ALL)
    if not seen.has_read_tables(where, vpc.id) or (
        read not in seen.done and read not in seen.unread
    ):
        return Check("room", None, Code.NO_ROOM, "the quotas or our route tables are not read yet")
    scope = to_route(seen, settings, pcx, pcx.accepter, peer)
    networks = [*wanted(scope.networks, settings)]
    tables = [
        table
        for table in seen.tables_of(where, vpc.id)
        if serves(table, seen) and takes_routes_to(table.tags, pcx.id, peer.vpc_id)
    ]
    short = [
        words
        for table in tables
        for words in _short(seen, table, [one.version for one in networks])
    ]
    if not short:
        return Check("room", True, Code.NO_ROOM, "our route tables have room for the routes")
    words = "; ".join(short)
    return Check("room", False, Code.NO_ROOM, f"{words}; raise the quota in Service Quotas")


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
