"""Runs schedules by the thousand. In: seeds. Out: tallies. One process, one core.

A world makes much and lives for milliseconds. So the collector comes seldom, and never looks at modules.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from simulator.draw import drawn
from simulator.parsed_once import parsed_once
from simulator.result import Result
from simulator.schedule import Schedule
from simulator.todays import reports_kept

SELDOM = (50_000, 20, 100)
"""Thresholds of the collector: so many new objects, so many young collections, so many older ones."""


@dataclass(slots=True)
class Tally:
    """What many schedules came to."""

    schedules: int = 0
    calls: int = 0
    runs: int = 0
    writes: int = 0
    late: int = 0
    crossed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    broken: list[tuple[int, str]] = field(default_factory=list)

    def add(self, seed: int, result: Result) -> None:
        self.schedules += 1
        self.calls += result.calls
        self.runs += result.runs
        self.writes += result.writes
        self.late += result.late
        self.crossed += result.crossed
        self.broken += [(seed, words) for words in result.broken]

    def merge(self, other: Tally) -> None:
        for name in ("schedules", "calls", "runs", "writes", "late", "crossed", "broken"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.seconds += other.seconds

    def __str__(self) -> str:
        if not self.seconds:
            return "no schedules"
        return (
            f"{self.schedules:,} schedules, {self.calls:,} EC2 calls, {self.writes:,} changes in "
            f"{self.seconds:,.1f} core seconds: {self.schedules / self.seconds:,.0f} schedules and "
            f"{self.calls / self.seconds:,.0f} calls a second and core; {len(self.broken)} broken"
        )


@contextmanager
def quick(memory: Callable[[], AbstractContextManager[Any]] = nullcontext) -> Iterator[None]:
    """Let the collector come seldom, and keep the reports, while it lasts.

    `memory`: what one run remembers for others.
    """
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        with reports_kept(), memory():
            yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def schedule_of(seed: int) -> Schedule:
    """Return the schedule of this seed."""
    return Schedule(*drawn(seed), seed)


def run(
    seeds: Iterable[int],
    stop_at: float = float("inf"),
    most_broken: int = 10,
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
    schedule_of: Callable[[int], Schedule] = schedule_of,
) -> Tally:
    """Run the schedules of these seeds, until `stop_at` (monotonic seconds) or too many are broken.

    `schedule_of` makes the schedule of a seed.
    `around`: what is put in for each schedule, such as a mutant. Without it the code is as it is, so each
    document is parsed once.
    """
    tally, began = Tally(), time.process_time()
    with quick(parsed_once if around is nullcontext else nullcontext):
        for seed in seeds:
            with around():
                tally.add(seed, schedule_of(seed).run())
            if time.monotonic() > stop_at or len(tally.broken) >= most_broken:
                break
    tally.seconds = time.process_time() - began
    return tally


def two_cores() -> ProcessPoolExecutor:
    """Return a pool for schedules by the thousand: as many processes as `make test` may count on."""
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


def line_of(seed: int, words: str) -> str:
    """Return the one line about a broken schedule, with the command that replays it."""
    scenario, knobs = drawn(seed)
    said = " ".join(words.split())
    # What raised stands at the end of a traceback, what is broken at the start of a promise.
    said = said[-400:] if said.startswith("raised") else said[:400]
    return f"seed {seed} ({scenario.name}; {knobs.said()}): {said}; replay: make replay SEED={seed}"
