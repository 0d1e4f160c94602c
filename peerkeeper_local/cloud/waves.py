"""When each call began and ended: by order, never by seconds.

In: calls as they begin and end, and, where asked to, the tasks of thread pools that make them. Out: the
turns of one logical clock. While calls are held abreast, all calls that may overlap do, on a machine of
any speed. A call ends only once no other task can begin one beside it. All that end together are one wave.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition, local
from typing import TypeVar
from unittest.mock import patch

T = TypeVar("T")
HANGS = 600.0
"""Real seconds after which a wave is given up: some task makes no call and does not end."""


class Waves:
    """A clock that moves only with the calls. Safe in any thread.

    One call began only after another had ended exactly where its beginning is not before the other's end.
    """

    def __init__(self) -> None:
        self._moved = Condition()
        self._now = 0
        self._abreast = False
        self._held = 0
        self._left: dict[ThreadPoolExecutor, int] = {}
        """Tasks of a pool that have not ended, those included that have not begun."""
        self._alone = 0
        """Calls under way that no such task makes."""
        self._mine = local()

    def begin(self) -> int:
        """Return when the call begins: now. Held abreast, it goes on with all others of its wave."""
        with self._moved:
            if not self._abreast:
                self._now += 1
                return self._now
            began = self._now
            self._held += 1
            self._alone += not self._in_a_task
            self._go_on()
            if not self._moved.wait_for(lambda: self._now > began, HANGS):
                raise RuntimeError(
                    "a call waits for a task that hangs: it makes no call and does not end"
                )
            return began

    def end(self) -> int:
        """Return when the call ends: now."""
        with self._moved:
            if not self._abreast:
                self._now += 1
            elif not self._in_a_task:
                self._alone -= 1
                self._go_on()
            return self._now

    @contextmanager
    def abreast(self) -> Iterator[None]:
        """Hold calls abreast while it lasts: all tasks handed to a pool's `map` are known before one runs.

        A pool runs as many of them at once as it has threads. A call outside of such tasks counts by itself.
        """
        waves = self

        def at_once(
            pool: ThreadPoolExecutor, task: Callable[..., T], *given: Iterable[object], **_: object
        ) -> Iterator[T]:
            return waves._handed_out(pool, task, *given)

        with patch.object(ThreadPoolExecutor, "map", at_once):
            self._abreast = True
            try:
                yield
            finally:
                with self._moved:
                    self._abreast = False
                    self._alone = 0
                    self._move()

    def _handed_out(
        self, pool: ThreadPoolExecutor, task: Callable[..., T], *given: Iterable[object]
    ) -> Iterator[T]:
        calls = list(zip(*given, strict=False))
        with self._moved:
            self._left[pool] = self._left.get(pool, 0) + len(calls)
        futures = [pool.submit(self._played, pool, task, *each) for each in calls]
        return (future.result() for future in futures)

    def _played(self, pool: ThreadPoolExecutor, task: Callable[..., T], *given: object) -> T:
        self._mine.task = True
        try:
            return task(*given)
        finally:
            self._mine.task = False
            with self._moved:
                self._left[pool] -= 1
                self._go_on()

    @property
    def _in_a_task(self) -> bool:
        return getattr(self._mine, "task", False)

    def _go_on(self) -> None:
        """End the wave if no running task can still begin a call in it."""
        run = sum(min(left, pool._max_workers) for pool, left in self._left.items())
        if self._held and self._held == run + self._alone:
            self._move()

    def _move(self) -> None:
        self._held = 0
        self._now += 1
        self._moved.notify_all()
