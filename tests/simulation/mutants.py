"""Seeded bugs: each a small patch of the real code, put in while it lasts.

In: nothing. Out: mutants by name. The simulator must catch every one of them: a harness that cannot find
these finds nothing. Where the guard would hide a rule's bug it is taken out as well, unless the mutant is
about the guard.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper import (
    approval,
    brake,
    handoff,
    intake,
    leftovers,
    model,
    reconcile,
    runner,
    snapshot,
    triggers,
)
from peerkeeper.aws import apply, edge, error_codes, observe, parse
from peerkeeper.changes import CreateRoute, DeleteRoute
from peerkeeper.looks.sweep import SweepLook
from peerkeeper.model import Location, PeeringStatus
from peerkeeper.outcomes import Observed
from peerkeeper.scope import Expected

# The package's __init__ names the rule functions; here their modules are wanted.
acceptance, routes, stale_routes = (
    sys.modules[f"peerkeeper.rules.{name}"] for name in ("acceptance", "routes", "stale_routes")
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One seeded bug, in a line."""

    name: str
    says: str
    put_in: Callable[[], AbstractContextManager[Any]]


MUTANTS: dict[str, Mutant] = {}


def mutant(name: str, says: str) -> Callable[[Callable[[], Iterator[None]]], Callable[[], Any]]:
    """Enter a generator that patches, yields, and takes its patches out."""

    def enter(body: Callable[[], Iterator[None]]) -> Callable[[], Any]:
        MUTANTS[name] = Mutant(name, says, contextmanager(body))
        return body

    return enter


def _patched(*patches: Any) -> Iterator[None]:
    with ExitStack() as stack:
        for each in patches:
            stack.enter_context(each)
        yield


def _no_guard() -> Any:
    return patch.object(reconcile, "refusal", lambda *_: None)


@mutant("no-sweep", "the sweep looks nowhere")
def _no_sweep() -> Iterator[None]:
    return _patched(patch.object(SweepLook, "first", lambda *_: iter(())))


@mutant("absent-means-deleted", "a route goes at the first look that misses its peering")
def _absent_means_deleted() -> Iterator[None]:
    def absent(seen: Any, table: Any, destination: Any, pcx: str) -> Iterator[Any]:
        yield DeleteRoute(table.location, table.id, destination, pcx, reason="absent")

    return _patched(patch.object(stale_routes, "_absent", absent), _no_guard())


@mutant("blackhole-means-stale", "every blackhole route to a peering goes")
def _blackhole_means_stale() -> Iterator[None]:
    def judge(seen: Any, table: Any, route: Any, destination: Any) -> Iterator[Any]:
        if route.blackhole:
            yield DeleteRoute(table.location, table.id, destination, route.target, reason="hole")

    return _patched(patch.object(stale_routes, "_judge", judge), _no_guard())


@mutant("trusts-the-event", "a peering is gone because an event says so")
def _trusts_the_event() -> Iterator[None]:
    gone: set[str] = set()
    real_scope, real_status = intake.scope_from_event, snapshot.Snapshot.status_of

    def scope(event: Any, settings: Any) -> Any:
        found = real_scope(event, settings)
        gone.update(item.id for item in found.expect if item.state is Expected.GONE)
        return found

    def status(self: Any, location: Any, pcx: str) -> Any:
        return PeeringStatus.DELETED if pcx in gone else real_status(self, location, pcx)

    return _patched(
        patch.object(intake, "scope_from_event", scope),
        patch.object(snapshot.Snapshot, "status_of", status),
        _no_guard(),
    )


@mutant("believes-the-body", "a message that says it saw a peering absent is believed, whoever sent it")
def _believes_the_body() -> Iterator[None]:
    def stamped(scope: Any, attributes: Any, settings: Any) -> Any:
        return replace(scope, proven=bool(scope.absent))

    return _patched(patch.object(intake, "_stamped", stamped))


@mutant("second-look-at-once", "the second look comes seconds after the first")
def _second_look_at_once() -> Iterator[None]:
    return _patched(
        patch.object(intake, "SECOND_LOOK_MS", 0), patch.object(leftovers, "SECOND_LOOK", 5)
    )


@mutant("routes-on-accept-only", "routes are made only while a peering is provisioning")
def _routes_on_accept_only() -> Iterator[None]:
    only = frozenset({PeeringStatus.PROVISIONING})
    return _patched(patch.object(routes, "ROUTABLE", only))


@mutant("replaces-a-foreign-route", "a destination that somebody holds is re-pointed")
def _replaces_a_foreign_route() -> Iterator[None]:
    real = apply._call

    def call(clients: Any, change: Any) -> Any:
        try:
            return real(clients, change)
        except ClientError as error:
            if error.response["Error"]["Code"] != "RouteAlreadyExists":
                raise
            return clients.ec2(change.location).replace_route(
                RouteTableId=change.route_table_id,
                DestinationCidrBlock=str(change.destination),
                VpcPeeringConnectionId=change.pcx_id,
            )

    def route(seen: Any, settings: Any, pcx: Any, table: Any, to: Any) -> Iterator[Any]:
        if not any(r.destination == to and r.target == pcx.id for r in table.routes):
            yield CreateRoute(table.location, table.id, to, pcx.id, reason="wanted")

    return _patched(
        patch.object(apply, "_call", call), patch.object(routes, "_route", route), _no_guard()
    )


@mutant("deletes-a-foreign-route", "a static route to anything but a live peering goes")
def _deletes_a_foreign_route() -> Iterator[None]:
    def judged(seen: Any, settings: Any) -> Iterator[Any]:
        for table in seen.route_tables.values():
            for route in table.routes:
                if route.static and not route.to_peering and route.target != "local":
                    yield DeleteRoute(
                        table.location, table.id, route.destination, route.target, reason="odd"
                    )

    def judge(seen: Any, table: Any, route: Any, destination: Any) -> Iterator[Any]:
        yield from judged(seen, None)

    return _patched(patch.object(stale_routes, "_judge", judge), _no_guard())


@mutant("already-exists-is-fatal", "RouteAlreadyExists is a failure")
def _already_exists_is_fatal() -> Iterator[None]:
    codes = {k: v for k, v in error_codes.CODES.items() if k != "routealreadyexists"}
    return _patched(patch.object(error_codes, "CODES", codes))


@mutant("partial-page", "pages read before one failed are taken for all")
def _partial_page() -> Iterator[None]:
    real = observe._described

    class Leaky:
        def __init__(self, client: Any) -> None:
            self.client = client

        def get_paginator(self, name: str) -> Any:
            inner = self.client.get_paginator(name)
            self.paginate = lambda **sent: _swallowed(inner.paginate(**sent))
            return self

    class Clients:
        def __init__(self, clients: Any) -> None:
            self.clients = clients

        def ec2(self, where: Any) -> Any:
            return Leaky(self.clients.ec2(where))

    return _patched(
        patch.object(observe, "_described", lambda clients, reads: real(Clients(clients), reads))
    )


def _swallowed(pages: Iterator[Any]) -> Iterator[Any]:
    first = True
    while True:
        try:
            page = next(pages)
        except StopIteration:
            return
        except (ClientError, BotoCoreError):
            if first:
                raise
            return
        first = False
        yield page


@mutant("stale-approval", "two VPCs that were once agreed on are agreed on for ever")
def _stale_approval() -> Iterator[None]:
    agreed: set[tuple[str, str]] = set()
    real = approval.objections

    def objections(pcx: Any, own: Any, peer: Any, vpc: Any, settings: Any, **how: Any) -> Any:
        found = list(real(pcx, own, peer, vpc, settings, **how))
        pair = (own.vpc_id, peer.vpc_id)
        if not found:
            agreed.add(pair)
        return iter(() if pair in agreed else found)

    return _patched(
        patch.object(acceptance, "objections", objections),
        patch.object(routes, "objections", objections),
        _no_guard(),
    )


@mutant("one-side-only", "only the requester's side is routed")
def _one_side_only() -> Iterator[None]:
    def own_sides(self: Any) -> Any:
        mine = self.requester.location == self.location
        return ((self.requester, self.accepter),) if mine else ()

    return _patched(patch.object(model.PeeringConnection, "own_sides", own_sides))


@mutant("brake-off-by-one", "the brake lets one more through")
def _brake_off_by_one() -> Iterator[None]:
    real = brake._too_many
    return _patched(patch.object(brake, "_too_many", lambda count, of: real(count - 1, of)))


@mutant("write-after-deadline", "a call is begun whatever time is left")
def _write_after_deadline() -> Iterator[None]:
    return _patched(patch.object(reconcile, "RESERVE", 0.0))


@mutant("wrong-region", "a peer is taken to be in the region that was asked")
def _wrong_region() -> Iterator[None]:
    real = parse.side

    def side(raw: Any, where: Location) -> Any:
        found = real(raw, where)
        return replace(found, location=Location(found.location.account_id, where.region))

    return _patched(patch.object(parse, "side", side))


@mutant("secondary-cidr-ignored", "only the peer's primary network is routed")
def _secondary_cidr_ignored() -> Iterator[None]:
    real = parse._side_cidrs
    return _patched(patch.object(parse, "_side_cidrs", lambda raw: list(real(raw))[:1]))


@mutant("allow-list-ignored", "any network of a peer is routed, and no guard stops it")
def _allow_list_ignored() -> Iterator[None]:
    return _patched(patch.object(routes, "_wanted", lambda cidrs, settings: cidrs), _no_guard())


@mutant("guard-alone", "any network of a peer is planned: the guard refuses, and says so")
def _guard_alone() -> Iterator[None]:
    return _patched(patch.object(routes, "_wanted", lambda cidrs, settings: cidrs))


@mutant("requester-tags-believed", "in one location the peering's own tag approves it")
def _requester_tags_believed() -> Iterator[None]:
    real = approval.objections

    def objections(pcx: Any, own: Any, peer: Any, vpc: Any, settings: Any, **how: Any) -> Any:
        return real(pcx, own, peer, vpc, settings, accepting=False)

    return _patched(patch.object(acceptance, "objections", objections), _no_guard())


@mutant("double-accept", "what was tried is tried again in the next wave")
def _double_accept() -> Iterator[None]:
    def changes(self: Any) -> Any:
        kept, self.tried = self.tried, {}
        found = real(self)
        self.tried = kept
        return [*found, *(change for change in kept if self.waves < 3)]

    real = reconcile._Run.changes
    return _patched(patch.object(reconcile._Run, "changes", changes))


@mutant("hops-not-counted", "every hand-off starts a new chain")
def _hops_not_counted() -> Iterator[None]:
    real = leftovers._keep

    def keep(found: Any, ended: Any, hand_off: Any) -> None:
        fresh = replace(ended, scopes=tuple(replace(scope, hops=0) for scope in ended.scopes))
        real(found, fresh, hand_off)

    return _patched(patch.object(leftovers, "_keep", keep))


@mutant("unread-is-empty", "a location that could not be read is taken for an empty one")
def _unread_is_empty() -> Iterator[None]:
    real = edge.observe

    def read(clients: Any, reads: Any) -> Any:
        found = real(clients, reads)
        return Observed(reads) if found.trouble else found

    return _patched(patch.object(edge, "observe", read))


@mutant("wildcards-pass", "an id from a message reaches a filter unchecked")
def _wildcards_pass() -> Iterator[None]:
    loose = re.compile(r".*")
    return _patched(patch.object(handoff, "ID", loose), patch.object(triggers, "ID", loose))


@mutant("poison-sinks-the-batch", "one message that cannot be read fails all of its batch")
def _poison_sinks_the_batch() -> Iterator[None]:
    real = intake.messages_from

    def messages(event: Any, settings: Any) -> Any:
        found = real(event, settings)
        faults = [message.fault for message in found if message.fault]
        return tuple(replace(message, fault=faults[0]) for message in found) if faults else found

    return _patched(patch.object(runner, "messages_from", messages))


@mutant("observe-writes", "mode observe holds nothing back")
def _observe_writes() -> Iterator[None]:
    return _patched(
        patch.object(reconcile, "allowed_by", lambda mode, change: True),
        patch.object(leftovers, "allowed_by", lambda mode, change: True),
        _no_guard(),
    )


@mutant("exempt-forgotten", "a VPC tagged exempt is treated like any other")
def _exempt_forgotten() -> Iterator[None]:
    names = ("acceptance", "routes", "dns_resolution", "vpc_dns", "subnet_public_ip")
    rules = [sys.modules[f"peerkeeper.rules.{name}"] for name in names]
    return _patched(
        *(patch.object(rule, "is_exempt", lambda tags: False) for rule in rules), _no_guard()
    )

