"""What one invocation did, as a value: the log line, the metrics and the reply are made of it.

In: outcomes, findings, hand-offs. Out: `Report`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peerkeeper.changes import Change, to_dict
from peerkeeper.findings import Finding
from peerkeeper.handoff import HandOff
from peerkeeper.outcomes import Outcome, Result
from peerkeeper.scope import Function
from peerkeeper.settings import Mode


@dataclass(frozen=True, slots=True)
class Sent:
    """A hand-off, and whether it got away."""

    hand_off: HandOff
    trouble: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        plain = {**self.hand_off.to_dict(), "delay": self.hand_off.delay}
        return {**plain, "not_sent": self.trouble} if self.trouble else plain


@dataclass(frozen=True, slots=True)
class Report:
    """What one invocation saw, did, left alone and handed on."""

    function: Function
    mode: Mode
    outcomes: tuple[Outcome, ...] = ()
    would: tuple[Change, ...] = ()
    """Planned, and not made because of the mode."""
    handed_on: tuple[Change, ...] = ()
    """Due, and another function's to make."""
    findings: tuple[Finding, ...] = ()
    hand_offs: tuple[Sent, ...] = ()
    waves: int = 0
    """Sequential waves of EC2 calls."""
    failed: tuple[int, ...] = ()
    """Indices of the scopes whose messages must come again."""

    def count(self, result: Result) -> int:
        """Return how many changes ended so."""
        return sum(outcome.result is result for outcome in self.outcomes)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values, in a stable order."""
        return {
            "function": self.function.value,
            "mode": self.mode.value,
            "outcomes": [outcome.to_dict() for outcome in self.outcomes],
            "would": [to_dict(change) for change in self.would],
            "findings": [finding.to_dict() for finding in self.findings],
            "hand_offs": [sent.to_dict() for sent in self.hand_offs],
            "waves": self.waves,
        }
