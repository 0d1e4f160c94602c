"""Rectangles in rows, as books on shelves. In: sizes, in order. Out: where each stands, and its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Size = tuple[float, float]
"""Width and height."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rectangle stands: its left upper corner and its size."""

    left: float
    top: float
    width: float
    height: float


def shelved(sizes: Sequence[Size], widest: float, gap: float) -> tuple[Place, ...]:
    """Return a place for each size: from left to right, and a new shelf where `widest` would be passed.

    What stands on one shelf gets the same height, so that its edges line up.
    """
    shelves: list[list[Size]] = []
    used = 0.0
    for size in sizes:
        if shelves and used + gap + size[0] <= widest:
            shelves[-1].append(size)
            used += gap + size[0]
        else:
            shelves.append([size])
            used = size[0]
    return _placed(shelves, [[width for width, _ in shelf] for shelf in shelves], gap)


def in_columns(
    rows: Sequence[Sequence[Size | None]], gap: float
) -> tuple[tuple[Place | None, ...], ...]:
    """Return a place for each cell of a table; a column has one width, a row one height, None stays empty."""
    widths = [
        max((cell[0] for cell in column if cell), default=0) for column in zip(*rows, strict=True)
    ]
    filled = [[cell or (0.0, 0.0) for cell in row] for row in rows]
    places = iter(_placed(filled, [widths] * len(rows), gap))
    return tuple(
        tuple(place if cell else None for cell, place in zip(row, places, strict=False))
        for row in rows
    )


def extent(places: Sequence[Place]) -> Size:
    """Return the width and height that all of them take."""
    return (
        max((place.left + place.width for place in places), default=0),
        max((place.top + place.height for place in places), default=0),
    )


def _placed(
    shelves: Sequence[Sequence[Size]], widths: Sequence[Sequence[float]], gap: float
) -> tuple[Place, ...]:
    made: list[Place] = []
    top = 0.0
    for shelf, wide in zip(shelves, widths, strict=True):
        height, left = max(high for _, high in shelf), 0.0
        for width in wide:
            made.append(Place(left, top, width, height))
            left += width + gap
        top += height + gap
    return tuple(made)
