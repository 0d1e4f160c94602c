"""A long run on all cores, with progress and time left. In: how many schedules. Out: an exit code.

Schedules first, then a crash at every call of every third scenario, then all pairs of crashes in a few.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
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

from tests.simulation import engine, sweeps

CHUNK = 250
AHEAD = 4
"""Tasks handed out for each core, so that none waits and a failure stops soon."""


def _schedules(first: int, count: int) -> engine.Tally:
    return engine.run(range(first, first + count))


def soak(schedules: int, first: int = 0) -> int:
    """Run it all; print every failure as one line with its replay."""
    console = Console()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    tally, broken = engine.Tally(), 0
    with ProcessPoolExecutor(os.cpu_count()) as pool, Progress(*columns, console=console) as bar:
        chunks = [
            (at, min(CHUNK, first + schedules - at))
            for at in range(first, first + schedules, CHUNK)
        ]
        task = bar.add_task("schedules", total=schedules)
        for done in _through(pool, _schedules, chunks):
            tally.merge(done)
            bar.advance(task, done.schedules)
            for seed, words in done.broken:
                console.print(engine.line_of(seed, words), markup=False, highlight=False)
        broken += len(tally.broken)
        sweeping = (("crashes", sweeps.all_single, sweeps.CRASHED),)
        sweeping += (("pairs of crashes", sweeps.all_pairs, sweeps.TWICE_CRASHED),)
        said = []
        for name, work, scenarios in sweeping if schedules else ():
            task, points = bar.add_task(f"{name}, scenarios", total=len(scenarios)), 0
            for count, found in _through(pool, work, [(scenario,) for scenario in scenarios]):
                points += count
                broken += len(found)
                bar.advance(task)
                for words in found:
                    console.print(words, markup=False, highlight=False)
            said.append(f"{points:,} {name} in {len(scenarios)} scenarios")
    if tally.seconds:
        console.print(str(tally), markup=False, highlight=False)
    console.print("; ".join([*said, f"{broken} broken"]), highlight=False)
    return 1 if broken else 0


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
