"""Managed prefix lists in moto's store: our own values there. In: the world. Out: lists, users, weights."""

from collections.abc import Iterable
from typing import Any

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.tables import table_of
from peerkeeper_local.cloud.world import World
from peerkeeper_local.partitions import partition_of
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.prefix_lists import (
    PrefixList,
    description,
    settled,
    state_of,
    usable,
    weight_of,
)
from peerkeeper_local.semantics.route_quota import Weights, routes_used
from peerkeeper_local.semantics.routes import Table


def prefix_lists(world: World, location: Location) -> dict[str, PrefixList]:
    """Return the lists that are shown, by id, as they are now: AWS's too."""
    stored, moment = world.backend(location).managed_prefix_lists, world.moment()
    return {
        key: settled(each, moment)
        for key, each in stored.items()
        if state_of(each, moment) is not None
    }


def shown(world: World, location: Location, listed: PrefixList) -> Document:
    """Return a list as a describe shows it now."""
    tags = world.backend(location).tags.get(listed.id, {})
    return description(listed, location, partition_of(location.region), world.moment(), tags)


def may_be_named(world: World, location: Location, list_id: str) -> bool:
    """Whether a route may name the list."""
    listed = world.backend(location).managed_prefix_lists.get(list_id)
    return listed is not None and usable(listed, world.moment())


def weights(world: World, location: Location, destinations: Iterable[str]) -> Weights:
    """Return what each prefix list among the destinations counts for."""
    named = {each for each in destinations if each.startswith("pl-")}
    if not named:
        return {}
    lists = prefix_lists(world, location)
    return {each: weight_of(lists[each]) for each in named if each in lists}


def users(backend: Any, list_id: str) -> list[str]:  # noqa: ANN401 - moto is not typed
    """Return the ids of the route tables and security groups that name the list."""
    tables = [table.id for table in _tables(backend, list_id)]
    groups = [
        group.id
        for groups in backend.groups.values()
        for group in groups.values()
        if any(_names(rule, list_id) for rule in (*group.ingress_rules, *group.egress_rules))
    ]
    return tables + groups


def without_room(world: World, location: Location, listed: PrefixList, size: int) -> list[str]:
    """Return the ids of the tables that name the list and could not hold it at MaxEntries `size`."""
    version, weight = weight_of(listed)
    most = world.limits.routes_per_table
    short = []
    for table in _tables(world.backend(location), listed.id):
        counts = weights(world, location, table.counted)
        if routes_used(table.counted, version, counts) - weight + size > most:
            short.append(table.id)
    return short


def _tables(backend: Any, list_id: str) -> list[Table]:  # noqa: ANN401 - moto is not typed
    return [
        table_of(stored)
        for stored in backend.route_tables.values()
        if f"{stored.id}~{list_id}" in stored._routes
    ]


def _names(rule: Any, list_id: str) -> bool:  # noqa: ANN401 - moto is not typed
    """Whether a rule of a security group names the list; moto keeps one list, or several, in a rule."""
    several = getattr(rule, "prefix_list_ids", None) or ()
    one = getattr(rule, "prefix_list_id", None)
    return one == list_id or any(each.get("PrefixListId") == list_id for each in several)
