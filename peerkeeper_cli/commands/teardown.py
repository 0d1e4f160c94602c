"""`peerkeeper teardown`: its options, its exit codes. In: the command line. Out: text, JSON or a script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.checked_ids import peering_or_vpc_id
from peerkeeper_cli.commands.reading_options import AsJson, PrintPolicy, reading

if TYPE_CHECKING:
    from peerkeeper_cli.estate.opened import Opened
    from peerkeeper_cli.teardown.order.teardown import Teardown


@reading("teardown")
def teardown(
    asked: AskedFor,
    target: Annotated[
        str,
        typer.Argument(metavar="TARGET", help="A peering connection or a VPC: pcx-... or vpc-..."),
    ],
    *,
    as_json: AsJson = False,
    as_script: Annotated[
        bool, typer.Option("--shell", help="A script for bash that makes the calls.")
    ] = False,
    after: Annotated[
        bool, typer.Option("--after", help="What is left behind, once it was taken apart.")
    ] = False,
    before: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With --after: what --json wrote before. EC2 forgets some of it after a while.",
        ),
    ] = None,
    print_policy: PrintPolicy = False,
) -> None:
    """Print how to take a peering or a VPC apart: steps in order, waits, what is in the way. Reads only.

    Exit codes: 0 nothing is there or left, 3 something is to be done or left,
    4 something could not be read, 1 an error.
    """
    if print_policy:
        from peerkeeper_cli.reader.allowed_actions import policy  # noqa: PLC0415

        typer.echo(policy("teardown", asked.role_name or ""))
        return
    peering_or_vpc_id(target)
    _compatible(as_json=as_json, as_script=as_script, after=after, before=before)
    found, opened = _found(target, asked, before, after=after)
    if after:
        _show_left(found, opened, as_json=as_json)
    else:
        _show(found, opened, as_json=as_json, as_script=as_script)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _compatible(*, as_json: bool, as_script: bool, after: bool, before: Path | None) -> None:
    faults = []
    if as_script and (as_json or after):
        faults.append("--shell is a list to be run: name it without --json and --after")
    if before and not after:
        faults.append("--before goes with --after")
    if faults:
        raise typer.BadParameter("; ".join(faults))


def _found(
    target: str, asked: AskedFor, before: Path | None, *, after: bool
) -> tuple[Teardown, Opened]:
    """Read, and put the steps in order. Raises ReadError."""
    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415
    from peerkeeper_cli.teardown.before import Before  # noqa: PLC0415
    from peerkeeper_cli.teardown.before import before as known  # noqa: PLC0415
    from peerkeeper_cli.teardown.order.teardown import teardown as ordered  # noqa: PLC0415
    from peerkeeper_cli.teardown.reading.read import read  # noqa: PLC0415
    from peerkeeper_cli.teardown.reading.read_after import read_after  # noqa: PLC0415

    told = known(before, target) if before else Before()
    where = opened(asked)
    with Bar("reading") as bar:
        seen = read_after(target, where, bar, told) if after else read(target, where, bar)
    return ordered(seen), where


def _profiles(opened: Opened) -> dict[str, str]:
    """Return the profile of each account that was named by one."""
    logins = opened.access.logins.items()
    said = ((account, one.said.removeprefix("profile ")) for account, one in logins)
    return {account: name for account, name in said if name in opened.asked.profiles}


def _show(found: Teardown, opened: Opened, *, as_json: bool, as_script: bool) -> None:
    from peerkeeper_cli.page.output import console, on_terminal  # noqa: PLC0415
    from peerkeeper_cli.page.page import Page  # noqa: PLC0415
    from peerkeeper_cli.teardown import document, script, show  # noqa: PLC0415

    profiles, now = _profiles(opened), opened.now
    if as_json:
        typer.echo(json.dumps(document.document(found, profiles, now), indent=2))
    elif as_script:
        typer.echo(script.script(found, profiles, now, opened.local_url), nl=False)
    elif on_terminal():
        show.show(Page(console()), found, profiles, now, opened.asked)
    else:
        for line in show.lines(found, profiles):
            typer.echo(line)


def _show_left(found: Teardown, opened: Opened, *, as_json: bool) -> None:
    from peerkeeper_cli.page.output import console, on_terminal  # noqa: PLC0415
    from peerkeeper_cli.page.page import Page  # noqa: PLC0415
    from peerkeeper_cli.teardown import show_left  # noqa: PLC0415

    profiles, now = _profiles(opened), opened.now
    if as_json:
        typer.echo(json.dumps(show_left.document(found, profiles, now), indent=2))
    elif on_terminal():
        show_left.show(Page(console()), found, profiles, now)
    else:
        for line in show_left.lines(found, profiles):
            typer.echo(line)
