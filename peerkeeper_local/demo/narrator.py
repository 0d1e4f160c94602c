"""Tells each step of the pump as it happens.

In: steps. Out: lines on a console: the event and who takes it, the function's changes with their reasons,
findings, hand-offs; a bar while virtual time goes by.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from peerkeeper_local.demo.names import Names
from peerkeeper_local.pump import EventEmitted, EventLost, EventMatched, FunctionReturned, Step
from peerkeeper_local.story import Stage

WORTH_TELLING = 10.0
"""Seconds of virtual time that pass without being mentioned."""
MARKS = {
    "applied": "[green]✔[/]",
    "unchanged": "[dim]=[/]",
    "refused": "[red]✘[/]",
    "failed": "[red]✘[/]",
}


class Narrator:
    """Tells the steps of one stage."""

    def __init__(self, console: Console, stage: Stage, pace: float) -> None:
        self._console = console
        self._names = Names(stage)
        self._pace = pace
        self._now = stage.cloud.clock.now()
        self._events: dict[tuple[str, str, str], list[str]] = {}
        self._told: set[tuple[str, str]] = set()
        stage.pump.on_step(self.tell)

    def tell(self, step: Step) -> None:
        """Tell one step; events are gathered and told before the function they wake."""
        match step:
            case EventEmitted():
                self._events.setdefault(_key(step.event), []).append("")
            case EventMatched():
                self._events.setdefault(_key(step.event), []).append(step.function)
            case EventLost():
                self.flush()
                self._line(f"[red]⚡[/] {_event(_key(step.event))} [red]no event arrives[/]")
            case FunctionReturned():
                self.flush()
                self._pass_time(step.at)
                self._report(step)
            case _:
                pass

    def flush(self) -> None:
        """Tell the events gathered so far: each name once, with who takes it."""
        for key, functions in self._events.items():
            takers = ", ".join(sorted({f for f in functions if f})) or "nobody"
            count = functions.count("")
            times = f" x{count}" if count > 1 else ""
            self._line(f"[yellow]●[/] {_event(key)}{times} [dim]→ {takers}[/]")
        self._events.clear()

    def _report(self, step: FunctionReturned) -> None:
        when = datetime.fromtimestamp(step.at, UTC).strftime("%H:%M:%S")
        for line in step.logs:
            told = list(self._lines(line["report"])) if "report" in line else []
            rest = "" if told else " [dim]nothing to do[/]"
            self._line(f"[dim]{when}[/] [bold blue]{step.function}[/]{rest}")
            for each in told:
                self._line(f"    {each}")

    def _lines(self, report: dict[str, Any]) -> Iterator[str]:
        for outcome in report["outcomes"]:
            yield f"{MARKS[outcome['result']]} {self._names.change(outcome)}"
        for change in report["would"]:
            yield f"[magenta]○ would[/] {self._names.change(change)}"
        for finding in report["findings"]:
            message = self._names.known(finding["message"])
            place = finding["location"].partition("/")[2]
            key = (finding["code"], finding["message"])
            again = " [dim](as before)[/]" if key in self._told else f": {escape(message)}"
            self._told.add(key)
            yield f"[yellow]![/] [yellow]{finding['code']}[/] [dim]{place}[/]{again}"
        for side in report["not_carrying"]:
            if any(gap["way"] == "blocked" for gap in side["gaps"]):
                place = side["location"].partition("/")[2]
                peering = escape(self._names.known(side["peering"]))
                yield f"[red]◐[/] {peering} carries {side['verdict']} in {place}"
        for sent in report["hand_offs"]:
            after = f"in {sent['delay']} s" if sent["delay"] else "now"
            yield (
                f"[cyan]⤷[/] {sent['function']} {after}: [dim]{escape(self._names.known(sent['why']))}[/]"
            )

    def _pass_time(self, now: float) -> None:
        passed, self._now = now - self._now, now
        if passed < WORTH_TELLING:
            return
        if not (self._console.is_terminal and self._pace):
            self._line(f"[dim]… {passed:.0f} s go by[/]")
            return
        columns = (TextColumn("  [dim]{task.description}"), BarColumn(30), TimeRemainingColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            for _ in progress.track(range(20), description=f"{passed:.0f} s go by"):
                time.sleep(self._pace / 4)
        self._line(f"[dim]… {passed:.0f} s went by[/]")

    def _line(self, text: str) -> None:
        self._console.print(f"  {text}", highlight=False, soft_wrap=True)
        time.sleep(self._pace)


def _key(event: dict[str, Any]) -> tuple[str, str, str]:
    caller = event["detail"]["userIdentity"]
    issuer = caller.get("sessionContext", {}).get("sessionIssuer", {})
    arn = issuer.get("arn") or caller.get("arn", "")
    who = arn.rpartition("/")[2]
    return event["detail"]["eventName"], f"{event['account']}/{event['region']}", who


def _event(key: tuple[str, str, str]) -> str:
    name, place, who = key
    return f"[bold]{name}[/] [dim]by {escape(who)} in {place}[/]"
