"""Tells each step of the pump as it happens.

In: steps. Out: lines on a console: who called EC2, what Peerkeeper did and why, what it found. With `verbose`
also what takes an event, its own calls, hand-offs, and runs that had nothing to do.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from peerkeeper_local.pump import EventEmitted, EventLost, EventMatched, FunctionReturned, Step
from peerkeeper_local.story import Stage
from peerkeeper_local.telling.events import Events
from peerkeeper_local.telling.names import Names
from peerkeeper_local.telling.outline import Outline
from peerkeeper_local.telling.run_told import RunTold

WORTH_TELLING = 10.0
"""Seconds of virtual time that pass without being mentioned."""
WORTH_A_LINE = 120.0
"""Seconds of virtual time from which a line says that they passed, also without the plumbing."""


class Narrator:
    """Tells the steps of one stage."""

    def __init__(
        self, stage: Stage, console: Console, pace: float, width: int, *, verbose: bool
    ) -> None:
        """Take `pace` in seconds of rest after each line, and `width` in columns."""
        self._console = console
        self._pace = pace
        self._verbose = verbose
        self._outline = Outline(console, pace, width)
        self._now = stage.cloud.clock.now()
        self._events = Events(stage.cloud.account, verbose=verbose)
        self._run = RunTold(self._outline, Names(stage), verbose=verbose)
        stage.pump.on_step(self.tell)

    def tell(self, step: Step) -> None:
        """Tell one step; events are gathered and told before the function they wake."""
        match step:
            case EventEmitted():
                self._events.emitted(step)
            case EventMatched():
                self._events.matched(step)
            case EventLost():
                self.flush()
                self._events.lost(step)
                self.flush()
            case FunctionReturned():
                self.flush()
                self._returned(step)
            case _:
                pass

    def flush(self) -> None:
        """Tell the events gathered so far."""
        for at, words in self._events.take():
            self._pass_time(at)
            self._outline.line(f"[dim]{_clock(at)}[/] {words}", indent=2, hang=11)

    def _returned(self, step: FunctionReturned) -> None:
        self._pass_time(step.at)
        for line in step.logs:
            told = self._run.worth_telling(line.get("report"))
            if not told and not self._verbose:
                continue
            rest = "" if told else " [dim]nothing to do[/]"
            words = f"[dim]{_clock(step.at)}[/] [bold blue]{step.function}[/]{rest}"
            self._outline.line(words, indent=2, hang=11)
            for tell in told:
                tell()

    def _pass_time(self, now: float) -> None:
        passed, self._now = now - self._now, max(now, self._now)
        if passed < WORTH_TELLING:
            return
        if self._console.is_terminal and self._pace:
            columns = (
                TextColumn("  [dim]{task.description}"),
                BarColumn(30),
                TimeRemainingColumn(),
            )
            with Progress(*columns, console=self._console, transient=True) as progress:
                for _ in progress.track(range(20), description=f"{passed:.0f} s go by"):
                    time.sleep(self._pace / 4)
        if self._verbose or passed >= WORTH_A_LINE:
            self._outline.line(f"[dim]… {_said(passed)} went by[/]", indent=2)


def _said(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= WORTH_A_LINE else f"{seconds:.0f} s"


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")
