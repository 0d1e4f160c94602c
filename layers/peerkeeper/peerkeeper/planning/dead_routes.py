"""A route to a peering that has ended, and what deletes it.

In: the snapshot, a table, a route. Out: yes or no, changes, a command. Never decides to delete.
"""

from __future__ import annotations

from peerkeeper.planning.route_conflicts import Standing, standing
from peerkeeper.values.aws_commands import delete_route
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.ec2 import Route, RouteTable
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.snapshot import Snapshot


def dead_route(seen: Snapshot, table: RouteTable, route: Route) -> bool:
    """Tell whether the route leads to a peering that ended, or that a whole read does not show any more."""
    whose = standing(seen, table, route)
    if whose is Standing.UNKNOWN:
        return route.blackhole and seen.knows_absent(table.location, route.target, table.vpc_id)
    return whose is Standing.GONE


def deletes_of(table: RouteTable, route: Route) -> tuple[DeleteRoute, ...]:
    """Return the changes that delete the route, on either proof; empty for a prefix list."""
    if not route.destination or route.prefix_list:
        return ()
    key = (table.location, table.id, route.destination, route.target)
    return DeleteRoute(*key, reason=""), DeleteRoute(*key, by_absence=True, reason="")


def how_to_delete(table: RouteTable, route: Route) -> Remedy:
    """Return the command that deletes the route."""
    return Remedy(f"to delete it: {delete_route(table, route)}")
