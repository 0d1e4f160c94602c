"""`dump` and `client`, which ask a served cloud. In: where it listens. Out: what it says, as text."""

from __future__ import annotations

import json
import re
from typing import Annotated

import typer

from peerkeeper_cli.commands.failure import fail
from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.commands.options import Endpoint
from peerkeeper_local.serve.announcement import LISTENS


def dump(endpoint: Endpoint = LISTENS) -> None:
    """Print all that a served cloud holds, as JSON that `serve --seed` takes."""
    from peerkeeper_cli.served_cloud.ask import ask  # noqa: PLC0415 - `--help` need not wait

    try:
        typer.echo(json.dumps(ask(endpoint, "state"), indent=2))
    except InvocationError as error:
        fail(str(error))


def client(
    endpoint: Endpoint = LISTENS,
    account: Annotated[
        str | None, typer.Option(help="Act in this account. Default: the account of the hub.")
    ] = None,
) -> None:
    """Print the `export` lines that lead AWS's clients to a served cloud, for `eval "$(...)"`."""
    from peerkeeper_cli.served_cloud.ask import ask  # noqa: PLC0415
    from peerkeeper_local.serve.exports import exports  # noqa: PLC0415

    if account is not None and not re.fullmatch(r"[0-9]{12}", account):
        raise typer.BadParameter("an account id has 12 digits", param_hint="--account")
    try:
        for line in exports(ask(endpoint, f"variables/{account}" if account else "variables")):
            typer.echo(line)
    except InvocationError as error:
        fail(str(error))
