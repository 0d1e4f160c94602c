"""What was read of one account in one Region. In: nothing. Out: `Coverage`, `CoverageShown`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Coverage(StrEnum):
    """How much of a place was read."""

    READ = "read"
    PARTLY = "partly read"
    """Some calls were answered, others failed."""
    DENIED = "denied"
    """AWS refused the calls, or gave no credentials for the account."""
    NOT_ASKED = "not asked"
    """A peering names this place, and the command was not told to read it."""


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
