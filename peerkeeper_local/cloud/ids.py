"""Ids handed out in the order asked, where a story or a sample names them. In: ids. Out: ids.

moto's ids are random; those in the sample events are fixed.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager


class PinnedIds:
    """Stands in for `moto.ec2.utils.random_id`: pinned ids first, by prefix, then random ones."""

    def __init__(self, random_id: Callable[..., str]) -> None:
        self._random_id = random_id
        self._pinned: dict[str, deque[str]] = defaultdict(deque)
        self._resting = False

    def pin(self, ids: Iterable[str]) -> None:
        """Hand out `ids` next, each to the next thing made with its prefix (vpc, rtb, pcx, ...)."""
        for identifier in ids:
            self._pinned[identifier.rpartition("-")[0]].append(identifier)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Hand out random ids only: AWS's own furniture, a default VPC, must not take pinned ones."""
        before, self._resting = self._resting, True
        try:
            yield
        finally:
            self._resting = before

    def __call__(self, prefix: str = "", size: int = 17) -> str:
        """Return the next id with `prefix`."""
        waiting = self._pinned.get(prefix)
        if waiting and not self._resting:
            return waiting.popleft()
        return self._random_id(prefix, size)
