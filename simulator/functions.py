"""Lambda, simulated: the real handlers' jobs run by the real Runner, each invocation in a greenlet.

In: batches, a schedule. Out: runs, with what they were shown, what they wrote and what they reported.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Any
from unittest.mock import patch

import peerkeeper.runner
from greenlet import getcurrent
from peerkeeper.loop.job import Job
from peerkeeper.reporting.drift import DriftMemory
from peerkeeper.reporting.repeated_writes import RepeatedWrites
from peerkeeper.reporting.report import Report
from peerkeeper.runner import Runner
from peerkeeper.settings import Settings
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.changes import DeleteRoute

from peerkeeper_local.cloudtrail import role_id
from peerkeeper_local.deployment import Function, Stack
from peerkeeper_local.semantics.location import Location
from simulator.client import Clients
from simulator.faults import Crashed
from simulator.queues import Message, Queue, Queues
from simulator.trail import OURS, ROOT, SEOUL
from simulator.world import World

ATTEMPTS, DELETE_ATTEMPTS = 3, 1
RETRY = 60.0
"""Seconds before an asynchronous invocation that failed comes again. Source: Lambda developer guide."""


@cache
def job_of(folder: str) -> Job:
    """Return the job that the function's handler wires."""
    spec = importlib.util.spec_from_file_location(f"simulated_{folder}", _handler(folder))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    environment = {"PEERKEEPER_ACCOUNT": OURS, "AWS_REGION": SEOUL}
    with patch.dict(os.environ, environment), patch("peerkeeper.runner.Clients"):
        spec.loader.exec_module(module)
    job: Job = module.RUN.job
    return job


def _handler(folder: str) -> str:
    return str(ROOT / "functions" / folder / "handler.py")


class Run:
    """One invocation."""

    def __init__(self, world: World, function: Function, number: int, depth: int) -> None:
        self.world = world
        self.function = function
        self.number = number
        self.depth = depth
        self.started = self.ended = world.scheduler.now
        self.deadline = self.started + function.timeout
        self.calls = 0
        self.dead: BaseException | None = None
        """What ended its process, and all threads in it."""
        self.served: list[tuple[float, Location, str, Any, Any]] = []
        self.report: Report | None = None
        self.reply: Any = None
        self.cause = ""
        self.faults: tuple[str, ...] = ()
        self.writes: list[Any] = []
        self.refused: set[tuple[str, ...]] = set()
        self.unread: list[str] = []
        """Describes that failed in the end, and not because an id is not there."""
        self.unmade: list[tuple[Location, str, Any]] = []
        """Calls that failed in the end, or whose turn came too late."""
        arn = f"arn:aws:sts::{OURS}:assumed-role/{function.role_name}/{function.name}"
        self.principal = arn
        self.sender = f"{role_id(function.role_name)}:{function.name}"

    def __str__(self) -> str:
        return f"{self.function.logical_id}#{self.number}"

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


class SimulatedRunner(Runner):
    """The real Runner, but with one invocation's clients and waves."""

    def __init__(self, job: Job, settings: Settings, clients: Clients, gather: Any) -> None:
        self.job = job
        self.settings = settings
        self.clients = clients  # type: ignore[assignment]
        self.gather = gather
        self.pace, self.silence = clients.pace, clients.silence
        self.repeated_writes = RepeatedWrites()
        self.drift = DriftMemory()


class Functions:
    """The functions of the hub, in one world."""

    def __init__(self, world: World, hub: Stack, *, proof: bool = True) -> None:
        self.world = world
        self.hub = hub
        self.proof = proof
        """Whether the functions know the ids of the roles that may say `absent`."""
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
        self._woken += 1
        run = Run(self.world, function, self._woken, depth)
        self.runs.append(run)
        getcurrent().invocation = run
        if self.world.trace is not None:
            self.world.note(f"{run} wakes on {_bodies(batch)}")
        job = job_of(function.folder.name)
        attempts = DELETE_ATTEMPTS if DeleteRoute in job.rights else ATTEMPTS
        runner = self._runner(job, logical_id, Clients(self.world, self.queues, run, attempts))
        try:
            run.reply, run.cause = runner(event, run), ""
        except Crashed as crash:
            run.reply, run.cause = None, f"crashed: {crash}"
        run.ended = self.world.scheduler.now
        if self.world.trace is not None:
            ended = run.cause or (run.reply if batch else "swept")
            self.world.note(f"{run} ends: {ended}")
        return run

    def _runner(
        self, job: Job, logical_id: str, clients: Clients
    ) -> Callable[[Any, Any], dict[str, Any]]:
        """Return what handles the event of one invocation."""
        settings = settings_of(self.hub, logical_id, self.proof)
        return SimulatedRunner(job, settings, clients, self._gather)

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


_settings: dict[tuple[int, str, bool], Settings] = {}


def settings_of(hub: Stack, logical_id: str, proof: bool) -> Settings:
    """Return the settings of one function of the hub; hubs are made once a process."""
    key = (id(hub), logical_id, proof)
    if key not in _settings:
        environment = {**hub.function(logical_id).environment, "AWS_REGION": SEOUL}
        made = settings_from(environment)
        _settings[key] = made if proof else replace(made, senders=frozenset())
    return _settings[key]


@contextmanager
def reports_kept() -> Iterator[None]:
    """Keep each report with its run, where Powertools would log it."""

    def publish(report: Report, unreadable: tuple[str, ...] = (), *_: object, **__: object) -> None:
        run = getcurrent().invocation
        run.report, run.faults = report, unreadable

    with patch.object(peerkeeper.runner, "publish", publish):
        yield


def _bodies(batch: list[Message]) -> str:
    said = []
    for message in batch:
        try:
            body = json.loads(message.body)
            said.append(body.get("why") or body["detail"]["eventName"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            said.append(message.body[:60])
    return ", ".join(f"{m.id}: {words}" for m, words in zip(batch, said, strict=True)) or "schedule"
