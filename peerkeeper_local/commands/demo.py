"""`demo`: its options. In: the command line. Out: the story, as it happens."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from peerkeeper_local.commands.options import alone, typed


def demo(
    pace: Annotated[
        float | None,
        typer.Option(
            help="Seconds to rest after each line; 0.05 on a terminal, else 0.", min=0.0, max=5.0
        ),
    ] = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            help="Also show each event and who takes it, hand-offs, every route.",
        ),
    ] = False,
) -> None:
    """Play the whole story on a local cloud, and show each step as it happens."""
    alone()
    from peerkeeper_local.demo import play  # noqa: PLC0415 - moto takes a second; `--help` need not wait

    console = Console()
    with console.status("starting a local cloud"):
        import peerkeeper_local.cloud  # noqa: F401, PLC0415
    rest = 0.05 if console.is_terminal else 0.0
    play(console, rest if pace is None else pace, typed(), verbose=verbose)
