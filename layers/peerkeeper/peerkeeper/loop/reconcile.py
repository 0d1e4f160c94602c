"""The loop: observe, plan, guard, apply, in waves, until nothing is left that may be done now.

In: scopes, settings, and the edge (`Ec2`, `Clock`, `gather`), all handed in. Out: `Report`, and hand-offs
to send. Imports no AWS library.

One wave is every call that can be made now, all at once. It has the reads that the scopes and the snapshot
call for, and the changes that the plan on this snapshot calls for. So one side is written while the other
is still being read; the rules keep silent about what they cannot know yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from peerkeeper.loop.ages import Ages
from peerkeeper.loop.job import Job
from peerkeeper.loop.outside import Ec2, Gather, Task, TimeLeft
from peerkeeper.loop.round_robin import round_robin
from peerkeeper.loop.run import Run
from peerkeeper.loop.run_report import report_of
from peerkeeper.loop.tell_then_remember import tell_all
from peerkeeper.planning.rule_table import JUDGES
from peerkeeper.reporting.report import Report
from peerkeeper.safety.guard import refusal
from peerkeeper.settings import Settings
from peerkeeper.values.changes import AT_ONCE, FRESH, Change, TagStatus
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import Read, grouped
from peerkeeper.values.scope import Scope
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import CUT_OFF, Meaning

MOST_WAVES = 6
"""Two to read, two to write, and two for what only a reply tells; the rest is handed off."""
RESERVE = 45.0
"""Seconds before the deadline in which no call is begun. They are for one call at its slowest (three attempts
of 13 s, see `peerkeeper.aws.clients`), the hand-offs, and the reply."""


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

    `now` in epoch seconds: only the notice before a request expires depends on it. Hand-offs come back in the
    report as not sent; the caller sends them. Raises nothing for trouble with EC2: it is in the report.
    """
    proven = frozenset(key for scope in scopes if scope.proven for key in scope.absent)
    before = frozenset(one for scope in scopes if scope.proven for one in scope.sights)
    acts = frozenset(act for scope in scopes for act in scope.acts)
    seen = Snapshot(absent_before=proven, seen_before=before, tag_acts=acts, now=now)
    run, ages = Run(job, settings, scopes, seen), Ages(clock)
    old: Mapping[Change, frozenset[Read]] = {}
    while run.waves < MOST_WAVES and _wave(run, ages, old, ec2, gather):
        old = ages.old(run.changes, run.seen)
    if clock.remaining() >= RESERVE:
        run.old.update(old)
    run.late.update(run.changes())
    if job.function in JUDGES and (notices := _judged(run, ages, ec2, gather)):
        run.told(_tell(run, notices, ec2, clock, gather))
    return report_of(run)


def _wave(
    run: Run, ages: Ages, old: Mapping[Change, frozenset[Read]], ec2: Ec2, gather: Gather
) -> bool:
    """Make every call that can be made now; tell whether there was any.

    `old`: changes that must wait for reads to be made again, and these reads.
    """
    clock = ages.clock
    began = clock.remaining()
    reads = {*run.reads(), *(read for again in old.values() for read in again)}
    changes = [change for change in run.changes() if change not in old]
    due = clock.remaining()
    # Changes first: they rest on what was just read, and must not queue behind new reads.
    tasks: list[Task] = [
        partial(_change, run, one, ec2, clock, due)
        for one in round_robin(changes, lambda one: (one.location, type(one)))
    ]
    groups = round_robin(grouped(reads), lambda group: (group[0].location, group[0].kind))
    tasks += [partial(_observe, group, ec2, clock) for group in groups]
    if tasks:
        results = gather(tasks)
        run.update(results)
        ages.hear(began, results)
    return bool(tasks)


def _judged(run: Run, ages: Ages, ec2: Ec2, gather: Gather) -> Sequence[TagStatus]:
    """Judge what each peering carries, and return the notices that follow; once more where reads are old.

    A notice waits if one of its reads, made again, failed in passing. A denied one would fail each time.
    """
    run.judge()
    old = ages.old(run.notices, run.seen)
    if not old:
        return run.notices()
    _wave(run, ages, old, ec2, gather)
    run.late.update(run.changes())
    run.judge()
    again = ages.old(run.notices, run.seen)
    still = {one for one, reads in again.items() if any(_fails(run, read) for read in reads)}
    run.old.update(still)
    run.late.update(still)
    return [one for one in run.notices() if one not in still]


def _fails(run: Run, read: Read) -> bool:
    trouble = run.seen.unread.get(read)
    return bool(trouble and trouble.meaning is Meaning.PASSING)


def _tell(
    run: Run, notices: Sequence[TagStatus], ec2: Ec2, clock: TimeLeft, gather: Gather
) -> list[Outcome]:
    """Tell people, each peering by itself or many of a location at once; the guard is asked before."""
    if clock.remaining() < RESERVE:
        run.late.update(notices)
        return []
    said = {one: refusal(one, run.seen, run.settings, run.job.rights) for one in notices}
    refused = [Outcome(one, Result.REFUSED, words) for one, words in said.items() if words]
    told = tell_all(
        [one for one, words in said.items() if not words],
        ec2,
        gather,
        lambda: clock.remaining() >= RESERVE,
    )
    run.late.update(one for one, outcome in told.items() if outcome is None)
    return [*refused, *(outcome for outcome in told.values() if outcome)]


def _observe(reads: tuple[Read, ...], ec2: Ec2, clock: TimeLeft) -> Observed:
    """Answer one group of reads; after the deadline it counts as unread, to be looked at again."""
    if clock.remaining() < RESERVE:
        return Observed(reads, trouble=CUT_OFF)
    return ec2.observe(reads)


def _change(run: Run, change: Change, ec2: Ec2, clock: TimeLeft, due: float) -> Outcome | None:
    """Make one change, the guard asked last; none after the deadline, or too long after it was `due`."""
    left = clock.remaining()
    in_time = left >= RESERVE and not (isinstance(change, AT_ONCE) and due - left > FRESH)
    if in_time and (words := refusal(change, run.seen, run.settings, run.job.rights)):
        return Outcome(change, Result.REFUSED, words)
    outcome = ec2.apply(change) if in_time else None
    if outcome is None:
        run.late.add(change)
    return outcome
