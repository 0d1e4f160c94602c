"""The end of a run: its last plan, with the verdict on each peering, and the news of it for people.

In: the last plan, the snapshot, settings, outcomes. Out: the plan with the findings and notices that follow
from the verdicts, and the verdicts. Never talks to AWS.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from peerkeeper.planning.connectivity import connectivity
from peerkeeper.planning.gap_findings import diversions, gap_findings
from peerkeeper.planning.plan import Plan
from peerkeeper.planning.status_tag import carrying_tags
from peerkeeper.settings import FurtherLook, Settings
from peerkeeper.values.changes import in_order
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.outcomes import Outcome
from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Snapshot


def judged(
    plan: Plan, seen: Snapshot, settings: Settings, outcomes: Iterable[Outcome] = ()
) -> tuple[Plan, tuple[SideVerdict, ...]]:
    """Return the plan with all that follows from the verdicts, and the verdicts."""
    verdicts = connectivity(seen, settings, plan, outcomes)
    found = {*plan.findings, *gap_findings(verdicts), *diversions(seen, verdicts)}
    if settings.reachability is FurtherLook.REPORT and _asked_what_stops(seen):
        from peerkeeper.planning.side_reach.reach_of_sides import (  # noqa: PLC0415 - only the sweep needs it
            ReachOfSides,
        )

        reach = ReachOfSides(seen, settings, plan, verdicts)
        found.update(reach.findings())
        verdicts = reach.with_reaches()
    tags = [*carrying_tags(seen, verdicts, found)]
    changes = tuple(in_order((*plan.changes, *tags))) if tags else plan.changes
    return replace(plan, changes=changes, findings=tuple(sorted(found))), verdicts


def _asked_what_stops(seen: Snapshot) -> bool:
    """Tell whether this run looked for what stops traffic: `connect_peerings` never does."""
    return any(read.kind is Describe.ACLS for read in (*seen.done, *seen.unread))
