"""Routes for tables that Terraform owns, as HCL. In: a proposal. Out: text for one .tf file.

Only for tables tagged `peerkeeper:routes=report`: there Peerkeeper reports, and their owner writes. They are
those that Peerkeeper would have written without the tag. A route that is there gets an import block as well.
Sources: Terraform AWS provider, aws_route (import by ROUTETABLEID_DESTINATION); Terraform, import blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from peerkeeper.settings import Mode
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import Location, Network, RouteTable
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import ROUTES
from peerkeeper.values.tags import TableRoutes, table_routes

from peerkeeper_cli.estate.names import Names
from peerkeeper_cli.estate.show import comments
from peerkeeper_cli.foresight.foresee import foresee
from peerkeeper_cli.plan.proposal import Proposal


@dataclass(frozen=True, slots=True, order=True)
class OwnersRoute:
    """One route that the owner of a table should have."""

    location: Location
    table_id: str
    destination: str
    pcx_id: str
    exists: bool

    @property
    def label(self) -> str:
        """Its name in Terraform."""
        said = self.destination.replace(".", "_").replace(":", "_").replace("/", "_")
        return f"{self.table_id.replace('-', '_')}_{said}"


def terraform(plan: Proposal) -> str:
    """Return the file: what was not read, then the routes. An empty file says how to tag a table."""
    names, routes = Names(plan.estate.seen), owners_routes(plan)
    unread = comments(plan.estate)
    if not routes and not unread:
        words = (
            "No table that Peerkeeper only reports on lacks or holds a route to an agreed peering."
        )
        return f"# {words}\n# To let Terraform own a table, tag it {ROUTES}=report.\n"
    head = [*unread, ""] if unread and routes else unread
    return "\n".join([*head, *(line for route in routes for line in _block(route, names))]) + "\n"


def owners_routes(plan: Proposal) -> list[OwnersRoute]:
    """Return the routes that are wanted in tables tagged report, there or not."""
    seen = plan.estate.seen
    tables = {
        key: table
        for key, table in seen.route_tables.items()
        if table_routes(table.tags) is TableRoutes.REPORT
    }
    if not tables:
        return []
    ahead = foresee(
        _without_tag(seen, tables.values()), replace(plan.estate.settings, mode=Mode.FULL)
    )
    agreed = {(one.location, one.pcx_id) for one in ahead.verdicts}
    lacking = {
        OwnersRoute(
            one.location, one.route_table_id, str(one.destination), one.pcx_id, exists=False
        )
        for one in ahead.changes
        if isinstance(one, CreateRoute) and (one.location, one.route_table_id) in tables
    }
    return sorted({*lacking, *_held(tables.values(), agreed)})


def _without_tag(seen: Snapshot, tables: Iterable[RouteTable]) -> Snapshot:
    free = {
        (one.location, one.id): replace(
            one, tags=tuple((key, value) for key, value in one.tags if key != ROUTES)
        )
        for one in tables
    }
    return replace(seen, route_tables={**seen.route_tables, **free})


def _held(tables: Iterable[RouteTable], agreed: set[tuple[Location, str]]) -> Iterator[OwnersRoute]:
    for table in tables:
        for route in table.routes:
            to: Network | None = route.destination
            if route.static and to and (table.location, route.target) in agreed:
                yield OwnersRoute(table.location, table.id, str(to), route.target, exists=True)


def _block(route: OwnersRoute, names: Names) -> Iterator[str]:
    kind = "destination_ipv6_cidr_block" if ":" in route.destination else "destination_cidr_block"
    yield f"# {route.location}: {names.said(route.location, route.table_id)}"
    yield f'resource "aws_route" "{route.label}" {{'
    yield f'  region                    = "{route.location.region}" # of provider 6; before, use an alias'
    yield f'  route_table_id            = "{route.table_id}"'
    yield f'  {kind.ljust(25)} = "{route.destination}"'
    yield f'  vpc_peering_connection_id = "{route.pcx_id}"'
    yield "}"
    if route.exists:
        yield ""
        yield "import {"
        yield f"  to = aws_route.{route.label}"
        yield f'  id = "{route.table_id}_{route.destination}"'
        yield "}"
    yield ""
