"""Seeded bugs around what is decided: reads, messages, the loop, and what leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast
from unittest.mock import patch

from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper import runner
from peerkeeper.aws import apply, edge, error_codes, observe, parse
from peerkeeper.followups import follow_ups
from peerkeeper.loop import reconcile, run
from peerkeeper.messages import ec2_events, hand_off, inbox
from peerkeeper.planning import lacking_routes
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed

from simulator.mutants.registry import mutant, no_guard, patched


@mutant("no-sweep", "the sweep looks nowhere")
def _no_sweep() -> Iterator[None]:
    return patched(patch.object(SweepReads, "first", lambda *_: iter(())))


@mutant(
    "believes-the-body", "a message that says it saw a peering absent is believed from any sender"
)
def _believes_the_body() -> Iterator[None]:
    def stamped(scope: Any, attributes: Any, settings: Any) -> Any:
        return replace(scope, proven=bool(scope.absent))

    return patched(patch.object(inbox, "_stamped", stamped))


@mutant("second-look-at-once", "the second look comes seconds after the first")
def _second_look_at_once() -> Iterator[None]:
    return patched(
        patch.object(inbox, "SECOND_LOOK_MS", 0), patch.object(follow_ups, "SECOND_LOOK", 5)
    )


@mutant("replaces-a-foreign-route", "a route that somebody else owns gets another target")
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

    return patched(
        patch.object(apply, "_call", call),
        patch.object(lacking_routes, "_stopped", lambda *_: None),
        no_guard(),
    )


@mutant("already-exists-is-fatal", "RouteAlreadyExists is a failure")
def _already_exists_is_fatal() -> Iterator[None]:
    codes = {k: v for k, v in error_codes.CODES.items() if k != "routealreadyexists"}
    return patched(patch.object(error_codes, "CODES", codes))


@mutant("partial-page", "the pages before a failed page are taken for all pages")
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

        def __getattr__(self, name: str) -> Any:
            return getattr(self.clients, name)

        def ec2(self, where: Any) -> Any:
            return Leaky(self.clients.ec2(where))

    return patched(
        patch.object(
            observe, "_described", lambda clients, reads: real(cast("Any", Clients(clients)), reads)
        )
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


@mutant("write-after-deadline", "a call begins however little time is left")
def _write_after_deadline() -> Iterator[None]:
    return patched(patch.object(reconcile, "RESERVE", 0.0))


@mutant("wrong-region", "a peer is taken to be in the Region that was asked")
def _wrong_region() -> Iterator[None]:
    real = parse.side

    def side(raw: Any, where: Location) -> Any:
        found = real(raw, where)
        return replace(found, location=Location(found.location.account_id, where.region))

    return patched(patch.object(parse, "side", side))


@mutant("secondary-cidr-ignored", "only the peer's primary network is routed")
def _secondary_cidr_ignored() -> Iterator[None]:
    real = parse._side_cidrs
    return patched(patch.object(parse, "_side_cidrs", lambda raw: list(real(raw))[:1]))


@mutant("double-accept", "what was tried is tried again in the next wave")
def _double_accept() -> Iterator[None]:
    def changes(self: Any) -> Any:
        kept, self.tried = self.tried, {}
        found = real(self)
        self.tried = kept
        return [*found, *(change for change in kept if self.waves < 3)]

    real = run.Run.changes
    return patched(patch.object(run.Run, "changes", changes))


@mutant("hops-not-counted", "every hand-off starts a new chain")
def _hops_not_counted() -> Iterator[None]:
    real = follow_ups._keep

    def keep(found: Any, ended: Any, hand_off: Any) -> None:
        fresh = replace(ended, scopes=tuple(replace(scope, hops=0) for scope in ended.scopes))
        real(found, fresh, hand_off)

    return patched(patch.object(follow_ups, "_keep", keep))


@mutant("unread-is-empty", "a location that could not be read is taken for an empty one")
def _unread_is_empty() -> Iterator[None]:
    real = observe.observe

    def read(clients: Any, reads: Any) -> Any:
        found = real(clients, reads)
        return Observed(reads) if found.trouble else found

    return patched(patch.object(edge, "observe", read))


@mutant("wildcards-pass", "an id from a message reaches a filter unchecked")
def _wildcards_pass() -> Iterator[None]:
    loose = re.compile(r".*")
    return patched(patch.object(hand_off, "ID", loose), patch.object(ec2_events, "ID", loose))


@mutant("poison-sinks-the-batch", "one message that cannot be read fails its whole batch")
def _poison_sinks_the_batch() -> Iterator[None]:
    real = inbox.messages_from

    def messages(event: Any, settings: Any) -> Any:
        found = real(event, settings)
        faults = [message.fault for message in found if message.fault]
        return tuple(replace(message, fault=faults[0]) for message in found) if faults else found

    return patched(patch.object(runner, "messages_from", messages))
