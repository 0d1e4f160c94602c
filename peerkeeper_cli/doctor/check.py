"""One thing that was looked at. In: nothing. Out: `Check`: how it came out, and how to fix it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from peerkeeper.values.ec2 import Location


class Result(StrEnum):
    """How a check came out."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    """AWS did not say."""
    NONE = "-"
    """Does not apply here."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check, in one place."""

    name: str
    result: Result
    where: str
    """account/region, or an account."""
    words: str
    mend: tuple[str, ...] = ()
    """The exact commands that fix it, in their order; words where no command can."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {**asdict(self), "result": self.result.value, "mend": [*self.mend]}


def passed(name: str, where: Location | str, words: str) -> Check:
    """Return a check that holds."""
    return Check(name, Result.PASS, str(where), words)


def failed(name: str, where: Location | str, words: str, *mend: str) -> Check:
    """Return a check that does not hold, and how to fix it."""
    return Check(name, Result.FAIL, str(where), words, mend)


def skipped(name: str, where: Location | str, words: str) -> Check:
    """Return a check that does not apply, and why."""
    return Check(name, Result.NONE, str(where), words)
