"""What the one table measures: each measure has its rows, its rounds, and how to make them.

In: nothing. Out: `MEASURES`, and which rows a user's words ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from benchmarks import cold_start, event_path, fleet, planning, sweep, throttling
from benchmarks.rounds import Rounds
from benchmarks.row import Goal, Of, Row, Subject
from benchmarks.still_world import LARGE, MEDIUM, SMALL


@dataclass(frozen=True, slots=True)
class Measure:
    """Rows that are measured together. `usual`: seconds on two cores, as measured."""

    subjects: Mapping[str, Subject]
    """By what the measure calls them."""
    usual: float
    rounds: int
    made: Callable[[Mapping[str, Subject], Rounds], Sequence[Row]]

    def only(self, names: Collection[str]) -> Measure:
        """Return the measure with only these rows, as far as it has them."""
        kept = {key: each for key, each in self.subjects.items() if each.name in names}
        return replace(self, subjects=kept)


def _ratio(most: float) -> Goal:
    return Goal(most, Of.RATIO)


MEASURES = (
    Measure(
        {
            "2": Subject("cold-start-2", "ms", "boto3", (_ratio(0.55),)),
            "17": Subject("cold-start-17", "ms", "boto3", (_ratio(0.60),)),
            "memory": Subject("memory", "MiB", "boto3", (Goal(38),)),
        },
        *(15, 7, cold_start.rows),
    ),
    Measure({"c7n": Subject("sweep-small", "s", "c7n")}, 25, 5, partial(sweep.rows, SMALL)),
    Measure({"c7n": Subject("sweep-medium", "s", "c7n")}, 70, 3, partial(sweep.rows, MEDIUM)),
    Measure(
        {
            "c7n": Subject("sweep-large", "s", "c7n", (Goal(4.5), _ratio(0.075))),
            "script": Subject("sweep-boto3", "s", "boto3"),
        },
        *(220, 3, partial(sweep.rows, LARGE)),
    ),
    Measure(
        {"script": Subject("sweep-1024-mb", "s", "boto3", (Goal(9),))},
        *(50, 3, partial(sweep.deployed, LARGE)),
    ),
    Measure(
        {
            "seconds": Subject("event-path", "s", "boto3"),
            "terraform": Subject("event-terraform", "s", "terraform"),
            "calls": Subject("event-calls", "calls", "boto3", (Goal(13),)),
            "waves": Subject("event-waves", "waves", "boto3", (Goal(3),)),
        },
        *(110, 5, event_path.rows),
    ),
    Measure(
        {
            "existing": Subject("plan-existing", "ms", goals=(Goal(80),)),
            "new": Subject("plan-new", "ms", goals=(Goal(300),)),
        },
        *(40, 5, planning.rows),
    ),
    Measure(
        {
            "seconds": Subject("throttling", "s", goals=(_ratio(1.2),)),
            "errors": Subject("throttling-lost", "", "boto3", (Goal(0),)),
        },
        *(5, 1, throttling.rows),
    ),
    Measure(
        {
            "fleet": Subject(
                "fleet",
                "s",
                goals=(Goal(20),),
                note="8 locations at once (MaxConcurrency) is a choice: see decision 12",
            )
        },
        *(20, 1, fleet.rows),
    ),
)


def asked_for(names: Sequence[str], measures: Sequence[Measure] = MEASURES) -> set[str]:
    """Return the rows of these names: a row's own, or its first words, as `sweep`. No name means all.

    Raises KeyError with the names that no row has.
    """
    rows = [subject.name for each in measures for subject in each.subjects.values()]
    if not names:
        return set(rows)
    found = {name: {row for row in rows if f"{row}-".startswith(f"{name}-")} for name in names}
    if wrong := [name for name, of_it in found.items() if not of_it]:
        raise KeyError(", ".join(wrong))
    return set[str]().union(*found.values())
