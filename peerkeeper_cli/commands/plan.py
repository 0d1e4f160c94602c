"""`peerkeeper plan`: its options, its exit codes. In: the command line. Out: text, JSON, Markdown or HCL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.checked_ids import account_ids
from peerkeeper_cli.commands.mode import Mode
from peerkeeper_cli.commands.read_the_estate import estate_of, say_unread
from peerkeeper_cli.commands.reading_options import AsJson, PrintPolicy, reading


class Format(StrEnum):
    """How the plan is written down."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    TERRAFORM = "terraform"


@reading("plan")
def plan(
    asked: AskedFor,
    *,
    mode: Annotated[
        Mode | None,
        typer.Option(
            help="add-only, full or observe. Default: as the settings say; full for observe."
        ),
    ] = None,
    blocked: Annotated[
        bool, typer.Option("--blocked", help="Only what is open now, worst first.")
    ] = False,
    as_json: AsJson = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Markdown, for a pull request.")
    ] = False,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            metavar="FORM",
            help="text, json, markdown or terraform (for the tables that Terraform owns).",
        ),
    ] = Format.TEXT,
    accept_unknown: Annotated[
        list[str] | None,
        typer.Option(metavar="ACCOUNT", help="An account that may stay unread: for a gate in CI."),
    ] = None,
    print_policy: PrintPolicy = False,
) -> None:
    """Show all that Peerkeeper would do, to the end, before anything is deployed. Reads only.

    Exit codes: 0 nothing is due, 3 something is due or blocked,
    4 something could not be read, 1 an error.
    """
    if print_policy:
        from peerkeeper_cli.reader.allowed_actions import policy  # noqa: PLC0415

        typer.echo(policy("plan", asked.role_name or ""))
        return
    asked = replace(asked, own=_own(mode, accept_unknown or ()))
    written = _form(form, as_json=as_json, as_markdown=as_markdown)
    accepted = account_ids("--accept-unknown", accept_unknown or ())
    from peerkeeper.settings import Mode as SetMode  # noqa: PLC0415 - `--help` need not wait

    from peerkeeper_cli.foresight.look_ahead import look_ahead  # noqa: PLC0415
    from peerkeeper_cli.plan.proposal import proposal  # noqa: PLC0415

    estate = estate_of(asked)
    chosen = SetMode(mode.value) if mode else estate.settings.mode
    found = proposal(estate, look_ahead(estate), chosen, accepted)
    match written:
        case Format.JSON:
            from peerkeeper_cli.plan.document import document  # noqa: PLC0415

            typer.echo(json.dumps(document(found), indent=2))
        case Format.MARKDOWN:
            from peerkeeper_cli.plan.markdown import markdown  # noqa: PLC0415

            typer.echo(markdown(found, asked), nl=False)
        case Format.TERRAFORM:
            from peerkeeper_cli.plan.terraform import terraform  # noqa: PLC0415

            say_unread(estate)
            typer.echo(terraform(found), nl=False)
        case Format.TEXT:
            from peerkeeper_cli.page.output import console  # noqa: PLC0415
            from peerkeeper_cli.page.page import Page  # noqa: PLC0415
            from peerkeeper_cli.plan.show import show, show_open  # noqa: PLC0415

            (show_open if blocked else show)(Page(console()), found, asked)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _own(mode: Mode | None, accept_unknown: Sequence[str]) -> tuple[str, ...]:
    """Return the options of a plan that the next plan needs as well."""
    accepted = [word for account in accept_unknown for word in ("--accept-unknown", account)]
    return (*(("--mode", mode.value) if mode else ()), *accepted)


def _form(form: Format, *, as_json: bool, as_markdown: bool) -> Format:
    said = {form} - {Format.TEXT}
    said |= {Format.JSON} if as_json else set()
    said |= {Format.MARKDOWN} if as_markdown else set()
    if len(said) > 1:
        raise typer.BadParameter(f"{' and '.join(sorted(said))}: name one of them")
    return next(iter(said), Format.TEXT)
