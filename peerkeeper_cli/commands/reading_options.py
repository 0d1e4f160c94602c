"""The options that every reading command shares, put before its own. In: a command. Out: the same, for typer.

A command takes an `AskedFor` first; what the user types for it is declared here, once.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from peerkeeper_cli.asked_for import AskedFor, ReadError
from peerkeeper_cli.commands.checked_ids import account_ids
from peerkeeper_cli.commands.failure import fail, interrupted

AsJson = Annotated[bool, typer.Option("--json", help="JSON, for machines.")]
PrintPolicy = Annotated[
    bool, typer.Option("--print-policy", help="Print the IAM policy that this needs, and end.")
]
WHOM = "Whom to read as"
SETTINGS = "By which settings"


def _options(
    *,
    endpoint: Annotated[
        str | None,
        typer.Option(
            help="Address of a local cloud. Default: AWS_ENDPOINT_URL, or real AWS.",
            rich_help_panel=WHOM,
        ),
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            help="A profile of the AWS CLI, the hub's first; again for each further account.",
            rich_help_panel=WHOM,
        ),
    ] = None,
    role_name: Annotated[
        str | None,
        typer.Option(
            help="A role to assume in other accounts, to read them.", rich_help_panel=WHOM
        ),
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option(
            help="With --role-name: an account to read. Default: the accounts of the hub, or of peerings.",
            rich_help_panel=WHOM,
        ),
    ] = None,
    external_id: Annotated[
        str, typer.Option(help="With --role-name: what its trust asks for.", rich_help_panel=WHOM)
    ] = "",
    region: Annotated[
        list[str] | None,
        typer.Option(
            help="A region to read; again for more. Default: the hub's, or all that are enabled.",
            rich_help_panel=WHOM,
        ),
    ] = None,
    hub: Annotated[
        str | None,
        typer.Option(
            metavar="REGION",
            help="Where the hub is deployed. Default: it is looked for.",
            rich_help_panel=SETTINGS,
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A samconfig.toml: plan by what it would deploy.",
            rich_help_panel=SETTINGS,
        ),
    ] = None,
    config_env: Annotated[
        str, typer.Option(help="The environment in that file.", rich_help_panel=SETTINGS)
    ] = "default",
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="A parameter of the template, over all others; again for more.",
            rich_help_panel=SETTINGS,
        ),
    ] = None,
) -> None:
    """Declare the options; nothing is done here."""


SHARED = inspect.signature(_options, eval_str=True).parameters


def reading(command: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that puts the shared options into a command, which gets them as `AskedFor`."""

    def decorate(wrapped: Callable[..., None]) -> Callable[..., None]:
        own = [*inspect.signature(wrapped, eval_str=True).parameters.values()][1:]

        @wraps(wrapped)
        def run(**said: Any) -> None:  # noqa: ANN401 - whatever typer parsed
            asked = _asked_for(command, {name: said.pop(name) for name in SHARED})
            try:
                wrapped(asked, **said)
            except ReadError as error:
                fail(str(error))
            except KeyboardInterrupt:
                interrupted()

        keyword = [
            one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*own, *SHARED.values())
        ]
        run.__signature__ = inspect.Signature(keyword)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in keyword}
        del run.__wrapped__  # or typer looks behind the signature
        return run

    return decorate


def _asked_for(command: str, said: dict[str, Any]) -> AskedFor:
    """Return what was asked for. Raises BadParameter with every fault that shows without asking AWS."""
    from peerkeeper_cli.settings_source.pairs import PairsError, pairs  # noqa: PLC0415

    if said["endpoint"] and said["profile"]:
        raise typer.BadParameter(
            "--endpoint is the local cloud, --profile is AWS: name one of them"
        )
    if said["account"] and not said["role_name"]:
        raise typer.BadParameter("--account goes with --role-name, the role to assume there")
    try:
        given = pairs(said["given"] or [], "--set")
    except PairsError as error:
        raise typer.BadParameter(str(error)) from error
    return AskedFor(
        command,
        endpoint=said["endpoint"],
        profiles=tuple(said["profile"] or ()),
        role_name=said["role_name"],
        external_id=said["external_id"],
        accounts=account_ids("--account", said["account"] or ()),
        regions=tuple(said["region"] or ()),
        hub=said["hub"],
        config=said["config"],
        config_env=said["config_env"],
        given=given,
    )
