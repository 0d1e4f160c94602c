"""The order in which one wave's calls are begun: one of each kind in turn.

In: calls, and what each shares a request rate with. Out: the same calls in another order. Threads that
wait for one location's turn must not hold up the calls of another that could go at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def round_robin(items: Iterable[T], kind: Callable[[T], Hashable]) -> Iterator[T]:
    """Yield the first item of each kind, then the second of each, and so on; each kind keeps its order."""
    lines: dict[Hashable, list[T]] = {}
    for item in items:
        lines.setdefault(kind(item), []).append(item)
    rank = 0
    while lines:
        yield from (line[rank] for line in lines.values())
        rank += 1
        lines = {key: line for key, line in lines.items() if len(line) > rank}
