"""Room for the routes that a request would bring: by the truth, and by what a run was shown.

In: a place or a run, a VPC, networks that may be routed. Out: yes or no. It imports nothing of Peerkeeper.
EC2 does not count the route `local`. Peerkeeper counts it, to be safe, so a table may lack one route less.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator import policy as say
from simulator.documents import Document
from simulator.operations.quotas import ROUTES
from simulator.rows import Place
from simulator.seen_by_run import SeenByRun
from simulator.serving import serves


def may_lack_room(place: Place, vpc_id: str, cidrs: Iterable[str], most: int) -> bool:
    """Whether a table that takes our routes is full once they and `local` are counted."""
    new = len([*cidrs])
    return new > 0 and any(
        len(table.routes) + new > most
        for table in place.tables.values()
        if table.vpc_id == vpc_id
        and serves(place, table)
        and say.takes_routes(place.tags.get(table.id, {}))
    )


def shown_without_room(saw: SeenByRun, where: Location, vpc_id: str, cidrs: Iterable[str]) -> str:
    """Return a table that by every view of it has no room, if the run was shown the quota; else nothing."""
    most = _most(saw.run, where)
    new = len([*cidrs])
    views: dict[str, list[Document]] = {}
    for table in saw.all("RouteTables", where):
        if table["VpcId"] == vpc_id and _takes(table):
            views.setdefault(table["RouteTableId"], []).append(table)
    full = (id_ for id_, shown in views.items() if all(_used(one) + new > most for one in shown))
    return next(full, "") if most and new else ""


def _most(run: Any, where: Location) -> int:
    replies = [
        reply["Quotas"]
        for _, place, action, _, reply in run.served
        if place == where and action == "ListServiceQuotas"
    ]
    values = [one["Value"] for one in (replies or [[]])[-1] if one["QuotaCode"] == ROUTES]
    return int(values[0]) if values else 0


def _takes(table: Document) -> bool:
    subnets = [one for one in table["Associations"] if one.get("SubnetId")]
    edge = [one for one in table["Associations"] if one.get("GatewayId")]
    return bool(subnets) and not edge and say.takes_routes(say.tags_of(table))


def _used(table: Document) -> int:
    return sum(route["Origin"] == "CreateRoute" for route in table["Routes"])
