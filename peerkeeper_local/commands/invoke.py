"""`invoke`: its options and exit codes. In: the command line. Out: what each function made of an event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from peerkeeper_cli.commands.failure import fail
from peerkeeper_cli.commands.mode import Mode
from peerkeeper_cli.commands.reading_options import AsJson
from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.commands.options import alone


def invoke(
    event: Annotated[
        Path, typer.Argument(metavar="EVENT", help="A JSON file, such as events/create-tags.json.")
    ],
    endpoint: Annotated[
        str | None, typer.Option(help="Address of `serve`. Default: a fresh cloud.")
    ] = None,
    mode: Annotated[Mode | None, typer.Option(help="Mode of a fresh cloud. Default: full.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run one event file through the functions that template.yaml chooses, and print their reports."""
    alone()
    from peerkeeper_local.invoke.event_file import failed, run, show  # noqa: PLC0415 - moto takes a second

    if endpoint and mode:
        raise typer.BadParameter(
            "--mode is for a fresh cloud; the one at --endpoint has the mode that `serve` gave it"
        )
    try:
        done = run(event, endpoint, (mode or Mode.FULL).value)
    except InvocationError as error:
        fail(str(error))
    if as_json:
        typer.echo(json.dumps(done, default=str, indent=2))
    else:
        show(Console(), done)
    if failed(done):
        raise typer.Exit(1)
