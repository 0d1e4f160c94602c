"""The commands of a clone: the operator's, and those of the local cloud. All work without AWS.

In: the command line. Out: text; exit code 0, or 1 where something went wrong, 2 for a wrong
command line; `explain` has 3 as well.
"""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from peerkeeper_cli.app import operator_app
from peerkeeper_cli.commands.failure import fail
from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.seeds.seed import SeedError, wanted

ABOUT = "Hands-off VPC peering on AWS, and a local cloud to try it on: no AWS account, no network."


class Mode(StrEnum):
    """What the functions may do: template.yaml's parameter Mode."""

    OBSERVE = "observe"
    ADD_ONLY = "add-only"
    FULL = "full"


Endpoint = Annotated[str, typer.Option(help="Where `serve` listens.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for machines.")]


def demo(
    pace: Annotated[
        float | None,
        typer.Option(
            help="Seconds to rest after each line; 0.05 on a terminal, else 0.", min=0.0, max=5.0
        ),
    ] = None,
) -> None:
    """Play the whole story on a local cloud, and show each step as it happens."""
    _alone()
    from peerkeeper_local.demo import play  # noqa: PLC0415 - moto takes a second; `--help` need not wait

    console = Console()
    with console.status("starting a local cloud"):
        import moto.ec2  # noqa: F401, PLC0415
    play(console, pace if pace is not None else (0.05 if console.is_terminal else 0.0))


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on; a bridge's for containers.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="0 takes a free one.", min=0, max=65535)] = 4580,
    seed: Annotated[
        str, typer.Option(help="What is there at first: none, story, events, or a dump's FILE.")
    ] = "none",
    at: Annotated[
        str | None,
        typer.Option(help="With --seed events: the sample at whose moment the cloud stands."),
    ] = None,
    mode: Annotated[Mode, typer.Option(help="What the functions may do.")] = Mode.FULL,
    speed: Annotated[
        float, typer.Option(help="Virtual seconds a second.", min=0.01, max=86400.0)
    ] = 1.0,
    functions: Annotated[
        bool, typer.Option(help="Let the functions answer to events and the schedule.")
    ] = True,
    env_file: Annotated[
        Path | None,
        typer.Option(
            help="Write what `sam local invoke --env-vars` reads; without it, sam reads real AWS."
        ),
    ] = None,
    env_host: Annotated[
        str | None,
        typer.Option(help="This host's name in a container; in that file. Default: --host."),
    ] = None,
    vpcs_per_region: Annotated[
        int, typer.Option(help="The quota; a new account of AWS has 5.", min=1)
    ] = 500,
) -> None:
    """Serve the local cloud on one HTTP endpoint, for boto3, the aws CLI and sam local."""
    try:
        first = wanted(seed, at)
    except SeedError as error:
        raise typer.BadParameter(str(error), param_hint=error.option) from error
    if env_host is not None and env_file is None:
        raise typer.BadParameter("it goes with --env-file", param_hint="--env-host")
    _alone()
    from peerkeeper_local.saved.saved import SavedError  # noqa: PLC0415 - as above
    from peerkeeper_local.serve import serving  # noqa: PLC0415

    wish = serving.Wish(
        host, port, first, mode.value, speed, functions, env_file, env_host, vpcs_per_region
    )
    try:
        serving.serve(Console(), wish)
    except (OSError, SavedError) as error:
        fail(str(error))


def invoke(
    event: Annotated[Path, typer.Argument(help="A JSON file, such as events/create-tags.json.")],
    endpoint: Annotated[
        str | None, typer.Option(help="Where `serve` listens; default: a fresh cloud.")
    ] = None,
    mode: Annotated[
        Mode | None, typer.Option(help="In a fresh cloud: what may be done; default: full.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run one event file through the functions that template.yaml chooses, and print their reports."""
    _alone()
    from peerkeeper_local.invoke.event_file import failed, run, show  # noqa: PLC0415

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


def dump(endpoint: Endpoint = "http://127.0.0.1:4580") -> None:
    """Print all that a served cloud holds, as JSON that `serve --seed` takes."""
    from peerkeeper_cli.served_cloud.ask import ask  # noqa: PLC0415

    try:
        typer.echo(json.dumps(ask(endpoint, "state"), indent=2))
    except InvocationError as error:
        fail(str(error))


def client(endpoint: Endpoint = "http://127.0.0.1:4580") -> None:
    """Print the `export` lines that lead AWS's clients to a served cloud, for `eval "$(...)"`."""
    from peerkeeper_cli.served_cloud.ask import ask  # noqa: PLC0415
    from peerkeeper_local.serve.exports import exports  # noqa: PLC0415

    try:
        for line in exports(ask(endpoint, "variables")):
            typer.echo(line)
    except InvocationError as error:
        fail(str(error))


def _alone() -> None:
    """Forget the shell's AWS profile: moto asks botocore for it while being imported, and it may be gone."""
    os.environ.pop("AWS_PROFILE", None)


def _app(typed: str) -> typer.Typer:
    app = operator_app(typed, ABOUT)
    for command, example in (
        (demo, "demo --pace 0"),
        (serve, "serve --seed story --mode add-only"),
        (invoke, "invoke events/create-subnet.json"),
        (dump, "dump > cloud.json"),
        (client, 'eval "$({typed} client)"'),
    ):
        shown = example.format(typed=typed) if "{" in example else f"{typed} {example}"
        app.command(epilog=f"Example: {shown}")(command)
    return app


def main() -> None:
    """Run the command of the clone, under the name that the user typed."""
    typed = os.environ.get("PEERKEEPER_TYPED", "./peerkeeper")
    _app(typed)(prog_name=typed)
