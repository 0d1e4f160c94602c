"""Rounds in which each way of doing a thing runs once. A slow minute of the machine meets all alike.

In: ways by name, how many rounds. Out: what each returned, round by round; medians and ratios of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often to measure, and whom to tell after each run."""

    count: int
    ran: Callable[[float], None] = lambda _: None
    """Takes the share of this measurement that has been done since the last call."""

    def of(self, ways: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
        """Run the ways one after the other, round by round; return what each returned."""
        found: dict[str, list[T]] = {name: [] for name in ways}
        for _ in range(self.count):
            for name, way in ways.items():
                found[name].append(way())
                self.ran(1 / (self.count * len(ways)))
        return found


def ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of our figures' ratios to the others', pair by pair."""
    return median(own / other for own, other in zip(ours, others, strict=True))
