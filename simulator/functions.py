"""Lambda, simulated: the real handlers' jobs run by the real Runner, each invocation in a greenlet.

In: batches, a schedule. Out: runs, with what they were shown, what they wrote and what they reported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from greenlet import getcurrent

from peerkeeper_local.cloudtrail import role_id
from peerkeeper_local.deployment import Function, Stack
from peerkeeper_local.semantics.location import Location
from simulator.client import Clients
from simulator.faults import Crashed
from simulator.queues import Message, Queue, Queues
from simulator.todays import Todays
from simulator.trail import OURS
from simulator.version import Version
from simulator.world import World

RETRY = 60.0
"""Seconds before an asynchronous invocation that failed comes again. Source: Lambda developer guide."""


class Run:
    """One invocation."""

    def __init__(
        self, world: World, function: Function, number: int, depth: int, version: str = ""
    ) -> None:
        self.world = world
        self.function = function
        self.version = version
        """What the trace calls the version that runs it; empty for today's."""
        self.number = number
        self.depth = depth
        self.started = self.ended = world.scheduler.now
        self.deadline = self.started + function.timeout
        self.calls = 0
        self.dead: BaseException | None = None
        """What ended its process, and all threads in it."""
        self.served: list[tuple[float, Location, str, Any, Any]] = []
        self.report: Any = None
        """A report of the version that runs it."""
        self.counts: dict[str, int] = {}
        """Its metrics, by name. The run of another version has no metrics."""
        self.struck = False
        """Whether a fault made one of its calls fail."""
        self.unheard: set[str] = set()
        """Peerings of which the bus refused an announcement: their news may come again."""
        self.reply: Any = None
        self.cause = ""
        self.faults: tuple[str, ...] = ()
        self.writes: list[Any] = []
        self.refused: set[tuple[str, ...]] = set()
        self.unread: list[tuple[int, Location, str, Any]] = []
        """Describes that failed in the end, except for an absent id: after how many replies, and where."""
        self.unmade: list[tuple[Location, str, Any]] = []
        """Calls that failed in the end, or whose turn came too late."""
        arn = f"arn:aws:sts::{OURS}:assumed-role/{function.role_name}/{function.name}"
        self.principal = arn
        self.sender = f"{role_id(function.role_name)}:{function.name}"

    def __str__(self) -> str:
        of = f" of {self.version}" if self.version else ""
        return f"{self.function.logical_id}#{self.number}{of}"

    @property
    def remaining(self) -> float:
        return self.deadline - self.world.scheduler.now

    def get_remaining_time_in_millis(self) -> int:
        """What of Lambda's context is used."""
        return int((self.deadline - self.world.scheduler.now) * 1000)

    def now(self) -> float:
        """The time of day, as Peerkeeper asks the local cloud's context for it: never the machine's."""
        return self.world.scheduler.now

    def begin(self, action: str) -> int:
        """Count a call; return its number among all functions' calls. Raises Crashed at the time-out."""
        if self.dead:
            raise Crashed("the process has ended")
        if self.deadline <= self.world.scheduler.now:
            raise Crashed("time is up")
        self.calls += 1
        return self.world.faults.count(action)

    def serve(self, where: Location, action: str, params: Any, reply: Any) -> None:
        """Remember what a describe showed."""
        self.served.append((self.world.scheduler.now, where, action, params, reply))


class Functions:
    """The functions of the hub, in one world."""

    def __init__(self, world: World, hub: Stack, *, proof: bool = True) -> None:
        """Deploy today's code. `proof`: whether it knows the ids of the roles that may say `absent`."""
        self.world = world
        self.hub = hub
        todays = Todays(hub, proof=proof)
        self.version_of: Callable[[Function], Version] = lambda _: todays
        """Whose code runs the next invocation of a function."""
        self.queues = Queues(world, hub, self.invoke)
        self.runs: list[Run] = []
        self._woken = 0
        self.ended: list[Callable[[Run, list[Message], set[str], str], None]] = []
        self._by_id = {function.logical_id: function for function in hub.functions}

    def invoke(self, logical_id: str, batch: list[Message], queue: Queue) -> None:
        """Wake a function on a batch."""
        depth = min(message.depth for message in batch)
        event = {"Records": [message.record() for message in batch]}

        def work() -> None:
            run = self._run(logical_id, event, depth, batch)
            failed, cause = self._outcome(run, batch)
            for tell in self.ended:
                tell(run, batch, failed, cause)
            self.queues.done(queue, batch, failed, cause)

        self.world.scheduler.spawn(work)

    def sweep(self, left: int = 3) -> None:
        """Fire the schedule; Lambda tries what crashed again, and so does the schedule, later."""
        (schedule,) = self.hub.schedules
        (target,) = (f for f in self.hub.functions if f.arn == schedule.target_arn)
        event = json.loads(schedule.input or "{}")

        def work() -> None:
            run = self._run(target.logical_id, event, 0, [])
            for tell in self.ended:
                tell(run, [], set(), run.cause)
            if run.cause and left:
                self.world.scheduler.after(RETRY, self.sweep, left - 1)

        self.world.scheduler.spawn(work)

    def _run(self, logical_id: str, event: Any, depth: int, batch: list[Message]) -> Run:
        function = self._by_id[logical_id]
        version = self.version_of(function)
        self._woken += 1
        run = Run(self.world, function, self._woken, depth, version.name)
        self.runs.append(run)
        getcurrent().invocation = run
        if self.world.trace is not None:
            self.world.note(f"{run} wakes on {_bodies(batch)}")
        attempts = version.attempts(function)
        clients = Clients(self.world, self.queues, run, attempts, version.pacing)
        runner = self._runner(version, function, clients)
        try:
            run.reply, run.cause = runner(event, run), ""
        except Crashed as crash:
            run.reply, run.cause = None, f"crashed: {crash}"
        run.ended = self.world.scheduler.now
        if self.world.trace is not None:
            ended = run.cause or (run.reply if batch else "swept")
            self.world.note(f"{run} ends: {ended}")
        return run

    def _runner(self, version: Version, function: Function, clients: Clients) -> Callable[..., Any]:
        """Return what handles the event of one invocation."""
        return version.runner(function, clients, self._gather)

    def _gather(self, tasks: Sequence[Callable[[], Any]]) -> list[Any]:
        """Run one wave: each task in its own greenlet, begun at its own time."""
        scheduler, random = self.world.scheduler, self.world.faults.random
        spread, run = self.world.faults.knobs.spread, getcurrent().invocation
        results: list[Any] = [None] * len(tasks)
        resume = getcurrent().switch
        left = len(tasks)

        def one(index: int) -> None:
            nonlocal left
            try:
                results[index] = tasks[index]()
            except BaseException as error:
                run.dead = run.dead or error
            left -= 1
            if not left:
                scheduler.at(scheduler.now, resume)

        for index in range(len(tasks)):
            scheduler.after(random.random() * spread, scheduler.spawn, partial(one, index))
        scheduler.wait()
        if run.dead:
            raise run.dead
        return results

    def _outcome(self, run: Run, batch: list[Message]) -> tuple[set[str], str]:
        if run.reply is None:
            return {message.id for message in batch}, run.cause
        failed = {one["itemIdentifier"] for one in run.reply["batchItemFailures"]}
        return failed, "; ".join(run.faults) or "not dealt with"


def _bodies(batch: list[Message]) -> str:
    said = []
    for message in batch:
        try:
            body = json.loads(message.body)
            said.append(body.get("why") or body["detail"]["eventName"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            said.append(message.body[:60])
    return ", ".join(f"{m.id}: {words}" for m, words in zip(batch, said, strict=True)) or "schedule"
