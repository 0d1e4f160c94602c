"""Threads that cost no time: greenlets that sleep until the clock jumps to the next of them.

In: tasks and how many run at once. Out: their results, and the time it would have taken. What is run in
it must sleep by `sleep` and tell the time by `now`; it may hold no lock while it sleeps.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")


class VirtualTime:
    """A clock that stands still while anything runs."""

    def __init__(self, start: float = 0.0) -> None:
        """Start at this many seconds."""
        self._now = start
        self._asleep: list[tuple[float, int, greenlet]] = []
        self._order = 0

    def now(self) -> float:
        """Return the seconds of this clock."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let others run until so many seconds have gone by; outside of `run`, let them go by."""
        awake = self._now + max(seconds, 0.0)
        current = getcurrent()
        if current.parent is None:
            self._now = awake
            return
        self._order += 1
        heapq.heappush(self._asleep, (awake, self._order, current))
        current.parent.switch()

    def run(self, tasks: Sequence[Callable[[], T]], at_once: int) -> list[T]:
        """Return the results of the tasks in order, so many run at once, as a pool of threads does."""
        waiting = deque(enumerate(tasks))
        results: dict[int, Any] = {}

        def work() -> None:
            while waiting:
                index, task = waiting.popleft()
                results[index] = task()

        for _ in range(min(at_once, len(tasks))):
            greenlet(work).switch()
        while self._asleep:
            self._now, _, sleeper = heapq.heappop(self._asleep)
            sleeper.switch()
        return [results[index] for index in range(len(tasks))]
