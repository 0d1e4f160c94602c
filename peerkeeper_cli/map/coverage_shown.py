"""What was read of one account in one Region. In: nothing. Out: `Coverage`, `CoverageShown`.

The words are those of the reader's own `State`; the picture knows neither AWS nor how it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Coverage(StrEnum):
    """How much of a place was read."""

    READ = "read"
    DENIED = "denied"
    UNREAD = "unread"
    """A read failed in another way."""
    NOT_ENABLED = "not enabled"
    """The account has not enabled the Region, so that there is nothing to read."""
    NOT_ASKED = "not asked"


WHOLE = frozenset({Coverage.READ, Coverage.NOT_ENABLED})
"""Where nothing is missing."""


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """One account in one Region, and what was read of it."""

    account: str
    region: str
    """Empty where it is the same for every Region of the account."""
    state: Coverage
    words: str = ""
    """Why it was not read, and what would help; empty where it was read."""

    @property
    def location(self) -> str:
        """Account and Region, as findings write them."""
        return f"{self.account}/{self.region}" if self.region else self.account
