"""The loop: observe, plan, guard, apply, in waves, until nothing is left that may be done now.

In: scopes, settings, and the edge (`Ec2`, `Clock`, `gather`), all handed in. Out: `Report`, and hand-offs
to send. Imports no AWS library.

One wave is every call that can be made now, all at once. It has the reads that the scopes and the snapshot
call for, and the changes that the plan on this snapshot calls for. So one side is written while the other
is still being read; the rules keep silent about what they cannot know yet.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import partial

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
from peerkeeper.values.changes import Change, TagStatus
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import Read, grouped
from peerkeeper.values.scope import Scope
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.trouble import CUT_OFF

MOST_WAVES = 6
"""Two to read, two to write, and two for what only a reply tells; the rest is handed off."""
TO_START_AGAIN = 4
"""Waves that a run needs from its start to its writes and what they tell."""
OLD = 5.0
"""Seconds that a wave may take, if changes are to rest on what was read before it. Calls that time out take
half a minute. Meanwhile a consent may have been withdrawn, and after that a new peering requested."""
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
    run = Run(job, settings, scopes, seen)
    _waves(run, ec2, clock, gather)
    run.late.update(run.changes())
    if job.function in JUDGES:
        run.judge()
        if notices := run.notices():
            run.told(_tell(run, notices, ec2, clock, gather))
    return report_of(run)


def _waves(run: Run, ec2: Ec2, clock: TimeLeft, gather: Gather) -> None:
    """Make waves until nothing is left that may be done now; what rests on old reads is left over.

    After a wave that took long, a run that has written nothing starts again, if it has changes to make. One
    that has written lets no peering in that it has seen only since.
    """
    known: Set[Key] | None = None  # the peerings seen before such a wave
    while run.waves < MOST_WAVES and (tasks := _tasks(run, ec2, clock)):
        left, before = clock.remaining(), run.seen.peerings
        run.update(gather(tasks))
        if left - clock.remaining() > OLD and known is None:
            known = before.keys()
        if known is None:
            continue
        if run.tried:
            run.late.update(run.changes_of_others(known))
        elif run.changes():
            if run.waves + TO_START_AGAIN > MOST_WAVES:
                return  # what is open is handed off, to a run that reads it all
            run.start_again()
            known = None


def _tasks(run: Run, ec2: Ec2, clock: TimeLeft) -> list[Task]:
    """Return the calls of the next wave, changes first: they must not queue behind new reads."""
    reads, changes = run.reads(), run.changes()
    tasks: list[Task] = [
        partial(_change, run, one, ec2, clock)
        for one in round_robin(changes, lambda one: (one.location, type(one)))
    ]
    groups = round_robin(grouped(reads), lambda group: (group[0].location, group[0].kind))
    return tasks + [partial(_observe, group, ec2, clock) for group in groups]


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


def _change(run: Run, change: Change, ec2: Ec2, clock: TimeLeft) -> Outcome | None:
    """Make one change, the guard asked last; none after the deadline."""
    in_time = clock.remaining() >= RESERVE
    if in_time and (words := refusal(change, run.seen, run.settings, run.job.rights)):
        return Outcome(change, Result.REFUSED, words)
    outcome = ec2.apply(change) if in_time else None
    if outcome is None:
        run.late.add(change)
    return outcome
