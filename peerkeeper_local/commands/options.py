"""Options that several commands have, and what each command does first."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from peerkeeper_cli.page.typed import typed_or

Endpoint = Annotated[str, typer.Option(help="Where `serve` listens.")]


def alone() -> None:
    """Forget the shell's AWS profile, which may not exist: moto asks botocore for it at its import."""
    os.environ.pop("AWS_PROFILE", None)


def typed() -> str:
    """Return what the user typed for this program."""
    return typed_or("./peerkeeper")
