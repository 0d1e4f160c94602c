"""The consent behind a change: which of our tags agreed, and to how much.

In: nothing. Out: `Consent`. `planning.agreement` finds it; the announcements name it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Breadth(StrEnum):
    """What else the same word admits."""

    PEERING = "peering"
    """Only this peering connection."""
    VPC = "vpc"
    """Every peering with that VPC."""
    ACCOUNT = "account"
    """Every peering with that account's VPCs."""
    SELF = "self"
    """Every peering with VPCs of our own account."""


class Consent(NamedTuple):
    """A word in one of our tags."""

    resource: str
    key: str
    word: str
    breadth: Breadth

    def to_dict(self) -> dict[str, str]:
        """Return it as plain JSON values."""
        return {**self._asdict(), "breadth": self.breadth.value}

    def __str__(self) -> str:
        return f"{self.resource} is tagged {self.key}, which says {self.word}"
