"""Endpoints in moto's store: our own values there. In: the world. Out: endpoints, routes, documents."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.routes import write_route
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.endpoint_view import description
from peerkeeper_local.semantics.endpoints import Endpoint, state_of
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.routes import Target


def endpoints(world: World, location: Location) -> list[Endpoint]:
    """Return the endpoints that exist, each with its tables that exist."""
    backend, moment = world.backend(location), world.moment()
    return [
        replace(each, tables=tuple(name for name in each.tables if name in backend.route_tables))
        for each in backend.vpc_end_points.values()
        if state_of(each, moment) is not None
    ]


def shown(world: World, location: Location, endpoint: Endpoint) -> Document:
    """Return an endpoint as a describe shows it now."""
    backend = world.backend(location)
    groups = {each: backend.get_security_group_from_id(each) for each in endpoint.groups}
    names = {each: found.name for each, found in groups.items() if found is not None}
    tags = backend.tags.get(endpoint.id, {})
    return description(endpoint, location, world.moment(), tags, names)


def add_routes(backend: Any, endpoint: Endpoint, table_ids: Iterable[str]) -> None:  # noqa: ANN401
    """Write a gateway endpoint's route into each of the tables."""
    target = Target("VpcEndpointId", endpoint.id)
    for each in table_ids:
        write_route(backend.route_tables[each], endpoint.prefix_list, target)


def remove_routes(backend: Any, endpoint: Endpoint, table_ids: Iterable[str]) -> None:  # noqa: ANN401
    """Take a gateway endpoint's route out of each of the tables that is still there."""
    for each in table_ids:
        table = backend.route_tables.get(each)
        if table is not None:
            table._routes.pop(f"{each}~{endpoint.prefix_list}", None)
