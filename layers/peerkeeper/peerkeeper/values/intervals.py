"""Sets of whole numbers as intervals: the ports that an entry names, and what is left of them.

In: pairs of first and last number, both included. Out: `Intervals`, sorted, without overlap and without two
parts that touch. So two sets are equal if and only if their parts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Part: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Intervals:
    """A set of whole numbers. Make it with `intervals`, which puts the parts in order."""

    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __or__(self, other: Intervals) -> Intervals:
        """Return what is in one or the other."""
        return Intervals(tuple(_joined(sorted(self.parts + other.parts))))

    def __and__(self, other: Intervals) -> Intervals:
        """Return what is in both."""
        if self._apart(other):
            return NOTHING
        return Intervals(tuple(_shared(self.parts, other.parts)))

    def __sub__(self, other: Intervals) -> Intervals:
        """Return what is in this one and not in the other."""
        if self._apart(other):
            return self
        left = self.parts
        for first, last in other.parts:
            left = tuple(_without(left, first, last))
        return Intervals(left)

    def __le__(self, other: Intervals) -> bool:
        """Tell whether everything in this one is in the other."""
        return not (self - other)

    def _apart(self, other: Intervals) -> bool:
        """Tell whether one ends before the other begins, as most entries and most packets do."""
        one, two = self.parts, other.parts
        return not one or not two or one[-1][1] < two[0][0] or two[-1][1] < one[0][0]

    def __str__(self) -> str:
        """Return the parts, as in `22, 1024-65535`. The empty set is `none`."""
        return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in self.parts) or "none"


NOTHING = Intervals()


def intervals(*parts: Part) -> Intervals:
    """Return the set of these parts, in any order; a part whose last is before its first holds nothing."""
    return Intervals(tuple(_joined(sorted(part for part in parts if part[0] <= part[1]))))


def union(sets: Iterable[Intervals]) -> Intervals:
    """Return what is in at least one of the sets."""
    return Intervals(tuple(_joined(sorted(part for one in sets for part in one.parts))))


def _joined(ordered: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts with those joined that overlap or touch."""
    start, end = 0, -2
    for first, last in ordered:
        if first <= end + 1 and end >= start:
            end = max(end, last)
            continue
        if end >= start:
            yield start, end
        start, end = first, last
    if end >= start:
        yield start, end


def _shared(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> Iterator[Part]:
    """Yield the common parts, in order. Most sets of an estate have one part or a few."""
    for first, last in theirs:
        for start, end in ours:
            if start <= last and first <= end:
                yield (start if start > first else first), (end if end < last else last)


def _without(parts: tuple[Part, ...], first: int, last: int) -> Iterator[Part]:
    """Yield what is left of the parts when one interval is taken out."""
    for start, end in parts:
        if last < start or first > end:
            yield start, end
            continue
        if start < first:
            yield start, first - 1
        if end > last:
            yield last + 1, end
