"""A long run on all cores, with progress and time left. In: how many schedules. Out: an exit code.

Schedules first, then a crash at every call of every third scenario, then all pairs of crashes in a few.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from simulator import engine, sweeps
from simulator.scenarios import Scenario
from simulator.versions import mixed as versions
from simulator.versions.crossings import KINDS

CHUNK = 250
AHEAD = 4
"""Tasks handed out for each core, so that none waits and a failure stops soon."""


def _schedules(first: int, count: int) -> engine.Tally:
    return engine.run(range(first, first + count))


def soak_mixed(schedules: int, first: int = 0) -> int:
    """Run schedules with two versions side by side; print every failure as one line with its replay."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    with ProcessPoolExecutor(os.cpu_count()) as pool, _bar(console) as bar:
        tally = _tallied(pool, bar, versions.run, versions.line_of, schedules, first)
    console.print(str(tally))
    for what in KINDS:
        console.print(f"{tally.crossed[what]:,} {what}")
    return 1 if tally.broken else 0


def soak(schedules: int, first: int = 0, *, crashes: bool = True) -> int:
    """Run it all; print every failure as one line with its replay."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    with ProcessPoolExecutor(os.cpu_count()) as pool, _bar(console) as bar:
        tally = _tallied(pool, bar, _schedules, engine.line_of, schedules, first)
        said, broken = str(tally), len(tally.broken)
        if crashes:
            for name, work, scenarios in (
                ("crashes", sweeps.all_single, sweeps.CRASHED),
                ("pairs of crashes", sweeps.all_pairs, sweeps.TWICE_CRASHED),
            ):
                words, more = _swept(pool, bar, name, work, scenarios)
                said, broken = f"{said}\n{words}", broken + more
    console.print(said)
    return 1 if broken else 0


def _bar(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console)


def _tallied(
    pool: ProcessPoolExecutor,
    bar: Progress,
    work: Callable[[int, int], engine.Tally],
    line_of: Callable[[int, str], str],
    schedules: int,
    first: int,
) -> engine.Tally:
    """Run schedules drawn from seeds; print those that broke a promise, and return what they came to."""
    tally, end = engine.Tally(), first + schedules
    task = bar.add_task("schedules", total=schedules)
    chunks = [(at, min(CHUNK, end - at)) for at in range(first, end, CHUNK)]
    for done in _through(pool, work, chunks):
        tally.merge(done)
        bar.advance(task, done.schedules)
        for seed, words in done.broken:
            bar.console.print(line_of(seed, words))
    return tally


def _swept(
    pool: ProcessPoolExecutor,
    bar: Progress,
    name: str,
    work: Callable[..., Any],
    scenarios: Sequence[Scenario],
) -> tuple[str, int]:
    """Run one sweep over scenarios; return what it came to, and how many broke a promise."""
    task, points, broken = bar.add_task(f"{name}, scenarios", total=len(scenarios)), 0, 0
    for count, found in _through(pool, work, [(scenario,) for scenario in scenarios]):
        points, broken = points + count, broken + len(found)
        bar.advance(task)
        for words in found:
            bar.console.print(words)
    return f"{points:,} {name} in {len(scenarios)} scenarios: {broken} broken", broken


def _through(
    pool: ProcessPoolExecutor, work: Callable[..., Any], tasks: Iterable[tuple[Any, ...]]
) -> Iterable[Any]:
    """Yield each task's result as it comes, a few tasks ahead of what is done."""
    rest, going = iter(tasks), set[Future[Any]]()
    for arguments in rest:
        going.add(pool.submit(work, *arguments))
        if len(going) >= AHEAD * (os.cpu_count() or 1):
            done, going = wait(going, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in done)
    yield from (one.result() for one in going)
