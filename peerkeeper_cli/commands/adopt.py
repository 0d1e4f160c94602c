"""`peerkeeper adopt`: its options, its exit codes. In: the command line. Out: commands, JSON or HCL."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.read_the_estate import estate_of, say_unread
from peerkeeper_cli.commands.reading_options import AsJson, reading


class Form(StrEnum):
    """How the tags are written down."""

    AWS = "aws"
    JSON = "json"
    TERRAFORM = "terraform"


@reading("adopt")
def adopt(
    asked: AskedFor,
    *,
    with_changes: Annotated[
        bool,
        typer.Option("--with-changes", help="Adopt peerings as well that would change by it."),
    ] = False,
    widen: Annotated[
        bool,
        typer.Option(
            "--widen", help="Tag VPCs with the VPCs of their peers: fewer tags, which admit more."
        ),
    ] = False,
    form: Annotated[
        Form, typer.Option("--format", metavar="FORM", help="aws, json or terraform.")
    ] = Form.AWS,
    as_json: AsJson = False,
) -> None:
    """Print the tags that make today's routed peerings count as agreed, and admit nothing else. Never writes.

    The tags are checked: the plan is made again as if they were set. In a pipe the output is a shell script.

    Exit codes: 0 nothing to adopt, 3 there are tags to set,
    4 something could not be read, 1 an error.
    """
    from peerkeeper_cli.adopt.adopted_estate import exit_code, look_and_adopt  # noqa: PLC0415

    estate = estate_of(asked)
    found = look_and_adopt(estate, with_changes=with_changes, widen=widen)
    if as_json or form is Form.JSON:
        from peerkeeper_cli.adopt.document import document  # noqa: PLC0415

        typer.echo(json.dumps(document(estate, found), indent=2))
    elif form is Form.TERRAFORM:
        from peerkeeper_cli.adopt.terraform import terraform  # noqa: PLC0415
        from peerkeeper_cli.estate.show import comments  # noqa: PLC0415

        say_unread(estate)
        typer.echo(terraform(found.tags, comments(estate)), nl=False)
    else:
        from peerkeeper_cli.adopt.show import show  # noqa: PLC0415
        from peerkeeper_cli.page.output import console, on_terminal  # noqa: PLC0415
        from peerkeeper_cli.page.page import Page  # noqa: PLC0415

        # A file or a pipe gets a script: only our commands stand in it bare.
        show(Page(console(), before_words="" if on_terminal() else "# "), estate, found, asked)
    if code := exit_code(estate, found):
        raise typer.Exit(code)
