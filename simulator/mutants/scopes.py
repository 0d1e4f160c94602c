"""Seeded bugs in how much of a peer is routed: RouteScope, and the tag `peerkeeper:destinations`."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from peerkeeper.planning import connectivity, route_scope
from peerkeeper.planning.rules import missing_routes
from peerkeeper.planning.serving_tables import cidrs_of
from peerkeeper.values.destinations import destinations
from peerkeeper.values.ec2 import inside

from simulator.mutants.registry import mutant, no_guard, patched


@mutant("tag-narrows-nothing", "peerkeeper:destinations is not looked at")
def _tag_narrows_nothing() -> Iterator[None]:
    return patched(patch.object(route_scope, "destinations", lambda _: None), no_guard())


@mutant(
    "unread-scope-is-whole", "where the peer's subnets cannot be read, its whole network is routed"
)
def _unread_scope_is_whole() -> Iterator[None]:
    real = route_scope.to_route

    def wide(seen: Any, settings: Any, pcx: Any, own: Any, peer: Any) -> Any:
        found = real(seen, settings, pcx, own, peer)
        return found if found.known else route_scope.ToRoute(cidrs_of(seen, peer))

    places = (missing_routes, connectivity)
    return patched(*(patch.object(each, "to_route", wide) for each in places), no_guard())


@mutant("subnets-are-rounded", "subnets of the peer become a network that holds more than they do")
def _subnets_are_rounded() -> Iterator[None]:
    def rounded(parts: Any, whole: Any) -> Iterator[Any]:
        counted = [part for part in parts if any(inside(part, wide) for wide in whole)]
        return iter(sorted({part.supernet() for part in counted}))

    return patched(patch.object(route_scope, "_collapsed", rounded), no_guard())


@mutant("fault-of-scope-is-whole", "a wrong value of peerkeeper:destinations counts as none")
def _fault_of_scope_is_whole() -> Iterator[None]:
    def forgiving(tags: Any) -> Any:
        found = destinations(tags)
        return found if found and (found.networks or found.subnets) else None

    return patched(patch.object(route_scope, "destinations", forgiving), no_guard())


@mutant("scope-is-whole", "RouteScope=subnets counts as vpc")
def _scope_is_whole() -> Iterator[None]:
    other = SimpleNamespace(SUBNETS="no value of it")
    return patched(patch.object(route_scope, "RouteScope", other), no_guard())
