"""What stands under the last scene. In: rows of the summary; this program. Out: renderables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from peerkeeper_local.demo.next_commands import next_commands
from peerkeeper_local.demo.summary import Row


def summary(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Yield the rows as a table, with its title; what did not happen is left out."""
    table = Table("what", "how many", "which, and why", header_style="bold")
    for column in table.columns[:2]:
        column.no_wrap = True
    table.columns[0].style = "bold"
    for what, count, which in rows:
        table.add_row(what, count, Text(which))
    yield Text("\nWhat Peerkeeper did", style="bold")
    yield table


def next_steps(typed: str) -> Iterator[RenderableType]:
    """Yield the next commands, each on a line of its own under what it shows."""
    yield Text("\nNext", style="bold")
    for command, shows in next_commands(typed):
        yield Text(shows)
        yield Text(f"  {command}", style="cyan")
    yield Text("For your own AWS account, read-only: docs/start/first-look.md", style="dim")
