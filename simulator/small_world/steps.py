"""Where an invocation stands after so many answers: worked out by the real code once, then remembered.

In: an invocation, a position. Out: a step: the calls that wait, or the end with its report.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import peerkeeper.runner
from peerkeeper.reporting.drift import DriftMemory
from peerkeeper.reporting.repeated_writes import RepeatedWrites
from peerkeeper.reporting.report import Report

from peerkeeper_local.cloudtrail import role_id
from peerkeeper_local.deployment import Function, Stack
from peerkeeper_local.deployment.resources import Queue
from simulator.queues import Message
from simulator.route_oracles import TWO_LOOKS
from simulator.scheduler import START
from simulator.small_world.answers import Answer
from simulator.small_world.script import Asked, AskingClients, Position, Script, Unanswered
from simulator.todays import SimulatedRunner, job_of, settings_of
from simulator.trail import OURS

ID = "m1"


@dataclass(frozen=True, slots=True)
class Invocation:
    """What a function is woken by. `waited`: the message was long enough in its queue for a second look."""

    function: str
    body: str
    sender: str = ""
    depth: int = 0
    waited: bool = False


@dataclass(slots=True)
class Step:
    """What an invocation has come to. `wave`: the number of the wave that is open."""

    made: tuple[tuple[Asked, Answer], ...]
    waits: tuple[Asked, ...] = ()
    wave: int = 0
    report: Report | None = None
    faults: tuple[str, ...] = ()
    again: bool = False
    """Whether its message is to come again."""
    memory: dict[str, Any] = field(default_factory=dict)
    """What the oracles make of it."""

    @property
    def ended(self) -> bool:
        return not self.waits


class Context:
    """Lambda's context, with a clock that stands still: a small world's calls take no time."""

    def __init__(self, function: Function) -> None:
        self._left = int(function.timeout * 1000)

    def get_remaining_time_in_millis(self) -> int:
        return self._left

    def now(self) -> float:
        """The time of day: always the same, since only the time between two things matters to the code."""
        return START


class Steps:
    """The functions of one deployment."""

    def __init__(self, hub: Stack) -> None:
        self.hub = hub
        self.functions = {function.logical_id: function for function in hub.functions}
        self.woken_by = {mapping.queue_arn: mapping.function for mapping in hub.mappings}
        self.queues: dict[str, Queue] = {queue.arn: queue for queue in hub.queues}
        self.by_url = {queue.url: queue.arn for queue in hub.queues}
        (self.schedule,) = hub.schedules
        (self.sweep,) = (f.logical_id for f in hub.functions if f.arn == self.schedule.target_arn)
        self._known: dict[tuple[Invocation, Position], Step] = {}
        self._said: tuple[Report | None, tuple[str, ...]] = (None, ())

    def __len__(self) -> int:
        return len(self._known)

    def sender(self, logical_id: str) -> str:
        """Return what SQS stamps on what the function sends."""
        function = self.functions[logical_id]
        return f"{role_id(function.role_name)}:{function.name}"

    def principal(self, logical_id: str) -> str:
        function = self.functions[logical_id]
        return f"arn:aws:sts::{OURS}:assumed-role/{function.role_name}/{function.name}"

    def visibility(self, logical_id: str) -> float:
        """Return after how many seconds a message comes again that the function did not deal with."""
        (arn,) = (arn for arn, woken in self.woken_by.items() if woken == logical_id)
        return float(self.queues[arn].visibility_timeout)

    def at(self, invocation: Invocation, position: Position) -> Step:
        """Return the step, worked out at the first asking."""
        key = (invocation, position)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._work_out(invocation, position)
        return found

    def _work_out(self, invocation: Invocation, position: Position) -> Step:
        function = self.functions[invocation.function]
        script = Script(position)
        runner = SimulatedRunner(
            job_of(function.folder.name),
            settings_of(self.hub, invocation.function, proof=True),
            AskingClients(script),  # type: ignore[arg-type]
            script.gather,
            (RepeatedWrites(), DriftMemory()),
        )
        self._said = (None, ())
        try:
            with patch.object(peerkeeper.runner, "publish", self._hear):
                reply = runner(self._event(invocation), Context(function))
        except Unanswered:
            return Step(tuple(script.made), tuple(script.waits), script.wave)
        again = bool(reply.get("batchItemFailures"))
        return Step(tuple(script.made), (), script.wave, *self._said, again)

    def _event(self, invocation: Invocation) -> Any:
        if not invocation.body:
            return json.loads(self.schedule.input or "{}")
        sent = START - (TWO_LOOKS if invocation.waited else 0.0)
        message = Message(
            ID, invocation.body, invocation.sender, sent, sent, received=1, first=START
        )
        return {"Records": [message.record()]}

    def _hear(self, report: Report, unreadable: tuple[str, ...] = (), *_: Any, **__: Any) -> None:
        """Keep what a run reports, where Powertools would log it."""
        self._said = (report, unreadable)
