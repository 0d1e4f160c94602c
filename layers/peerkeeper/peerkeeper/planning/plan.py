"""From a snapshot to a plan: every rule, the news for people, the brake, and an order.

In: Snapshot, Settings, rules. Out: `Plan`. Never talks to AWS.

A property test holds each of these promises:

- The same snapshot in any order gives the same plan.
- Plan and apply, repeated, reach an empty plan.
- Only routes to a peering that has ended are removed.
- Absence proves nothing where a read failed or was never made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from peerkeeper.planning.rule_table import RULES_OF, Rule
from peerkeeper.planning.status_tag import status_tags
from peerkeeper.safety.brake import brake
from peerkeeper.settings import Settings
from peerkeeper.values.changes import Change, in_order, to_dict
from peerkeeper.values.findings import Finding
from peerkeeper.values.scope import Deferral, Function
from peerkeeper.values.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Plan:
    """What should be changed, what a person should know, and what must be looked at again."""

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    deferrals: tuple[Deferral, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to change; a plan without changes is converged."""
        return bool(self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain JSON values, in a stable order."""
        return {
            "changes": [to_dict(change) for change in self.changes],
            "findings": [finding.to_dict() for finding in self.findings],
        }


def plan(
    seen: Snapshot, settings: Settings, rules: Sequence[Rule] = RULES_OF[Function.SWEEP]
) -> Plan:
    """Return the plan for this snapshot: each change, finding and deferral once, in order.

    By default by the sweep's rules: all that hold for a location as a whole.
    """
    findings: list[Finding] = []
    deferrals: set[Deferral] = set()
    changes: list[Change] = []
    for item in chain.from_iterable(rule(seen, settings) for rule in rules):
        if isinstance(item, Finding):
            findings.append(item)
        elif isinstance(item, Deferral):
            deferrals.add(item)
        else:
            changes.append(item)
    changes += status_tags(seen, settings, findings)
    kept, withheld = brake(in_order(changes), seen, settings)
    return Plan(
        changes=kept,
        findings=tuple(sorted({*findings, *withheld})),
        deferrals=tuple(sorted(deferrals, key=lambda item: (item.function, item.hint, item.why))),
    )
