"""Ask many things at once, on threads. In: progress, items, what to do with each. Out: the results, in order.

Ctrl-C ends it at any time: what has not begun is cancelled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from peerkeeper.aws.clients import THREADS

from peerkeeper_cli.reader.progress import Progress

Item = TypeVar("Item")
Result = TypeVar("Result")


class AtOnce:
    """Sixteen calls at once."""

    def __init__(self, progress: Progress) -> None:
        """Take where to report progress."""
        self._progress = progress
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="read")

    def __call__(self, work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Return what `work` makes of each item. An interrupt cancels the items that have not begun."""

        def done(item: Item) -> Result:
            try:
                return work(item)
            finally:
                self._progress.step()

        self._progress.add(len(items))
        try:
            return [*self._pool.map(done, items)]
        except BaseException:
            self._pool.shutdown(wait=False, cancel_futures=True)
            raise
