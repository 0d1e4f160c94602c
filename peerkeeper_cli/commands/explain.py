"""`peerkeeper explain`: its options, its exit codes. In: the command line. Out: text."""

from __future__ import annotations

import json
import os
import re
from typing import Annotated

import typer

from peerkeeper_cli.commands.failure import fail


def explain(
    peering: Annotated[str, typer.Argument(help="The peering connection's id: pcx-...")],
    endpoint: Annotated[
        str | None,
        typer.Option(
            help="Where a local cloud listens; default: AWS_ENDPOINT_URL, or the real account."
        ),
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(help="A profile of the AWS CLI: the hub's, then any of other accounts."),
    ] = None,
    region: Annotated[str | None, typer.Option(help="The hub's region.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, for machines.")] = False,
) -> None:
    """Say why a peering is as it is: each test on either side, and what would change it. Reads only.

    Exit code 0: all is well; 3: something is due or blocked; 4: something could not be read; 1: nothing
    can be said.
    """
    if not re.fullmatch(r"pcx-(?:[0-9a-f]{8}|[0-9a-f]{17})", peering):
        raise typer.BadParameter("a peering connection's id is pcx- and 8 or 17 digits of hex")
    if endpoint and (profile or region):
        raise typer.BadParameter("--endpoint is the local cloud, --profile and --region are AWS")
    if not (endpoint or profile or region):
        # A shell led to a local cloud means that cloud; boto3 would ask it for a Lambda it has not.
        endpoint = os.environ.get("AWS_ENDPOINT_URL") or None
    from rich.console import Console  # noqa: PLC0415 - `--help` need not wait for it, nor for boto3

    from peerkeeper_cli.explain.explained import ExplainError, explained  # noqa: PLC0415
    from peerkeeper_cli.explain.show import show  # noqa: PLC0415

    try:
        found = explained(peering, endpoint, profile or [], region)
    except ExplainError as error:
        fail(str(error))
    if as_json:
        typer.echo(json.dumps(found.to_dict(), indent=2))
    else:
        show(Console(), found)
    if found.exit_code:
        raise typer.Exit(found.exit_code)
