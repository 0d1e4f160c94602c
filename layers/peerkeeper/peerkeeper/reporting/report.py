"""What one invocation did, as a value: the log line, the metrics and the reply are made of it.

In: outcomes, findings, hand-offs. Out: `Report`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from peerkeeper.messages.hand_off import HandOff
from peerkeeper.settings import Mode
from peerkeeper.values.changes import Change, to_dict
from peerkeeper.values.connectivity import SideVerdict, reached
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Finding
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Function

MOST_CHARACTERS = 200_000
"""Of a report's lists in one log line: Lambda cuts one of 256 KiB, and a cut line is no JSON."""
MOST_GAPS = 500
"""Gaps of a side in a log line: some 60,000 characters."""
LISTS = ("outcomes", "would", "would_unknown", "findings", "not_carrying", "hand_offs")


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
    """What one invocation saw, did, left as it was and handed on."""

    function: Function
    mode: Mode
    outcomes: tuple[Outcome, ...] = ()
    would: tuple[Change, ...] = ()
    """Not made because of the mode: what is planned, and what would follow from it."""
    would_unknown: tuple[str, ...] = ()
    """What would follow or not, by what was not read."""
    handed_on: tuple[Change, ...] = ()
    """Due, and another function's to make."""
    findings: tuple[Finding, ...] = ()
    awaited: frozenset[tuple[Location, str]] = frozenset()
    """Peerings that this run looked at again since they were provisioning at the look before."""
    verdicts: tuple[SideVerdict, ...] = ()
    """On each of our sides of the live peerings that were looked at."""
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
        looked = reached(self.verdicts)
        return {
            "function": self.function.value,
            "mode": self.mode.value,
            "outcomes": [outcome.to_dict() for outcome in self.outcomes],
            "would": [to_dict(change) for change in self.would],
            "would_unknown": list(self.would_unknown),
            "findings": [finding.to_dict() for finding in self.findings],
            "not_carrying": [one.to_dict() for one in self.verdicts if one.gaps or one.unread],
            "hand_offs": [sent.to_dict() for sent in self.hand_offs],
            "waves": self.waves,
            **({"reaches": looked} if looked else {}),
        }

    def in_parts(self) -> list[dict[str, Any]]:
        """Return the report as plain JSON values in parts that fit a log line each: one, on most days.

        If there are more, each has its number and the totals of all. A side has only
        its first gaps, and the number of the others.
        """
        whole = self.to_dict()
        whole["not_carrying"] = [*map(_logged, whole["not_carrying"])]
        pages: list[dict[str, list[Any]]] = []
        room = 0
        for name in LISTS:
            for item in whole[name]:
                size = len(json.dumps(item)) + 1
                if size > room:
                    pages.append({name: [] for name in LISTS})
                    room = MOST_CHARACTERS
                pages[-1][name].append(item)
                room -= size
        if len(pages) < 2:
            return [whole]
        codes = Counter(finding.code.value for finding in self.findings)
        totals = {
            **{name: len(whole[name]) for name in LISTS},
            "codes": dict(sorted(codes.items())),
        }
        return [
            {**whole, **page, "part": number, "parts": len(pages), "totals": totals}
            for number, page in enumerate(pages, 1)
        ]


def _logged(item: dict[str, Any]) -> dict[str, Any]:
    """Return a side as a log line has room for it: of many gaps, only the first."""
    gaps = item["gaps"]
    if len(gaps) <= MOST_GAPS:
        return item
    return {**item, "gaps": gaps[:MOST_GAPS], "more_gaps": len(gaps) - MOST_GAPS}
