"""`peerkeeper peerings`: its options, its exit codes. In: the command line. Out: a list, JSON or Mermaid."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.read_the_estate import estate_of, say_unread
from peerkeeper_cli.commands.reading_options import AsJson, reading

if TYPE_CHECKING:
    from peerkeeper_cli.peerings.peering_row import PeeringRow
    from peerkeeper_cli.peerings.survey import Survey


@reading("peerings")
def peerings(
    asked: AskedFor,
    *,
    verdict: Annotated[
        list[str] | None,
        typer.Option(
            help="Only those: carries, partly, nothing, waits, unknown, ended; again for more."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List who peers with whom: status, consent on either side, what it carries, what is due. Reads only.

    Exit codes: 0 all carry, 3 something is due or blocked,
    4 something could not be read, 1 an error.
    """
    from peerkeeper_cli.peerings.peering_row import Verdict  # noqa: PLC0415 - `--help` need not wait

    wanted = _verdicts(verdict or [], [one.value for one in Verdict])
    from peerkeeper_cli.peerings.survey import survey  # noqa: PLC0415

    found = survey(estate_of(asked))
    rows = [row for row in found.rows if not wanted or row.verdict.value in wanted]
    if as_json:
        typer.echo(json.dumps(found.to_dict(rows), indent=2))
    else:
        _show(found, rows)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _verdicts(said: list[str], known: list[str]) -> set[str]:
    if wrong := [one for one in said if one not in known]:
        raise typer.BadParameter(f"--verdict: {', '.join(wrong)}: allowed are {', '.join(known)}")
    return {*said}


def _show(found: Survey, rows: list[PeeringRow]) -> None:
    """Print a list for a person, or a line a peering with tabs in a pipe."""
    from peerkeeper_cli.estate.show import read_at, show_coverage  # noqa: PLC0415
    from peerkeeper_cli.page.output import console, on_terminal  # noqa: PLC0415
    from peerkeeper_cli.page.page import Page  # noqa: PLC0415
    from peerkeeper_cli.peerings.show import lines, show  # noqa: PLC0415

    if not on_terminal():
        say_unread(found.estate)
        for line in lines(rows):
            typer.echo(line)
        return
    page = Page(console())
    words = f"Peerings as read at {read_at(found.estate)}, by the settings of {found.estate.said}"
    page.line(words, style="bold")
    show_coverage(page, found.estate)
    show(page, rows, found.vpcs)
