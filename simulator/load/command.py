"""`python -m simulator load`: plays a day, shows how far it is, and prints what it came to.

In: arguments. Out: text or JSON, and an exit code: 0 if no promise is broken.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from simulator import engine
from simulator.load.day import Day
from simulator.load.figures import Figures
from simulator.load.size import HOME, REGIONS, Size
from simulator.load.table import table
from simulator.remembered import remembered


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    usual = Size()
    parser.add_argument("--hours", type=float, default=usual.hours)
    parser.add_argument("--accounts", type=int, default=usual.accounts)
    parser.add_argument("--calls", type=int, default=usual.calls, help="an hour, by all others")
    parser.add_argument("--storm", type=int, default=usual.storm, help="calls of each storm")
    parser.add_argument(
        "--down",
        choices=[one for one in REGIONS if one != HOME],
        default=usual.down,
        metavar="REGION",
        help="a Region that does not answer for two hours, or a third of the time if that is less",
    )
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")


def load(asked: argparse.Namespace) -> int:
    """Play one day and print its figures."""
    size = Size(asked.accounts, asked.hours, asked.calls, asked.storm, asked.down or "", asked.seed)
    with _progress(size) as tell:
        figures = played(size, tell)
    lines = [json.dumps(figures.as_json(), indent=2)] if asked.json else table(figures)
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if figures.broken else 0


def played(size: Size, tell: Callable[[float], None] = lambda _: None) -> Figures:
    """Play one day where the engine is quick."""
    with engine.quick(remembered):
        return Day(size).run(tell)


@contextmanager
def _progress(size: Size) -> Iterator[Callable[[float], None]]:
    """Show on stderr how far the day is: a bar with the time left on a terminal, else a line an hour."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(size, console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(f"{size.hours:g} hours", total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _lines(size: Size, console: Console) -> Callable[[float], None]:
    said = 0

    def tell(share: float) -> None:
        nonlocal said
        if (over := int(share * size.hours)) > said:
            said = over
            console.print(f"{over} of {size.hours:g} hours", highlight=False)

    return tell
