"""`peerkeeper history`: its options, its exit codes. In: the command line. Out: a timeline, or JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.checked_ids import peering_id
from peerkeeper_cli.commands.reading_options import AsJson, PrintPolicy, reading

if TYPE_CHECKING:
    from peerkeeper_cli.history.past import Past

SPANS = {"h": 3600, "d": 86400, "w": 604800}


@reading("history")
def history(
    asked: AskedFor,
    *,
    peering: Annotated[
        str, typer.Argument(metavar="PEERING", help="The peering connection's id: pcx-...")
    ],
    since: Annotated[
        str, typer.Option(metavar="SPAN", help="How far to look back: 12h, 30d, 8w.")
    ] = "30d",
    as_json: AsJson = False,
    print_policy: PrintPolicy = False,
) -> None:
    """Say what was done to a peering, when, why and by whom, from the functions' logs. Reads only.

    Logs Insights bills what it scans.
    Exit codes: 0 all was read, 4 something could not be read, 1 an error.
    """
    peering_id(peering)
    if print_policy:
        from peerkeeper_cli.reader.allowed_actions import policy  # noqa: PLC0415

        typer.echo(policy("history", asked.role_name or ""))
        return
    past = _past(asked, peering, _seconds(since))
    from peerkeeper_cli.history.timeline import timeline  # noqa: PLC0415 - `--help` need not wait

    entries = timeline(past.lines, peering)
    if as_json:
        from peerkeeper_cli.history.document import document  # noqa: PLC0415

        typer.echo(json.dumps(document(peering, past, entries), indent=2))
    else:
        from peerkeeper_cli.history.show import show  # noqa: PLC0415
        from peerkeeper_cli.page.output import console  # noqa: PLC0415
        from peerkeeper_cli.page.page import Page  # noqa: PLC0415

        show(Page(console()), peering, past, entries)
    if past.unread:
        raise typer.Exit(4)


def _past(asked: AskedFor, peering: str, seconds: float) -> Past:
    """Return what the log says, of a served cloud or of the hub."""
    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.history.local_log import local_past  # noqa: PLC0415
    from peerkeeper_cli.history.log_pages import LogPages  # noqa: PLC0415
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415

    where = opened(asked)
    if where.local_url:
        return local_past(where.local_url, peering, where.now - seconds, where.now)
    account, region = where.access.own.account, asked.hub or where.settings.home_region
    client = where.access.client("logs", account, region)
    with Bar("reading the log") as bar:
        pages = LogPages(client, f"{account}/{region}", bar)
        return pages.read(peering, where.now - seconds, where.now)


def _seconds(said: str) -> float:
    found = re.fullmatch(r"([1-9][0-9]{0,4})([hdw])", said)
    if not found:
        raise typer.BadParameter(f"--since: {said}: write a number and h, d or w, such as 30d")
    return int(found[1]) * float(SPANS[found[2]])
