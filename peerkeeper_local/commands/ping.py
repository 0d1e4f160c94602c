"""`ping`: its options and exit codes. In: the command line. Out: the way of a ping and back, hop by hop."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor, ReadError
from peerkeeper_cli.commands.failure import fail, interrupted
from peerkeeper_cli.commands.reading_options import AsJson
from peerkeeper_local.commands.options import Endpoint, alone, typed
from peerkeeper_local.serve.announcement import LISTENS

if TYPE_CHECKING:
    from peerkeeper_cli.reach.reached import Reached
    from peerkeeper_cli.reach.word import Word

END = "an instance, an interface, a private address, or the value of a tag Name"


def ping(
    source: Annotated[str, typer.Argument(metavar="FROM", help=f"Who pings: {END}.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Who answers: the same.")],
    endpoint: Endpoint = LISTENS,
    as_json: AsJson = False,
) -> None:
    """Say whether a host of a served cloud would ping another, and be pinged by it: hop by hop.

    Exit codes, of the way that was asked about: 0 would reach, 3 blocked, 4 unknown, 1 an error.
    """
    alone()
    from peerkeeper_local.ping.hosts import PingError, hosts, refuse_networks  # noqa: PLC0415 - `--help`

    try:
        one, other = hosts(source, target)
    except PingError as error:
        raise typer.BadParameter(str(error)) from error
    try:
        found = _reached(endpoint, one, other)
        if found.there:
            refuse_networks((found.there.source, found.there.target))
    except (ReadError, PingError) as error:
        fail(str(error))
    except KeyboardInterrupt:
        interrupted()
    _show(found, endpoint, as_json=as_json)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _reached(endpoint: str, source: Word, target: Word) -> Reached:
    """Read the served cloud as its operators, and judge. Raises ReadError."""
    from peerkeeper.values.traffic import Protocol, Traffic  # noqa: PLC0415

    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415
    from peerkeeper_cli.reach.asking import Asking  # noqa: PLC0415
    from peerkeeper_cli.reach.reached import reached  # noqa: PLC0415
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415

    where = opened(AskedFor("reach", endpoint=endpoint))
    with Bar("reading") as bar:
        ask = Asking(where.access, bar)
        return reached(source, target, Traffic(Protocol.ICMP), where, ask)


def _show(found: Reached, endpoint: str, *, as_json: bool) -> None:
    """Print both ways as ping does, or what `reach --json` prints."""
    if as_json:
        from peerkeeper_cli.reach.document import document  # noqa: PLC0415

        typer.echo(json.dumps(document(found), indent=2))
        return
    from rich.console import Console  # noqa: PLC0415

    from peerkeeper_cli.page.page import Page  # noqa: PLC0415
    from peerkeeper_local.ping.show import show  # noqa: PLC0415

    console = Console()
    words = ["reach", found.source.text, found.target.text, "icmp", "--endpoint", endpoint]
    more = f"{typed()} {shlex.join(words)}"
    show(Page(console), found, more, plain_signs=not console.encoding.startswith("utf"))
