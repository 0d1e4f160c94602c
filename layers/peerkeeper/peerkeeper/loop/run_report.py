"""What a run reports at its end, and the results of its hand-offs once they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from peerkeeper.followups.ended_run import EndedRun
from peerkeeper.followups.follow_ups import follow_ups
from peerkeeper.loop.foretell import foretell
from peerkeeper.loop.run import Run
from peerkeeper.reporting.call_findings import call_findings
from peerkeeper.reporting.report import Report, Sent
from peerkeeper.safety.guard import allowed_by
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Key


def report_of(run: Run) -> Report:
    """Return the report of a run that has ended; its hand-offs are not sent yet."""
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
            frozenset(run.old),
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
        awaited=_awaited(run),
        verdicts=run.verdicts,
        hand_offs=tuple(Sent(hand_off) for hand_off in left.hand_offs),
        waves=run.waves,
        failed=tuple(sorted(left.failed)),
    )


def _awaited(run: Run) -> frozenset[Key]:
    """Return the peerings that are looked at again: they were provisioning, or had not come."""
    again = (hint for scope in run.scopes if scope.looks for hint in scope.hints)
    return frozenset((hint.location, hint.id) for hint in again if hint.kind == "pcx")


def with_sent(report: Report, sent: Sequence[Sent]) -> Report:
    """Return the report with the results of its hand-offs, and a finding for each that was not sent."""
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
