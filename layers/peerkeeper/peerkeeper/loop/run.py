"""A run: one invocation's state, from wave to wave.

In: the results of a wave. Out: the reads and the changes of the next. Makes no call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peerkeeper.followups.looks_again import LOOK_AGAIN
from peerkeeper.loop.job import Job
from peerkeeper.loop.update_snapshot import with_observed, with_outcomes
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import Plan, plan
from peerkeeper.reading.what_to_read import peerings_of
from peerkeeper.safety.guard import allowed_by
from peerkeeper.settings import Settings
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    TagStatus,
)
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import By, Describe, Read, missing
from peerkeeper.values.scope import Hint, Scope
from peerkeeper.values.snapshot import Snapshot

TWIN = "VpcPeeringConnectionAlreadyExists"
"""What EC2 says where a live peering joins the same two VPCs. Source: EC2 API reference, error codes."""


@dataclass(slots=True)
class Run:
    """One invocation: what it has seen, asked, planned and tried so far."""

    job: Job
    settings: Settings
    scopes: Sequence[Scope]
    seen: Snapshot
    plan: Plan = field(default_factory=Plan)
    asked: frozenset[Read] = frozenset()
    again: list[Read] = field(default_factory=list)
    tried: dict[Change, Outcome] = field(default_factory=dict)
    late: set[Change] = field(default_factory=set)
    """Changes that were not begun in time."""
    old: set[Change] = field(default_factory=set)
    """The late changes that would have rested on old reads."""
    verdicts: tuple[SideVerdict, ...] = ()
    waves: int = 0
    hints: tuple[Hint, ...] = ()

    def __post_init__(self) -> None:
        self.hints = tuple(sorted({hint for scope in self.scopes for hint in scope.hints}))

    def reads(self) -> list[Read]:
        """Return the reads to make now: those called for and not asked yet, and what to read again."""
        reads = self.job.reads
        if self.asked:
            wanted = reads.follow(self.seen, self.hints, self.settings)
        else:
            wanted = (read for hint in self.hints for read in reads.first(hint))
        fresh = [*missing(wanted, self.asked), *self.again]
        self.asked |= frozenset(fresh)
        self.again = []
        return fresh

    def changes(self) -> list[Change]:
        """Return the changes to make now: this function's own, allowed by the mode, not tried yet.

        The run informs people only at its end, see `notices`.
        """
        return [change for change in self._open() if not isinstance(change, TagStatus)]

    def notices(self) -> list[TagStatus]:
        """Return what to tell people and what to remember on the tags, once all else is done."""
        return [change for change in self._open() if isinstance(change, TagStatus)]

    def _open(self) -> list[Change]:
        return [
            change
            for change in self.plan.changes
            if type(change) in self.job.rights
            and allowed_by(self.settings.mode, change)
            and change not in self.tried
            and change not in self.late
        ]

    def update(self, results: Sequence[Observed | Outcome | None]) -> None:
        """Update what was seen with a wave's results, and plan again."""
        outcomes = [result for result in results if isinstance(result, Outcome)]
        observed = [result for result in results if isinstance(result, Observed)]
        self.seen = with_outcomes(with_observed(self.seen, observed), outcomes)
        self.tried.update({outcome.change: outcome for outcome in outcomes})
        self.again = [read for outcome in outcomes for read in _rereads(outcome)]
        self.plan = plan(self.seen, self.settings, self.job.rules)
        self.waves += 1

    def judge(self) -> None:
        """Judge what each peering carries, once: between waves it would be about what is half done."""
        self.plan, self.verdicts = judged(self.plan, self.seen, self.settings, self.tried.values())

    def told(self, results: Sequence[Observed | Outcome | None]) -> None:
        """Take in the outcomes of the notices that follow from the verdicts."""
        self.tried.update(
            {outcome.change: outcome for outcome in results if isinstance(outcome, Outcome)}
        )
        self.waves += 1


def _rereads(outcome: Outcome) -> Iterator[Read]:
    """Yield the read that shows the present state, where a reply says it differs from what we saw."""
    change, trouble = outcome.change, outcome.trouble
    if trouble and trouble.code == TWIN and isinstance(change, AcceptPeering):
        yield from peerings_of(change.location, change.vpc_id)
    if not trouble or trouble.meaning not in LOOK_AGAIN or outcome.result is Result.APPLIED:
        return
    if isinstance(change, CreateRoute):
        yield Read(change.location, Describe.ROUTE_TABLES, By.ROUTE_TABLE, change.route_table_id)
    if isinstance(change, (AcceptPeering, AllowRemoteDnsResolution)):
        yield Read(change.location, Describe.PEERINGS, By.PEERING, change.pcx_id)
