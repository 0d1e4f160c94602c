"""`peerkeeper doctor`: its options, its exit codes. In: the command line. Out: text, or JSON."""

from __future__ import annotations

import json

import typer

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.commands.reading_options import AsJson, PrintPolicy, reading


@reading("doctor")
def doctor(
    asked: AskedFor,
    *,
    as_json: AsJson = False,
    print_policy: PrintPolicy = False,
) -> None:
    """Say whether the installation works, and how to fix it. Works before a deployment too. Reads only.

    Exit codes: 0 all is well, 3 something fails,
    4 AWS did not say all, 1 an error.
    """
    if print_policy:
        from peerkeeper_cli.reader.allowed_actions import policy  # noqa: PLC0415

        typer.echo(policy("doctor", asked.role_name or ""))
        return
    from peerkeeper_cli.doctor.asking import Asking  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.doctor.examine import examine  # noqa: PLC0415
    from peerkeeper_cli.doctor.open_site import site_of  # noqa: PLC0415
    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415

    where = opened(asked)
    site = site_of(where)
    with Bar("asking") as bar:
        found = examine(site, Asking(where.access, bar), where.said)
    if as_json:
        from peerkeeper_cli.doctor.document import document  # noqa: PLC0415

        typer.echo(json.dumps(document(found), indent=2))
    else:
        from peerkeeper_cli.doctor.show import show  # noqa: PLC0415
        from peerkeeper_cli.page.output import console  # noqa: PLC0415
        from peerkeeper_cli.page.page import Page  # noqa: PLC0415

        show(Page(console()), found)
    if found.exit_code:
        raise typer.Exit(found.exit_code)
