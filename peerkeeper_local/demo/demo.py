"""Play the story on a console, and sum it up at the end.

In: a console, the seconds to rest between lines, whether to tell the plumbing. Out: lines on the console.
"""

from __future__ import annotations

from rich.console import Console

from peerkeeper_local.demo.closing import next_steps, summary
from peerkeeper_local.demo.performance import Told, performing
from peerkeeper_local.demo.region_tables import regions
from peerkeeper_local.demo.summary import Row, rows
from peerkeeper_local.demo.tally import tally
from peerkeeper_local.story import OBSERVED, SCENES, Stage
from peerkeeper_local.story.scenes.conflict import GROWN
from peerkeeper_local.telling.names import Names
from peerkeeper_local.telling.signs import legend


def play(console: Console, pace: float, typed: str, *, verbose: bool = False) -> None:
    """Play every scene in mode full, then a request in mode observe; `typed` is this program."""
    told = Told(console, pace, verbose)
    console.print("[bold]Peerkeeper in a local cloud[/]: no AWS account, no network.")
    console.print("The times are virtual: hours pass in a moment. These are the signs:")
    for line in legend(verbose=verbose):
        console.print(line, highlight=False)
    with performing("full", told) as performance:
        for scene in SCENES:
            performance.play(scene)
            if scene is GROWN:
                _show(console, performance.stage, "Both Regions now", verbose=verbose)
        if verbose:
            _show(console, performance.stage, "Both Regions at the end", verbose=True)
        stage = performance.stage
        found = [*rows(tally(stage.reports), performance.verdicts.history, Names(stage))]
    with performing("observe", told) as performance:
        performance.play(OBSERVED)
        found.append(_observed(performance.stage))
    console.print(*summary(found), *next_steps(typed), sep="\n")


def _show(console: Console, stage: Stage, title: str, *, verbose: bool) -> None:
    console.print(*regions(stage, title, verbose=verbose), sep="\n")


def _observed(stage: Stage) -> Row:
    foretold = len(tally(stage.reports).foretold)
    writes = sum(1 for _ in stage.writes())
    return "mode observe", f"{writes} writes", f"{foretold} changes that it would make"
