"""A row of the one table: what it is about, and what was measured.

In: values. Out: `Subject`, which stands before anything is measured, and `Row`, with figures and a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Of(StrEnum):
    """What a goal bounds."""

    OURS = "ours"
    RATIO = "ratio"


class Verdict(StrEnum):
    """Whether a row meets its goals."""

    MET = "met"
    SHORT = "short"
    NONE = "-"
    """It has no goal, or its figure was not measured."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that our figure, or the ratio, may be."""

    most: float
    of: Of = Of.OURS


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row measures: its name, unit and goals. docs/how/performance.md describes it."""

    name: str
    unit: str
    peer: str = ""
    """What a user would pick instead, in one word; empty where there is nothing like it."""
    goals: tuple[Goal, ...] = ()
    note: str = ""
    """What a reader of the figure must know, in one line."""


@dataclass(frozen=True, slots=True)
class Row:
    """The medians of a subject, in its unit. None stands for what is not measured."""

    subject: Subject
    ours: float | None = None
    peer: float | None = None
    floor: float | None = None
    ratio: float | None = None
    """Ours to the peer's; where there is no peer, to the floor. The median of pairs."""
    why: str = ""
    """Why a figure is missing; empty where nothing is."""

    @property
    def verdict(self) -> Verdict:
        """Say whether each goal is met. A goal needs its figure."""
        found = [(self._bounded(goal), goal.most) for goal in self.subject.goals]
        if any(value is not None and value > most for value, most in found):
            return Verdict.SHORT
        if not found or any(value is None for value, _ in found):
            return Verdict.NONE
        return Verdict.MET

    def _bounded(self, goal: Goal) -> float | None:
        return self.ours if goal.of is Of.OURS else self.ratio


DIGITS = ((100, 0), (10, 1), (1, 2))
"""From a value on: digits after the point."""


def words(value: float | None, unit: str = "") -> str:
    """Return a figure with its unit, in three digits or more. A count stays whole, `-` stands for none."""
    if value is None:
        return "-"
    if isinstance(value, int):
        return f"{value} {unit}".strip()
    digits = next((many for least, many in DIGITS if value >= least), 3)
    return f"{value:.{digits}f} {unit}".strip()


def ratio_in_words(value: float | None) -> str:
    """Return a ratio with two digits after the point, or three where it is small."""
    if value is None:
        return "-"
    return f"{value:.3f}" if 0 < value < 0.1 else f"{value:.2f}"


def goals_in_words(subject: Subject) -> str:
    """Return the goals: `4.5 s, 0.075 x`. The `x` stands for the ratio."""
    units = {Of.OURS: subject.unit, Of.RATIO: "x"}
    said = (f"{goal.most:g} {units[goal.of]}".strip() for goal in subject.goals)
    return ", ".join(said) or "-"


def peer_in_words(row: Row) -> str:
    """Return what a user would pick instead, with its figure: `boto3 507 ms`."""
    return f"{row.subject.peer} {words(row.peer, row.subject.unit)}" if row.subject.peer else "-"
