"""How much of one account in one region was read. In: nothing. Out: `Covered`. It needs no AWS library."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How much of a location was read."""

    READ = "read"
    DENIED = "denied"
    UNREAD = "unread"
    """A read failed in another way."""
    NOT_ENABLED = "not enabled"
    """The account has not enabled the region: there is nothing to read."""
    NOT_ASKED = "not asked"
    LEFT_OUT = "left out"
    """The user named other Regions or accounts, and no live peering leads there."""


KNOWN = frozenset({State.READ, State.NOT_ENABLED, State.LEFT_OUT})
"""Where nothing that was asked for is missing."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One account in one region."""

    account: str
    region: str
    """Empty where it is the same for every region of the account."""
    state: State
    words: str = ""
    """What could not be read, what AWS said, and how to fix it."""

    @property
    def location(self) -> str:
        """Account and region, as findings write them."""
        return f"{self.account}/{self.region}" if self.region else self.account

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return asdict(self)
