"""`serve`: its options and exit codes. In: the command line. Out: the live view, until interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from peerkeeper_cli.commands.failure import fail
from peerkeeper_cli.commands.mode import Mode
from peerkeeper_local.commands.options import alone, typed
from peerkeeper_local.seeds.sample_list import sample_list
from peerkeeper_local.seeds.seed import SeedError, Wanted, wanted


def _list_events(asked: bool) -> None:
    """Print each sample with what it is, a line each in a pipe, and end."""
    if not asked:
        return
    console = Console()
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, words in sample_list().items():
        table.add_row(name, words)
        if not console.is_terminal:
            typer.echo(f"{name}\t{words}")
    if console.is_terminal:
        console.print(table, highlight=False, markup=False)
    raise typer.Exit


def serve(
    *,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Address to listen on; a bridge's for containers.")
    ] = ("127.0.0.1"),
    port: Annotated[
        int, typer.Option(metavar="PORT", help="0 takes a free one.", min=0, max=65535)
    ] = 4580,
    seed: Annotated[
        str,
        typer.Option(
            metavar="SEED",
            help="What is there at first: none, story, events, estate, or a dump's FILE.",
        ),
    ] = "none",
    at: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="With --seed events: the sample event that the cloud is about to receive.",
        ),
    ] = None,
    list_events: Annotated[
        bool,
        typer.Option(
            "--list-events",
            help="List what --at takes, and end.",
            is_eager=True,
            callback=_list_events,
        ),
    ] = False,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PARAMETER=VALUE",
            help="A parameter of template.yaml; as often as needed.",
        ),
    ] = None,
    mode: Annotated[
        Mode | None,
        typer.Option(
            metavar="MODE",
            help="Short for --set Mode=... Default: full, and observe for the estate.",
        ),
    ] = None,
    speed: Annotated[
        float,
        typer.Option(
            metavar="RATE", help="Virtual seconds in one real second.", min=0.01, max=86400.0
        ),
    ] = 1.0,
    functions: Annotated[
        bool, typer.Option(help="Let the functions answer to events and the schedule.")
    ] = True,
    env_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write what `sam local invoke --env-vars` reads; without it, sam reads real AWS.",
        ),
    ] = None,
    env_host: Annotated[
        str | None,
        typer.Option(
            metavar="HOST", help="This host's name in a container; in that file. Default: --host."
        ),
    ] = None,
    vpcs_per_region: Annotated[
        int, typer.Option(metavar="N", help="The quota; a new account of AWS has 5.", min=1)
    ] = 500,
) -> None:
    """Serve the local cloud on one HTTP endpoint, for boto3, the aws CLI and sam local."""
    first = _seed(seed, at)
    if env_host is not None and env_file is None:
        raise typer.BadParameter("it goes with --env-file", param_hint="--env-host")
    alone()
    from peerkeeper_local.saved.saved import SavedError  # noqa: PLC0415 - moto takes a second
    from peerkeeper_local.serve.serving import Wish, serve  # noqa: PLC0415

    said = _parameters(given or [], mode, first)
    wish = Wish(host, port, first, said, speed, functions, env_file, env_host, vpcs_per_region)
    try:
        serve(Console(), wish, typed())
    except (OSError, SavedError) as error:
        fail(str(error))


def _seed(seed: str, at: str | None) -> Wanted:
    try:
        return wanted(seed, at)
    except SeedError as error:
        raise typer.BadParameter(str(error), param_hint=error.option) from error


def _parameters(given: list[str], mode: Mode | None, seed: Wanted) -> dict[str, str]:
    from peerkeeper_local.seeds.outset import outset  # noqa: PLC0415
    from peerkeeper_local.serve.parameters import ParameterError, parameters  # noqa: PLC0415

    try:
        return parameters(given, mode.value if mode else None, outset(seed).parameters)
    except ParameterError as error:
        raise typer.BadParameter(str(error), param_hint="--set") from error
