"""`peerkeeper explain`: its options, its exit codes. In: the command line. Out: text, or JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.reading_options import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peerkeeper_cli.explain.explained import Explained
    from peerkeeper_cli.explain.upshot import Next


@reading("explain")
def explain(
    asked: AskedFor,
    context: typer.Context,
    peering: Annotated[str, typer.Argument(help="The peering connection's id: pcx-...")],
    *,
    failed_only: Annotated[
        bool, typer.Option("--failed-only", help="Only the tests that fail or are unknown.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, for machines.")] = False,
) -> None:
    """Say why a peering is as it is: each test on either side, and what would change it. Reads only.

    Exit code 0: all is well; 3: something is due or blocked; 4: something could not be read; 1: nothing
    can be said.
    """
    if not re.fullmatch(r"pcx-(?:[0-9a-f]{8}|[0-9a-f]{17})", peering):
        raise typer.BadParameter("a peering connection's id is pcx- and 8 or 17 digits of hex")
    from peerkeeper_cli.explain.upshot import next_steps  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.page.typed import typed  # noqa: PLC0415

    told = _read(peering, asked)
    known = {*getattr(context.find_root().command, "commands", ())}
    known -= set() if told.deployed else {"history"}
    steps = [*next_steps(told.found, typed(), asked.typed, known)]
    if as_json:
        from peerkeeper_cli.explain.document import document  # noqa: PLC0415

        typer.echo(json.dumps(document(told, steps, failed_only=failed_only), indent=2))
    else:
        _show(told, steps, failed_only=failed_only)
    if told.found.exit_code:
        raise typer.Exit(told.found.exit_code)


def _read(peering: str, asked: AskedFor) -> Explained:
    """Read what bears on the peering, with progress on a terminal, and explain it. Raises ReadError."""
    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415
    from peerkeeper_cli.explain.explained import explained  # noqa: PLC0415
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415
    from peerkeeper_cli.reader.threads import Threads  # noqa: PLC0415

    where = opened(asked)
    with Bar("reading") as bar:
        return explained(peering, where, Threads(where.access, bar))


def _show(told: Explained, steps: Sequence[Next], *, failed_only: bool) -> None:
    """Print a page for a person, or a line a test with tabs in a pipe."""
    from rich.console import Console  # noqa: PLC0415

    from peerkeeper_cli.explain.show import lines, show  # noqa: PLC0415
    from peerkeeper_cli.page.page import Page  # noqa: PLC0415

    console = Console()
    if console.is_terminal:
        show(Page(console), told, steps, failed_only=failed_only)
        return
    for line in lines(told, failed_only=failed_only):
        typer.echo(line)
