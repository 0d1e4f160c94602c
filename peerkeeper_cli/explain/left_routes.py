"""What happens to routes to a peering that ended. In: a snapshot, settings. Out: lines.

one of our routes that still leads to it        line
the rule deletes it                             due, and how to do it by hand
the rule looks a second time first              wait
a prefix list has it                            fail: only a person can delete it
Peerkeeper may not change its table or its VPC  -, why, and how to do it by hand
there is no such route                          pass
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerkeeper.planning.dead_routes import dead_route, how_to_delete
from peerkeeper.planning.rules.stale_routes import stale_routes
from peerkeeper.safety.guard import allowed_by
from peerkeeper.settings import Settings
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.ec2 import TERMINAL, Location, Route, RouteTable
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Deferral
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import EXEMPT, ROUTES
from peerkeeper.values.tags import is_exempt, takes_routes

from peerkeeper_cli.explain.line import Line

PART = "stale routes"


def left_routes(
    seen: Snapshot, settings: Settings, pcx_id: str, findings: Sequence[Finding]
) -> Iterator[Line]:
    """Yield what happens to each route to the peering, once the peering has ended."""
    at: set[Location] = set()
    for item in stale_routes(seen, settings):
        match item:
            case DeleteRoute(location=where, pcx_id=gone) if gone == pcx_id:
                yield _goes(seen, settings, item)
            case Deferral(hint=hint) if pcx_id in (hint.id, item.absent):
                where = hint.location
                yield Line(str(where), PART, "peering", "wait", item.why)
            case _:
                continue
        at.add(where)
    for table, route in _dead(seen, pcx_id):
        if why := _out_of_hands(seen, table, route):
            at.add(table.location)
            yield from _stays(table, route, why, findings)
    for view in seen.views_of(pcx_id):
        if view.status in TERMINAL and view.location not in at:
            words = f"nothing to delete: on our side no route leads to {pcx_id}"
            yield Line(str(view.location), PART, "routes", "pass", words)


def _dead(seen: Snapshot, pcx_id: str) -> list[tuple[RouteTable, Route]]:
    """Return the routes to the peering in any table, if it has provably ended."""
    return [
        (table, route)
        for table in seen.route_tables.values()
        for route in table.routes_to(pcx_id)
        if dead_route(seen, table, route)
    ]


def _goes(seen: Snapshot, settings: Settings, change: DeleteRoute) -> Line:
    """Return the line of a route that the rule deletes, or that the mode keeps."""
    table = seen.route_tables[change.location, change.route_table_id]
    route = next(
        one for one in table.routes_to(change.pcx_id) if one.destination == change.destination
    )
    words = f"{table.id} still sends {change.destination} to it: {change.reason}"
    if not allowed_by(settings.mode, change):
        words += f"; mode {settings.mode} deletes no route"
    words += f"; {how_to_delete(table, route).clause}"
    return Line(str(change.location), PART, table.id, "due", words)


def _out_of_hands(seen: Snapshot, table: RouteTable, route: Route) -> str:
    """Return why the rule does not delete the dead route, or an empty text if it does."""
    if route.prefix_list:
        return f"Peerkeeper deletes no route of prefix list {route.prefix_list}"
    if table.owner_id != table.location.account_id:
        return f"the table belongs to account {table.owner_id}"
    if not takes_routes(table.tags):
        key = EXEMPT if is_exempt(table.tags) else ROUTES
        return f"the table's tag {key} keeps Peerkeeper out"
    exempt = seen.is_exempt(table.location, table.vpc_id)
    if exempt is not False:
        return f"{table.vpc_id} is exempt" if exempt else f"{table.vpc_id} was not read"
    return "" if route.static else "the route is propagated, and ends with its source"


def _stays(
    table: RouteTable, route: Route, why: str, findings: Sequence[Finding]
) -> Iterator[Line]:
    """Yield a dead route that Peerkeeper may not delete, and the tag faults that may be the reason."""
    where = str(table.location)
    words = f"{table.id} still sends {route.destination} to it: {why}; {how_to_delete(table, route).clause}"
    yield Line(where, PART, table.id, "fail" if route.prefix_list else "-", words)
    for one in findings:
        if one.code is Code.TAG_FAULT and one.subject in (table.id, table.vpc_id):
            yield Line(where, "tags", one.subject, "fail", one.message)
