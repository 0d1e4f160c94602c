"""`make bench`: measure, and print one table.

In: the names of rows, or none for all. Out: the table, an exit code.

    python -m benchmarks [ROW ...] [--rounds N] [--json] [--write] [--list]

Exit code 0: all was measured, also if a goal is not met. 4: a figure is missing, and the table says why.
2: wrong words. 1: an error.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.machine import machine
from benchmarks.measures import MEASURES, asked_for
from benchmarks.page import PAGE, with_figures
from benchmarks.progress import progress
from benchmarks.rounds import Rounds
from benchmarks.row import Row
from benchmarks.table import plain, shown

UNMEASURED = 4


def main(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ROW]...", help="Rows, or first words of rows. Default: all."),
    ] = None,
    *,
    rounds: Annotated[
        int | None, typer.Option(help="Rounds of each measure, in place of its own number.", min=1)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    write: Annotated[bool, typer.Option(help="Write the figures into the page, too.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the rows, and end.")] = False,
) -> None:
    """Measure what it costs next to what a user would pick instead, and next to the floor.

    Exit codes: 0 all was measured, also if a goal is not met, 4 a figure is missing,
    2 wrong words, 1 an error.
    """
    try:
        wanted = asked_for(names or [])
    except KeyError as error:
        raise typer.BadParameter(f"no row is named {error.args[0]}: --list names all") from error
    if write and names:
        raise typer.BadParameter("the page has all rows: leave the names out")
    if listed:
        typer.echo("\n".join(row for row in _names() if row in wanted))
        return
    found = measured(wanted, rounds)
    if write:
        PAGE.write_text(with_figures(PAGE.read_text(), found, machine()))
    _show(found, as_json)
    if any(row.why for row in found):
        raise typer.Exit(UNMEASURED)


def _names() -> list[str]:
    return [subject.name for each in MEASURES for subject in each.subjects.values()]


def measured(wanted: set[str], rounds: int | None) -> list[Row]:
    """Return these rows, in the order of the table. `rounds`: of each measure, in place of its own number."""
    due = [each.only(wanted) for each in MEASURES if each.only(wanted).subjects]
    rows: list[Row] = []
    with progress(due) as told:
        for number, each in enumerate(due):
            told.begins(number)
            count = Rounds(rounds or each.rounds, partial(told.ran, each))
            rows += each.made(each.subjects, count)
    return rows


def _show(rows: list[Row], as_json: bool) -> None:
    if as_json:
        json.dump({**asdict(machine()), "rows": plain(rows)}, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    console = Console(highlight=False)
    console.print(shown(rows, machine().lines(), console.width))


if __name__ == "__main__":
    typer.run(main)
