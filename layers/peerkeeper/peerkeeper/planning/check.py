"""One test of a decision, as a value: the rules decide by these, and `explain` shows the same ones.

In: nothing. Out: `Check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peerkeeper.values.findings import Code


@dataclass(frozen=True, slots=True)
class Check:
    """A named test: passed, failed, or not known yet (None)."""

    name: str
    passed: bool | None
    code: Code
    """The code of the finding where it fails."""
    words: str
    """What is so; where it failed, also what would make it pass."""


def objections_of(checks: Iterable[Check]) -> list[tuple[Code, str]]:
    """Return (finding code, words) of each test that failed."""
    return [(check.code, check.words) for check in checks if check.passed is False]
