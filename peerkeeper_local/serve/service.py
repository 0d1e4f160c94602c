"""The one thread in which functions run and time passes.

In: a stage, a speed. Out: a cloud that lives: events delivered, sweeps on schedule, jobs done in between.
EC2 calls of clients come in on other threads and meet the functions only at the cloud's own lock. Only this
thread uses the pump, the queues' pollers and the clock's hand.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from peerkeeper_local.story import Stage

TICK = 0.1
"""Real seconds between two looks at the queues."""
UNITS = {"minute": 60.0, "hour": 3600.0, "day": 86_400.0}

Job = tuple[Callable[[], Any], "Future[Any]"]


class Service(threading.Thread):
    """Lets the virtual time of `stage` pass at `speed` times real time, until stopped.

    `functions`: whether they answer. Without, events are lost, messages stay in their queues, and only jobs
    run. `told` is called after each tick, `trouble` with what the pump could not do.
    """

    def __init__(
        self,
        stage: Stage,
        speed: float,
        *,
        functions: bool = True,
        told: Callable[[], None] = lambda: None,
        trouble: Callable[[str], None] = lambda _text: None,
    ) -> None:
        super().__init__(name="peerkeeper-service", daemon=True)
        self._stage = stage
        self._speed = speed
        self._functions = functions
        self._told, self._trouble = told, trouble
        self._jobs: queue.Queue[Job] = queue.Queue()
        self._told_of: set[str] = set()
        self._ended = threading.Event()
        self._period = min(map(rate, (each.expression for each in stage.pump.hub.schedules)))
        self._sweep_at = stage.cloud.clock.now() + self._period
        if not functions:
            stage.pump.cut()

    def run(self) -> None:
        """Tick until stopped."""
        last = time.monotonic()
        while not self._ended.wait(TICK):
            now = time.monotonic()
            passed, last = (now - last) * self._speed, now
            end = self._stage.cloud.clock.now() + passed
            try:
                self._pass(passed)
            except Exception as error:  # a client may have deleted a queue: live on
                self._tell(f"{type(error).__name__}: {error}")
                clock = self._stage.cloud.clock
                clock.advance(max(0.0, end - clock.now()))
            self._work()
            self._told()

    def _tell(self, trouble: str) -> None:
        """Report a trouble once; it may come again with each tick."""
        if trouble not in self._told_of:
            self._told_of.add(trouble)
            self._trouble(f"{trouble}: events and sweeps may be lost; start `serve` again")

    def stop(self) -> None:
        """End after the tick under way."""
        self._ended.set()
        self.join()

    def do(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever `work` returns
        """Do `work` between two ticks, and return what it does; what it raises is raised here."""
        future: Future[Any] = Future()
        self._jobs.put((work, future))
        return future.result(timeout=120)

    def _pass(self, seconds: float) -> None:
        """Let `seconds` of virtual time go by, with the sweeps that fall into them."""
        clock, pump = self._stage.cloud.clock, self._stage.pump
        end = clock.now() + seconds
        while self._functions and self._sweep_at <= end and not self._ended.is_set():
            pump.advance(max(0.0, self._sweep_at - clock.now()))
            pump.sweep()
            self._sweep_at += self._period
        if self._functions:
            pump.advance(max(0.0, end - clock.now()))
        else:
            clock.advance(max(0.0, end - clock.now()))

    def _work(self) -> None:
        while True:
            try:
                work, future = self._jobs.get_nowait()
            except queue.Empty:
                return
            try:
                future.set_result(work())
            except Exception as error:
                future.set_exception(error)


def rate(expression: str) -> float:
    """Return the seconds of a `rate(...)` schedule. Raises ValueError for any other.

    Source: EventBridge Scheduler user guide, schedule types.
    """
    found = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if found is None:
        raise ValueError(f"not a rate: {expression}")
    return int(found[1]) * UNITS[found[2]]
