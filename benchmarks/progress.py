"""How far the measuring is, and the time left. In: measures as they run. Out: a bar, or lines in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from benchmarks.measures import Measure
from tiers import span


class Left:
    """The time left, by how fast this machine has been so far."""

    def __init__(self, usual: float, now: Callable[[], float] = time.monotonic) -> None:
        """Begin. `usual`: seconds that all of it takes on the machine of the figures."""
        self._usual, self._now, self._began = usual, now, now()
        self.done = 0.0
        """Usual seconds of what is done."""

    def words(self) -> str:
        """Return the time left in words: `3 min 20 s`."""
        pace = (self._now() - self._began) / self.done if self.done else 1.0
        return f"about {span(max(0.0, self._usual - self.done) * pace)} left"


class Told:
    """Says of each measure that it begins, and counts its runs."""

    def __init__(self, measures: Sequence[Measure], bar: Progress, console: Console) -> None:
        """Take where to say it."""
        self._measures, self._bar, self._console = measures, bar, console
        usual = sum(each.usual for each in measures)
        self._left, self._task = Left(usual), bar.add_task("", total=usual, left="")

    def begins(self, number: int) -> None:
        """Say which measure begins: its number, from zero. All before it are done."""
        self._left.done = sum(each.usual for each in self._measures[:number])
        first = next(iter(self._measures[number].subjects.values())).name
        words = f"{number + 1}/{len(self._measures)}: {first}"
        self._bar.update(self._task, description=words, left=self._left.words())
        self._bar.update(self._task, completed=self._left.done)
        if not self._console.is_terminal:
            line = f"== bench {words} ({self._left.words()} in all)"
            self._console.print(line, soft_wrap=True, highlight=False)

    def ran(self, measure: Measure, share: float) -> None:
        """Count this share of a measure as done."""
        self._left.done += share * measure.usual
        self._bar.update(self._task, completed=self._left.done, left=self._left.words())


@contextmanager
def progress(measures: Sequence[Measure]) -> Iterator[Told]:
    """Show on stderr how far these measures are: a bar on a terminal, elsewhere a line for each."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(24), TextColumn("{task.fields[left]}"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield Told(measures, bar, console)
