"""Options that several commands have, and what each command does first."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer


class Mode(StrEnum):
    """What the functions may do: template.yaml's parameter Mode."""

    OBSERVE = "observe"
    ADD_ONLY = "add-only"
    FULL = "full"


Endpoint = Annotated[str, typer.Option(help="Where `serve` listens.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for machines.")]


def alone() -> None:
    """Forget the shell's AWS profile: moto asks botocore for it while being imported, and it may be gone."""
    os.environ.pop("AWS_PROFILE", None)


def typed() -> str:
    """Return what the user typed for this program."""
    return os.environ.get("PEERKEEPER_TYPED", "./peerkeeper")
