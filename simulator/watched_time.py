"""The time of day that a run began at, handed to pure code so that what depends on it is known.

In: the real time, while a step of a run is worked out. Out: for which times the step would go the same way.
Code may add seconds to the time and compare it with a number. Anything else raises, so nothing goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, nextafter
from typing import Any, NoReturn


class Span:
    """The times for which a step goes the same way: from `least` on, to `most` at the latest."""

    __slots__ = ("at", "least", "most")

    def __init__(self, at: float) -> None:
        self.at, self.least, self.most = at, -inf, inf

    def holds(self, at: float) -> bool:
        """Whether the step goes the same way at this time."""
        return self.least <= at <= self.most

    def reaches(self, limit: float) -> bool:
        """Whether the time is `limit` or later; the span ends where the answer would differ."""
        if self.at >= limit:
            self.least = max(self.least, limit)
            return True
        self.most = min(self.most, nextafter(limit, -inf))
        return False


_spans: list[Span] = []


class WatchedTime(float):
    """Stands for the time at which the step being worked out began."""

    __slots__ = ("later",)
    later: float

    def __add__(self, seconds: Any) -> WatchedTime:
        made = WatchedTime()
        made.later = self.later + seconds
        return made

    def __ge__(self, limit: Any) -> bool:
        return _spans[-1].reaches(limit - self.later)

    def __lt__(self, limit: Any) -> bool:
        return not self >= limit


def _unwatched(self: WatchedTime, *_: object) -> NoReturn:
    raise AssertionError("WatchedTime does not know what depends on the time here: teach it")


for _name in (
    *("__le__", "__gt__", "__eq__", "__ne__", "__hash__", "__bool__", "__repr__", "__str__"),
    *("__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__", "__neg__"),
    *("__radd__", "__floordiv__", "__mod__", "__int__", "__float__", "__round__", "__format__"),
):
    setattr(WatchedTime, _name, _unwatched)

NOW = WatchedTime()
NOW.later = 0.0


@contextmanager
def watched(at: float) -> Iterator[Span]:
    """Let NOW be this time; the span tells what depended on it."""
    _spans.append(Span(at))
    try:
        yield _spans[-1]
    finally:
        _spans.pop()
