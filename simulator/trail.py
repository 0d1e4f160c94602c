"""CloudTrail and EventBridge: from a call to the queues that receive its event.

In: calls that write. Out: messages in queues. The records are the local cloud's, in both encodings. The rules
come from template.yaml and spoke.yaml. Both are remembered, since worlds are much alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from peerkeeper_local.cloudtrail import Json, envelope, record
from peerkeeper_local.deployment import Deployment, Stack
from peerkeeper_local.pump.buses import Buses, Delivered
from peerkeeper_local.pump.patterns import keys_of, named
from peerkeeper_local.pump.queues import EVENTBRIDGE
from simulator.rows import State
from simulator.world import Call, World

ROOT = Path(__file__).parents[1]
NO_TIME = "1970-01-01T00:00:00Z"
OURS, THEIRS = "111122223333", "444455556666"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
MOST = 20_000
NOTHING = State(0.0, {})
"""Stands in a remembered call for the states before and after it."""
Put: TypeAlias = Callable[[str, str, str], None]


@cache
def stacks(parameters: tuple[tuple[str, str], ...]) -> tuple[Stack, Routes]:
    """Return the hub deployed with these parameters, and the rules of hub and spokes."""
    deployment, given = Deployment(ROOT), {"Regions": f"{SEOUL},{TOKYO}", **dict(parameters)}
    hub = deployment.hub(OURS, SEOUL, given)
    places = [(OURS, TOKYO)]
    places += [(THEIRS, each) for each in (SEOUL, TOKYO) if given.get("Accounts") == THEIRS]
    return hub, Routes(hub, tuple(deployment.spoke(*place, hub, given) for place in places))


class Routes:
    """Which queues an event ends in: the rules' own answer, remembered by what rules can see of it."""

    def __init__(
        self,
        hub: Stack,
        spokes: tuple[Stack, ...],
        organizations: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._buses = Buses(hub, spokes, organizations)
        rules = [rule for stack in (hub, *spokes) for rule in stack.rules]
        self._keys = frozenset(key for rule in rules for key in keys_of(rule.pattern))
        self._known: dict[str, tuple[str, ...]] = {}

    def signature(self, event: Json) -> str:
        """Return all that a rule can see of the event."""
        seen = named(event, self._keys | {"account", "region"})
        return json.dumps(seen, sort_keys=True)

    def queues(self, event: Json, signature: str) -> tuple[str, ...]:
        """Return the ARNs of the queues that the event is put in."""
        if signature not in self._known:
            if len(self._known) > MOST:
                self._known.clear()
            hops = self._buses.route(event)
            arns = tuple(hop.queue_arn for hop in hops if isinstance(hop, Delivered))
            self._known[signature] = arns
        return self._known[signature]


class Trail:
    """Writes every call down and puts it in the queues whose rules match."""

    def __init__(self, world: World, routes: Routes, put: Put) -> None:
        self.world = world
        self.routes = routes
        self.put = put
        self.held: list[tuple[str, tuple[str, ...]]] | None = None
        """Events held back, where somebody chooses the order in which they arrive."""
        world.watchers.append(self.hear)

    def hear(self, call: Call) -> None:
        """Take note of a call; its event arrives when it arrives, if it does."""
        text, arns = self.event_of(call)
        if arns:
            when = datetime.fromtimestamp(call.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self.deliver(text.replace(NO_TIME, when), arns)

    def inject(self, event: Json) -> None:
        """Put an event on the default bus of its account and region: forged, or replayed."""
        self.deliver(json.dumps(event), self.routes.queues(event, self.routes.signature(event)))

    def deliver(self, text: str, arns: tuple[str, ...]) -> None:
        """Let the event arrive in the queues it ends in, or hold it back where somebody keeps it."""
        if self.held is not None:
            self.held.append((text, arns))
            return
        for arn in arns:
            for delay in self.world.faults.event_delays():
                self.world.scheduler.after(delay, self.put, arn, text, EVENTBRIDGE)

    def event_of(self, call: Call) -> tuple[str, tuple[str, ...]]:
        """Return the event's text, its time left open, and the queues it ends in."""
        where = (call.account, call.region, call.action, call.principal, call.error)
        key = (id(self.routes), where, repr(call.params), repr(call.reply))
        if key not in _events:
            if len(_events) > MOST:
                _events.clear()
            event = envelope(record(replace(call, at=0.0, before=NOTHING, after=NOTHING), 0))
            queues = self.routes.queues(event, self.routes.signature(event))
            _events[key] = (json.dumps(event), queues)
        return _events[key]


_events: dict[tuple[object, ...], tuple[str, tuple[str, ...]]] = {}
