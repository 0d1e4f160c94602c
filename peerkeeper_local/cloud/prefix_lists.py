"""Managed prefix lists in moto's store: our own values there. In: the world. Out: lists, users, weights."""

from collections.abc import Iterable
from typing import Any

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.groups import groups_of, rules_kept
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
from peerkeeper_local.semantics.rule_quota import has_room


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


def weights(world: World, location: Location, names: Iterable[str]) -> Weights:
    """Return what each prefix list among `names`, such as destinations, counts for."""
    named = {each for each in names if each.startswith("pl-")}
    if not named:
        return {}
    lists = prefix_lists(world, location)
    return {each: weight_of(lists[each]) for each in named if each in lists}


def users(backend: Any, list_id: str) -> list[str]:  # noqa: ANN401 - moto is not typed
    """Return the ids of the route tables and security groups that name the list."""
    tables = [table.id for table in _tables(backend, list_id)]
    return [*tables, *(group.id for group in _groups(backend, list_id))]


def without_room(world: World, location: Location, listed: PrefixList, size: int) -> list[str]:
    """Return the ids of the tables and groups that name the list and could not hold MaxEntries `size`."""
    backend, (version, weight) = world.backend(location), weight_of(listed)
    most = world.limits.routes_per_table
    short = []
    for table in _tables(backend, listed.id):
        counts = weights(world, location, table.counted)
        if routes_used(table.counted, version, counts) - weight + size > most:
            short.append(table.id)
    for group in _groups(backend, listed.id):
        rules = [kept.rule for kept in rules_kept(group)]
        counts = weights(world, location, (rule.prefix_list for rule in rules))
        if not has_room(rules, world.limits, {**counts, listed.id: (version, size)}):
            short.append(group.id)
    return short


def _tables(backend: Any, list_id: str) -> list[Table]:  # noqa: ANN401 - moto is not typed
    return [
        table_of(stored)
        for stored in backend.route_tables.values()
        if f"{stored.id}~{list_id}" in stored._routes
    ]


def _groups(backend: Any, list_id: str) -> list[Any]:  # noqa: ANN401 - as above
    """Return the security groups of which a rule names the list."""
    return [
        group
        for group in groups_of(backend)
        if any(kept.rule.prefix_list == list_id for kept in rules_kept(group))
    ]
