"""Virtual time, and whose turn it is. In: what is due when. Out: it happens, one thing at a time.

Code in a greenlet may pause, and others run meanwhile. The same seed gives the same order.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from typing import Any

from greenlet import getcurrent, greenlet

START = 1_772_442_000.0
"""2026-03-02 09:00 UTC."""


_idle: list[greenlet] = []
"""Greenlets that have done their work. For a new one the system would have to map a new stack."""


def _work(run: Callable[[], None]) -> None:
    """Do one piece of work after the other; what it raises ends the greenlet, and goes to the hub."""
    own = getcurrent()
    while True:
        run()
        del run
        own.__dict__.clear()  # else what it carried keeps a whole world alive
        _idle.append(own)
        run = own.parent.switch()


class TooLong(Exception):
    """The world does not come to rest."""


class Scheduler:
    """The agenda of one simulated world."""

    def __init__(self, seed: int) -> None:
        self.now = START
        self.random = random.Random(seed)
        self._heap: list[tuple[float, int, Callable[..., Any], tuple[Any, ...]]] = []
        self._count = 0
        self._hub = getcurrent()

    def at(self, when: float, act: Callable[..., Any], *args: Any) -> None:
        """Let `act(*args)` happen at `when`, not before now."""
        self._count += 1
        heapq.heappush(self._heap, (max(when, self.now), self._count, act, args))

    def after(self, seconds: float, act: Callable[..., Any], *args: Any) -> None:
        self.at(self.now + seconds, act, *args)

    def spawn(self, run: Callable[[], None]) -> None:
        """Start `run` in its own greenlet, now."""
        worker = _idle.pop() if _idle and _idle[-1].parent is self._hub else None
        (worker or greenlet(_work, self._hub)).switch(run)

    def pause(self, seconds: float) -> None:
        """Let `seconds` go by, in a greenlet; others run meanwhile if anything is due."""
        when = self.now + seconds
        if not self._heap or self._heap[0][0] > when:
            self.now = when
            return
        self.at(when, getcurrent().switch)
        self._hub.switch()

    def wait(self) -> None:
        """Give way, in a greenlet, until somebody resumes it."""
        self._hub.switch()

    def run(self, until: float = float("inf"), most: int = 20_000) -> None:
        """Let everything that is due until then happen. Raises TooLong after `most` turns."""
        while self._heap and self._heap[0][0] <= until:
            most -= 1
            if most < 0:
                raise TooLong(f"not at rest after so many turns, at {self.now - START:.0f} s")
            when, _, act, args = heapq.heappop(self._heap)
            self.now = max(self.now, when)
            act(*args)
        if until != float("inf"):
            self.now = max(self.now, until)
