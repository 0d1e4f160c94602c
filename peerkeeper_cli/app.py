"""The command `peerkeeper`: the operator's commands, and a word about those that only a clone has.

In: the command line. Out: text; exit code 0, or 1 where nothing can be said, 2 for a wrong command line; each
command's help names its others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from peerkeeper import __version__

from peerkeeper_cli.commands.adopt import adopt
from peerkeeper_cli.commands.doctor import doctor
from peerkeeper_cli.commands.explain import explain
from peerkeeper_cli.commands.history import history
from peerkeeper_cli.commands.only_in_a_clone import add_absent
from peerkeeper_cli.commands.peerings import peerings
from peerkeeper_cli.commands.plan import plan

INSTALLED = "peerkeeper"
"""What a user types after `pip install`."""
ABOUT = "Hands-off VPC peering on AWS: what Peerkeeper sees and would do. Reads only."


COMMANDS: tuple[tuple[Callable[..., None], *tuple[str, ...]], ...] = (
    (plan, "plan --profile network --region eu-west-1", "plan --config samconfig.toml --markdown"),
    (peerings, "peerings --profile network", "peerings --verdict nothing --verdict partly --json"),
    (adopt, "adopt --profile network > tags.sh", "adopt --profile network --format terraform"),
    (doctor, "doctor --profile network", "doctor --profile network --profile apps --json"),
    (
        history,
        "history pcx-0a1b2c3d4e5f60718 --profile network",
        "history pcx-0a1b2c3d4e5f60718 --profile network --since 8w --json",
    ),
    (explain, "explain pcx-0a1b2c3d4e5f60718 --profile network"),
)
"""Each command, with examples of how it is typed."""


def operator_app(typed: str, about: str = ABOUT) -> typer.Typer:
    """Return the app with the operator's commands; examples begin with `typed`, as the user typed it."""
    app = typer.Typer(no_args_is_help=True)
    app.callback(help=about)(_whole)
    for command, *examples in COMMANDS:
        lines = "\n\n".join(f"{typed} {example}" for example in examples)
        app.command(epilog=f"Examples:\n\n{lines}")(command)
    return app


def main() -> None:
    """Run the installed command."""
    app = operator_app(INSTALLED)
    add_absent(app)
    app(prog_name=INSTALLED)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{INSTALLED} {__version__}")
        raise typer.Exit


def _whole(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and end.", is_eager=True, callback=_say_version
        ),
    ] = False,
) -> None:
    """Stand for the command without a word after it: only the version can be asked of it."""
