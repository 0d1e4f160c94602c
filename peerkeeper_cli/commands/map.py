"""`peerkeeper map`: its options, its exit codes. In: the command line. Out: one HTML file, or Mermaid."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.failure import fail
from peerkeeper_cli.commands.read_the_estate import estate_of
from peerkeeper_cli.commands.reading_options import reading


@reading("map")
def map_(
    asked: AskedFor,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="The file to write. Default: peerkeeper-map.html."
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="What the page is called.")] = "VPC peerings",
    mask_accounts: Annotated[
        bool, typer.Option("--mask-accounts", help="Names in place of account ids, to share it.")
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD", help="Only that account, region or verdict; again for more."),
    ] = None,
    as_mermaid: Annotated[
        bool, typer.Option("--mermaid", help="Mermaid on standard output, for docs.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite FILE even if it is not a map.")
    ] = False,
) -> None:
    """Draw who peers with whom as one HTML file that needs no network. Reads only.

    Exit codes: 0 all carry, 3 something is due or blocked,
    4 something could not be read, 1 an error.
    """
    from peerkeeper_cli.map.made_map import MapWanted, make_map  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.map.only import OnlyError  # noqa: PLC0415
    from peerkeeper_cli.map.private_file import MapFileError, fault_of  # noqa: PLC0415
    from peerkeeper_cli.page.moment import minute  # noqa: PLC0415
    from peerkeeper_cli.peerings.survey import survey  # noqa: PLC0415

    wanted = MapWanted(out, title, mask_accounts, as_mermaid, tuple(only or ()), force)
    try:
        fault_of(wanted.path, force=force)
        found = survey(estate_of(asked))
        at = minute(found.estate.seen.now)
        made = make_map(found.rows, found.vpcs, found.estate.coverage, wanted, at=at)
    except (MapFileError, OnlyError) as error:
        fail(str(error))
    if made.path is None:
        typer.echo(made.text, nl=False)
    for words in made.words:
        typer.echo(words, err=made.path is None)
    for words in made.unread:
        typer.echo(words, err=True)
    if found.exit_code:
        raise typer.Exit(found.exit_code)
