"""Show an explanation: a table on a terminal, a line a test elsewhere. In: an explanation. Out: text."""

from __future__ import annotations

from itertools import groupby

import typer
from peerkeeper.reporting.plain_text import plain
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from peerkeeper_cli.explain.explanation import Explanation

MOST = 1000
"""Characters of one reason."""
MOST_NAMED = 3
"""Failed tests that the upshot names; the table has all."""
COLOURS = {"pass": "green", "fail": "red", "due": "blue", "wait": "yellow", "unknown": "magenta"}


def show(console: Console, explained: Explanation) -> None:
    """Print every step, side by side, and what follows."""
    if console.is_terminal:
        _tables(console, explained)
    else:
        for line in explained.lines:
            words = plain(line.words, MOST)
            typer.echo("\t".join((line.side, line.part, line.test, line.result, words)))
    typer.echo(verdict(explained))


def _tables(console: Console, explained: Explanation) -> None:
    for side, lines in groupby(explained.lines, lambda line: line.side):
        table = Table("part", "test", "result", "why", title=escape(side), title_justify="left")
        for line in lines:
            result = f"[{COLOURS.get(line.result, 'dim')}]{line.result}[/]"
            words = escape(plain(line.words, MOST))
            table.add_row(line.part, escape(line.test), result, words)
        console.print(table)


def verdict(explained: Explanation) -> str:
    """Return the upshot in one sentence: what is in the way, and where; what is due; what is carried."""
    failed = [line for line in explained.lines if line.result == "fail"]
    unknown = sum(line.result == "unknown" for line in explained.lines)
    way = "nothing is in the way"
    if not explained.clear:
        where = dict.fromkeys(f"{line.test} in {line.side}" for line in failed)
        named = f" ({', '.join([*where][:MOST_NAMED])})" if where else ""
        way = f"something is in the way: {len(failed)} fail{named}, {unknown} unknown"
    due = f"changes due in mode {explained.mode}: {len(explained.due)}"
    only = ", reported only" if explained.due and explained.mode == "observe" else ""
    carried = ", ".join(f"{one.location} {one.upshot}" for one in explained.verdicts)
    said = f"; carries: {carried}" if carried else ""
    return f"{explained.pcx_id}: {way}; {due}{only}{said}."
