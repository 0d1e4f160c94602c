"""The entries of prefix lists, as routes of the tables that name the lists.

In: tables, lists, what a wave of reads showed. Out: tables with one more route for each entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from peerkeeper.values.ec2 import PrefixList, RouteTable
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.snapshot import Key


def is_of_aws(lists: Mapping[Key, PrefixList], one: PrefixList) -> bool:
    """Tell whether another read has shown that AWS owns the list, in any order of the two reads."""
    known = lists.get((one.location, one.id))
    return bool(known and known.of_aws)


def expanded(
    tables: Mapping[Key, RouteTable], lists: Mapping[Key, PrefixList], observed: Sequence[Observed]
) -> Mapping[Key, RouteTable]:
    """Return the tables with the entries of their prefix lists, where this wave brought either."""
    fresh = {(one.location, one.id) for each in observed for one in each.route_tables}
    read = {(one.location, one.id) for each in observed for one in each.prefix_lists}
    if not fresh and not read:
        return tables
    return {
        key: with_entries(table, lists)
        if key in fresh or any((table.location, one) in read for one in table.prefix_lists)
        else table
        for key, table in tables.items()
    }


def with_entries(table: RouteTable, lists: Mapping[Key, PrefixList]) -> RouteTable:
    """Return the table with one more route for each entry of the prefix lists that it names."""
    if not table.prefix_lists:
        return table
    own = [route for route in table.routes if not (route.prefix_list and route.destination)]
    entries = [
        replace(route, destination=to)
        for route in own
        if route.prefix_list and (known := lists.get((table.location, route.prefix_list)))
        for to in (() if known.of_aws else known.networks)
    ]
    routes = (*own, *entries)
    return table if routes == table.routes else replace(table, routes=routes)
