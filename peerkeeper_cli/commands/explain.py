"""`peerkeeper explain`: its options, its exit codes. In: the command line. Out: text, or JSON."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.checked_ids import peering_id
from peerkeeper_cli.commands.read_the_estate import read_by
from peerkeeper_cli.commands.reading_options import AsJson, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peerkeeper_cli.explain.explained import Explained
    from peerkeeper_cli.explain.upshot import Next


@reading("explain")
def explain(
    asked: AskedFor,
    context: typer.Context,
    peering: Annotated[
        str, typer.Argument(metavar="PEERING", help="The peering connection's id: pcx-...")
    ],
    *,
    failed_only: Annotated[
        bool, typer.Option("--failed-only", help="Only the tests that fail or are unknown.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say why a peering is as it is: each test on either side, and what would change it. Reads only.

    Exit codes: 0 all is well, 3 something is due or blocked,
    4 something could not be read, 1 an error.
    """
    peering_id(peering)
    from peerkeeper_cli.explain.upshot import next_steps  # noqa: PLC0415 - `--help` need not wait

    told = _read(peering, asked)
    known = {*getattr(context.find_root().command, "commands", ())}
    known -= set() if told.deployed else {"history"}
    steps = [*next_steps(told.found, asked, known)]
    if as_json:
        from peerkeeper_cli.explain.document import document  # noqa: PLC0415

        typer.echo(json.dumps(document(told, steps, failed_only=failed_only), indent=2))
    else:
        _show(told, steps, failed_only=failed_only)
    if told.found.exit_code:
        raise typer.Exit(told.found.exit_code)


def _read(peering: str, asked: AskedFor) -> Explained:
    """Read what bears on the peering, and explain it. Raises ReadError."""
    from peerkeeper_cli.explain.explained import explained  # noqa: PLC0415

    return read_by(asked, partial(explained, peering))


def _show(told: Explained, steps: Sequence[Next], *, failed_only: bool) -> None:
    """Print a page for a person, or a line a test with tabs in a pipe."""
    from peerkeeper_cli.explain.show import lines, show  # noqa: PLC0415
    from peerkeeper_cli.page.output import console, on_terminal  # noqa: PLC0415
    from peerkeeper_cli.page.page import Page  # noqa: PLC0415

    if on_terminal():
        show(Page(console()), told, steps, failed_only=failed_only)
        return
    for line in lines(told, failed_only=failed_only):
        typer.echo(line)
