"""The workbench's commands: Peerkeeper on your own machine, without AWS.

In: the command line. Out: text; exit code 0, or 1 where something went wrong, 2 for a wrong command line.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Peerkeeper on your own machine: no AWS account.",
)


@app.callback()
def workbench() -> None:
    """Peerkeeper on your own machine: no AWS account, no network."""


@app.command()
def demo(
    pace: Annotated[
        float | None,
        typer.Option(
            help="Seconds to rest after each line; 0.05 on a terminal, else 0.", min=0.0, max=5.0
        ),
    ] = None,
) -> None:
    """Play the whole story on a local cloud, and show each step as it happens."""
    from workbench.demo import play  # noqa: PLC0415 - moto takes a second; `--help` need not wait

    console = Console()
    with console.status("starting a local cloud"):
        import moto.ec2  # noqa: F401, PLC0415
    play(console, pace if pace is not None else (0.05 if console.is_terminal else 0.0))
