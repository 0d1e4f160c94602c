"""The loop: observe, plan, guard, apply, in waves, until nothing is left that may be done now.

In: scopes, settings, and the edge (`Ec2`, `Clock`, `gather`), all handed in. Out: `Report`, and hand-offs
to send. Imports no AWS library.

One wave is every call that can be made now, all at once: reads that the scopes and what was seen call
for, and changes that the plan on what was seen so far calls for. So one side is written while the other
is still being read; the rules keep silent about what they cannot know yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeAlias

from peerkeeper.followups.ended_run import EndedRun
from peerkeeper.followups.follow_ups import follow_ups
from peerkeeper.followups.looks_again import LOOK_AGAIN
from peerkeeper.loop.foretell import foretell
from peerkeeper.loop.round_robin import round_robin
from peerkeeper.loop.tell_then_remember import Teller, tell_then_remember
from peerkeeper.loop.update_snapshot import with_observed, with_outcomes
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import Plan, plan
from peerkeeper.planning.rule_table import JUDGES, Rule
from peerkeeper.reading import WhatToRead
from peerkeeper.reading.what_to_read import peerings_of
from peerkeeper.reporting.call_findings import call_findings
from peerkeeper.reporting.report import Report, Sent
from peerkeeper.safety.guard import allowed_by, refusal
from peerkeeper.safety.rights import RIGHTS
from peerkeeper.settings import Settings
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    TagStatus,
)
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import By, Describe, Read, grouped, missing
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import CUT_OFF

MOST_WAVES = 6
"""Two to read, two to write, and two for what only a reply tells; the rest is handed off."""
RESERVE = 45.0
"""Seconds before the deadline in which no call is begun: one call at its slowest (three attempts of 13 s,
see `peerkeeper.aws.clients`), the hand-offs, and the reply."""

TWIN = "VpcPeeringConnectionAlreadyExists"
"""What EC2 says where a live peering joins the same two VPCs. Source: EC2 API reference, error codes."""

Task: TypeAlias = Callable[[], Observed | Outcome | None]
Gather: TypeAlias = Callable[[Sequence[Task]], list[Observed | Outcome | None]]


class Observer(Protocol):
    """The edge, for whoever only reads. Trouble comes back as a value, never raised."""

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        """Answer reads that one describe call can answer, to the last page."""


class Ec2(Observer, Teller, Protocol):
    """The edge: carries out one read or one change. Trouble comes back as a value, never raised."""


class TimeLeft(Protocol):
    """Time, handed in: real in Lambda, virtual in a simulator."""

    def remaining(self) -> float:
        """Return the seconds until the deadline."""


@dataclass(frozen=True, slots=True)
class Job:
    """One function's part of the work: how it looks, what it judges."""

    function: Function
    reads: WhatToRead
    rules: tuple[Rule, ...]

    @property
    def rights(self) -> frozenset[type[Change]]:
        """The kinds of change this function may make."""
        return RIGHTS[self.function]


@dataclass(slots=True)
class _Run:
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
    verdicts: tuple[SideVerdict, ...] = ()
    waves: int = 0
    hints: tuple[Hint, ...] = ()

    def __post_init__(self) -> None:
        self.hints = tuple(sorted({hint for scope in self.scopes for hint in scope.hints}))

    def reads(self) -> list[Read]:
        """Return the reads to make now: those called for and not asked yet, and what to read again."""
        if self.asked:
            wanted = [*self.job.reads.follow(self.seen, self.hints, self.settings)]
        else:
            wanted = [read for hint in self.hints for read in self.job.reads.first(hint)]
        fresh = [*missing(wanted, self.asked), *self.again]
        self.asked |= frozenset(fresh)
        self.again = []
        return fresh

    def changes(self) -> list[Change]:
        """Return the changes to make now: this function's own, allowed by the mode, not tried yet."""
        return [
            change
            for change in self.plan.changes
            if type(change) in self.job.rights
            and allowed_by(self.settings.mode, change)
            and change not in self.tried
            and change not in self.late
        ]

    def update(self, results: Sequence[Observed | Outcome | None]) -> None:
        """Update what was seen with a wave's results, and plan anew."""
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
        """Take in what came of the notices that follow from the verdicts."""
        self.tried.update(
            {outcome.change: outcome for outcome in results if isinstance(outcome, Outcome)}
        )
        self.waves += 1


def reconcile(
    scopes: Sequence[Scope],
    settings: Settings,
    ec2: Ec2,
    job: Job,
    *,
    clock: TimeLeft,
    gather: Gather,
    now: float = 0.0,
) -> Report:
    """Bring what the scopes point at to what the tags and settings say; report what was done and left.

    `now` in epoch seconds: only what is told before a request expires hangs on it. Hand-offs come back in the
    report as not sent; whoever calls sends them. Raises nothing for trouble with EC2: it is in the report.
    """
    proven = frozenset(key for scope in scopes if scope.proven for key in scope.absent)
    before = frozenset(one for scope in scopes if scope.proven for one in scope.sights)
    seen = Snapshot(absent_before=proven, seen_before=before, now=now)
    run = _Run(job, settings, scopes, seen)
    while run.waves < MOST_WAVES:
        reads, changes = run.reads(), run.changes()
        # Changes first: they rest on what was just read, and must not queue behind new reads.
        tasks: list[Task] = [
            partial(_change, run, one, ec2, clock)
            for one in round_robin(changes, lambda one: (one.location, type(one)))
        ]
        groups = round_robin(grouped(reads), lambda group: (group[0].location, group[0].kind))
        tasks += [partial(_observe, group, ec2, clock) for group in groups]
        if not tasks:
            break
        run.update(gather(tasks))
    run.late.update(run.changes())
    if job.function in JUDGES:
        run.judge()
        if tags := run.changes():
            run.told(gather([partial(_change, run, one, ec2, clock) for one in tags]))
    return _report(run)


def _observe(reads: tuple[Read, ...], ec2: Ec2, clock: TimeLeft) -> Observed:
    """Answer one group of reads; after the deadline it counts as unread, to be looked at again."""
    if clock.remaining() < RESERVE:
        return Observed(reads, trouble=CUT_OFF)
    return ec2.observe(reads)


def _change(run: _Run, change: Change, ec2: Ec2, clock: TimeLeft) -> Outcome | None:
    """Make one change, the guard asked last; none after the deadline."""
    in_time = clock.remaining() >= RESERVE
    if in_time and (words := refusal(change, run.seen, run.settings, run.job.rights)):
        return Outcome(change, Result.REFUSED, words)
    outcome = _made(change, ec2, clock) if in_time else None
    if outcome is None:
        run.late.add(change)
    return outcome


def _made(change: Change, ec2: Ec2, clock: TimeLeft) -> Outcome | None:
    if isinstance(change, TagStatus):
        return tell_then_remember(change, ec2, lambda: clock.remaining() >= RESERVE)
    return ec2.apply(change)


def _rereads(outcome: Outcome) -> Iterator[Read]:
    """Yield the read that tells what is so, where a reply says it differs from what we saw."""
    change, trouble = outcome.change, outcome.trouble
    if trouble and trouble.code == TWIN and isinstance(change, AcceptPeering):
        yield from peerings_of(change.location, change.vpc_id)
    if not trouble or trouble.meaning not in LOOK_AGAIN or outcome.result is Result.APPLIED:
        return
    if isinstance(change, CreateRoute):
        yield Read(change.location, Describe.ROUTE_TABLES, By.ROUTE_TABLE, change.route_table_id)
    if isinstance(change, (AcceptPeering, AllowRemoteDnsResolution)):
        yield Read(change.location, Describe.PEERINGS, By.PEERING, change.pcx_id)


def _report(run: _Run) -> Report:
    outcomes = tuple(run.tried.values())
    left = follow_ups(
        EndedRun(
            run.job.function,
            run.settings,
            run.scopes,
            run.seen,
            run.plan,
            outcomes,
            frozenset(run.late),
        )
    )
    ahead = foretell(run.plan, run.seen, run.settings, run.job.rules)
    found = {*run.plan.findings, *call_findings(run.seen, outcomes, run.settings), *left.findings}
    return Report(
        run.job.function,
        run.settings.mode,
        outcomes,
        would=ahead.would,
        would_unknown=ahead.unknown,
        handed_on=tuple(
            change
            for change in run.plan.changes
            if allowed_by(run.settings.mode, change) and type(change) not in run.job.rights
        ),
        findings=tuple(sorted(found)),
        verdicts=run.verdicts,
        hand_offs=tuple(Sent(hand_off) for hand_off in left.hand_offs),
        waves=run.waves,
        failed=tuple(sorted(left.failed)),
    )


def with_sent(report: Report, sent: Sequence[Sent]) -> Report:
    """Return the report with what became of its hand-offs, and a finding for each that did not get away."""
    if not sent:
        return report
    unsent = {
        Finding(Code.NOT_SENT, hint.location, one.hand_off.function.value, one.trouble)
        for one in sent
        if one.trouble
        for hint in one.hand_off.scope.hints
    }
    return replace(
        report, hand_offs=tuple(sent), findings=tuple(sorted({*report.findings, *unsent}))
    )
