"""The command `peerkeeper`: the operator's commands, and a word about those that only a clone has.

In: the command line. Out: text, and an exit code. 0 means success, 1 that nothing can be said, and 2 a wrong
command line. The help of each command names its other codes.
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
from peerkeeper_cli.commands.map import map_
from peerkeeper_cli.commands.only_in_a_clone import add_absent
from peerkeeper_cli.commands.peerings import peerings
from peerkeeper_cli.commands.plan import plan
from peerkeeper_cli.commands.reach import reach
from peerkeeper_cli.commands.teardown import teardown
from peerkeeper_cli.page.output import escape_what_is_not_encoded

INSTALLED = "peerkeeper"
"""What a user types after `pip install`."""
ABOUT = "Hands-off VPC peering on AWS: what Peerkeeper sees and would do. Reads only."


COMMANDS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "plan": (plan, ("--profile network --region eu-west-1", "--config samconfig.toml --markdown")),
    "peerings": (peerings, ("--profile network", "--verdict nothing --verdict partly --json")),
    "map": (map_, ("--profile network", "--mermaid --only eu-west-1 > peerings.mmd")),
    "adopt": (adopt, ("--profile network > tags.sh", "--profile network --format terraform")),
    "explain": (explain, ("pcx-0a1b2c3d4e5f60718 --profile network",)),
    "history": (history, ("pcx-0a1b2c3d4e5f60718 --profile network",)),
    "reach": (
        reach,
        (
            "i-0a1b2c3d4e5f60718 10.2.0.5 tcp/22 --profile network --region eu-west-1",
            "--matrix vpc-0a1b2c3d vpc-0e5f60718a1b2c3d4 tcp/443 --profile network",
        ),
    ),
    "teardown": (
        teardown,
        (
            "vpc-0a1b2c3d4e5f60718 --profile network --profile apps",
            "pcx-0a1b2c3d4e5f60718 --profile network --shell > teardown.sh",
        ),
    ),
    "doctor": (doctor, ("--profile network", "--profile network --profile apps --json")),
}
"""Each command, with what may be typed after it."""


def operator_app(typed: str, about: str = ABOUT) -> typer.Typer:
    """Return the app with the operator's commands; examples begin with `typed`, as the user typed it."""
    app = typer.Typer(no_args_is_help=True)
    app.callback(help=about)(_whole)
    for name, (command, examples) in COMMANDS.items():
        lines = "\n\n".join(f"{typed} {name} {example}" for example in examples)
        app.command(name, epilog=f"Examples:\n\n{lines}")(command)
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
    escape_what_is_not_encoded()
