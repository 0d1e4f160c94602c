"""Lambda as a large estate has it: the mappings' concurrency, environments that stay warm, the fleet sweep.

In: batches, a schedule. Out: runs. A warm environment keeps its pace, and what it knows of silent Regions.
The state machine's Map is played: so many locations at once as its definition says, an invocation each.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from greenlet import getcurrent
from peerkeeper.aws.clients import THREADS
from peerkeeper.aws.pace import Pace
from peerkeeper.aws.silence import Silence
from peerkeeper.sweep_runner import SweepRunner

from peerkeeper_local.deployment import Function, Stack
from peerkeeper_local.semantics.location import Location
from simulator.client import Clients
from simulator.functions import Functions, Run
from simulator.load.aged_queues import AgedQueues
from simulator.todays import SimulatedRunner
from simulator.trail import ROOT
from simulator.version import Version
from simulator.world import World

DEFINITION = json.loads((ROOT / "statemachines/fleet_sweep.asl.json").read_text())
AT_ONCE: int = DEFINITION["States"]["SweepLocations"]["MaxConcurrency"]
SWEEP = "Sweep"
KEPT = 12_000
"""Runs that are kept for the oracles: more than an hour of them."""


class Fleet(Functions):
    """The functions of a hub that sweeps these locations by the state machine."""

    def __init__(self, world: World, hub: Stack, locations: Sequence[Location], down: str) -> None:
        """`down`: the Region that does not answer for a while; empty if all do."""
        super().__init__(world, hub)
        self.queues: AgedQueues = AgedQueues(world, hub, self.invoke, down)
        self.locations = tuple(locations)
        self.woken: Counter[str] = Counter()
        self.billed: Counter[str] = Counter()
        """Milliseconds by function."""
        self.longest: dict[str, float] = defaultdict(float)
        self.timed_out = 0
        """Invocations that Lambda ended."""
        self.sweeps: list[float] = []
        """Seconds of each sweep of the fleet."""
        self._idle: dict[str, list[tuple[Pace, Silence]]] = defaultdict(list)

    def sweep(self, left: int = 0) -> None:
        """Run the state machine once over all locations."""
        todo, began = deque(self.locations), self.world.scheduler.now
        going = AT_ONCE

        def work() -> None:
            nonlocal going
            while todo:
                self._swept(todo.popleft())
            going -= 1
            if not going:
                self.sweeps.append(self.world.scheduler.now - began)

        for _ in range(AT_ONCE):
            self.world.scheduler.spawn(work)

    def _swept(self, where: Location) -> None:
        event = {"peerkeeper": "sweep", "locations": [where._asdict()]}
        run = self._run(SWEEP, event, 0, [])
        for tell in self.ended:
            tell(run, [], set(), run.cause)

    def _run(self, logical_id: str, event: Any, depth: int, batch: list[Any]) -> Run:
        run = super()._run(logical_id, event, depth, batch)
        took = run.ended - run.started
        self.woken[logical_id] += 1
        self.billed[logical_id] += round(took * 1000)
        self.longest[logical_id] = max(took, self.longest[logical_id])
        self.timed_out += run.reply is None
        if len(self.runs) > KEPT:
            del self.runs[: KEPT // 4]
        return run

    def _runner(self, version: Version, function: Function, clients: Clients) -> Callable[..., Any]:
        idle = self._idle[function.logical_id]
        kept = clients.pace, clients.silence = (
            idle.pop() if idle else (clients.pace, clients.silence)
        )
        runner = super()._runner(version, function, clients)
        assert isinstance(runner, SimulatedRunner)
        whole = SweepRunner(runner) if function.logical_id == SWEEP else runner

        def warm(event: Any, context: Any) -> dict[str, Any]:
            try:
                return whole(event, context)
            finally:
                idle.append(kept)

        return warm

    def _gather(self, tasks: Sequence[Callable[[], Any]]) -> list[Any]:
        """Run one wave in as many threads as a function has."""
        scheduler, run = self.world.scheduler, getcurrent().invocation
        results: list[Any] = [None] * len(tasks)
        todo, resume = deque(range(len(tasks))), getcurrent().switch
        going = min(THREADS, len(tasks))

        def thread() -> None:
            nonlocal going
            while todo and not run.dead:
                index = todo.popleft()
                try:
                    results[index] = tasks[index]()
                except BaseException as error:
                    run.dead = run.dead or error
            going -= 1
            if not going:
                scheduler.at(scheduler.now, resume)

        for _ in range(going):
            scheduler.at(scheduler.now, partial(scheduler.spawn, thread))
        scheduler.wait()
        if run.dead:
            raise run.dead
        return results
