"""Ids that a user types, looked at before anybody is asked. In: text. Out: the same, or BadParameter."""

from __future__ import annotations

import re
from collections.abc import Sequence

import typer


def peering_id(said: str) -> str:
    """Return a peering connection's id."""
    if not re.fullmatch(r"pcx-(?:[0-9a-f]{8}|[0-9a-f]{17})", said):
        raise typer.BadParameter("a peering connection's id is pcx- and 8 or 17 digits of hex")
    return said


def peering_or_vpc_id(said: str) -> str:
    """Return the id of a peering connection or of a VPC."""
    if not re.fullmatch(r"(?:pcx|vpc)-(?:[0-9a-f]{8}|[0-9a-f]{17})", said):
        raise typer.BadParameter(
            "the id of a peering connection or of a VPC is pcx- or vpc-, and 8 or 17 digits of hex"
        )
    return said


def account_ids(option: str, said: Sequence[str]) -> tuple[str, ...]:
    """Return account ids. `option`: what they were typed for. Raises BadParameter, naming each wrong id."""
    if wrong := [one for one in said if not re.fullmatch(r"[0-9]{12}", one)]:
        raise typer.BadParameter(f"{option}: {', '.join(wrong)}: an account id has 12 digits")
    return tuple(said)
