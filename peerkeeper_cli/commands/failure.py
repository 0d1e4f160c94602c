"""How a command says that it failed. In: words. Out: these on stderr, and exit code 1; 130 after Ctrl-C."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

INTERRUPTED = 130


def fail(message: str) -> NoReturn:
    """Say what went wrong, on stderr, and end with exit code 1."""
    from peerkeeper_cli.page.output import console  # noqa: PLC0415 - only a failure needs it

    console(stderr=True).print(message, style="red", highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def interrupted() -> NoReturn:
    """End at once: calls under way are not waited for, and nothing is concluded from them."""
    typer.echo("interrupted: nothing was written, and nothing is concluded", err=True)
    sys.stdout.flush()
    os._exit(INTERRUPTED)
