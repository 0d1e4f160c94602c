"""A table that leaves a peer out that its siblings route. In: a snapshot, a new route. Out: a tag.

The tag `peerkeeper:routes` names what the table routes today, and what the plan had for it before. It is
`none` where that is nothing. A table that has such a tag gets no other. Only a table with such
siblings gets one.
"""

from __future__ import annotations

from collections.abc import Container

from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import RouteTable
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import ROUTES
from peerkeeper.values.tags import value_of

from peerkeeper_cli.adopt.tag_to_set import TagToSet
from peerkeeper_cli.foresight.foresee import Foreseen

MOST = 256
"""Characters of a tag's value. Source: EC2 User Guide, tag restrictions."""


def narrow_table(
    seen: Snapshot, before: Foreseen, change: CreateRoute, adopted: Container[str]
) -> TagToSet | None:
    """Return the tag that leaves this table as it is; None where no tag can."""
    where = change.location
    table = seen.route_tables[where, change.route_table_id]
    siblings = seen.tables_of(where, table.vpc_id)
    routed = any(one.routes_to(change.pcx_id) for one in siblings if one.id != table.id)
    if not routed or table.routes_to(change.pcx_id) or value_of(table.tags, ROUTES) is not None:
        return None
    value = " ".join(_kept(seen, before, table, adopted)) or "none"
    if len(value) > MOST:
        return None
    return TagToSet(where, table.id, ROUTES, value, "it leaves out peers that its siblings route")


def _kept(
    seen: Snapshot, before: Foreseen, table: RouteTable, adopted: Container[str]
) -> list[str]:
    """Return the peerings that the table routes, or that were to be routed there anyway."""
    planned = {
        one.pcx_id
        for one in before.changes
        if isinstance(one, CreateRoute)
        and (one.location, one.route_table_id) == (table.location, table.id)
    }
    agreed = {one.pcx_id for one in before.verdicts if one.location == table.location}
    held = {id_ for id_ in table.peering_ids if id_ in agreed or id_ in adopted}
    return sorted(planned | held)
