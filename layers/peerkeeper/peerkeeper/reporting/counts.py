"""What a run counts for alarms and the dashboard: the metrics, as plain values.

In: a report, unreadable messages, failed announcements, drift, repeated writes. Out: counts by the metric's
name. `telemetry` publishes them.
"""

from __future__ import annotations

from peerkeeper.reporting.call_findings import LASTING
from peerkeeper.reporting.drift import Drift
from peerkeeper.reporting.repeated_writes import Repeated
from peerkeeper.reporting.report import Report
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.connectivity import Reaches
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Result
from peerkeeper.values.scope import Function
from peerkeeper.values.tags import Status


def counts_of(
    report: Report, unreadable: tuple[str, ...], untold: tuple[str, ...], drift: Drift
) -> dict[str, int]:
    """Return what is counted of this function's run."""
    return {
        "ChangesApplied": report.count(Result.APPLIED),
        "ChangesFailed": report.count(Result.FAILED),
        "ChangesRefused": report.count(Result.REFUSED),
        "Findings": len(report.findings),
        "HandOffs": len(report.hand_offs),
        "MessagesUnreadable": len(unreadable),
        "AnnouncementsFailed": len(untold) + _notices_failed(report),
        **_own_counts(report, drift),
    }


def counts_of_all(events: int, repeated: tuple[Repeated, ...]) -> dict[str, int]:
    """Return what is counted of all functions together."""
    most = max((one.times for one in repeated), default=0)
    return {"EventsTaken": events, "MostRepeatedWrites": most}


def _own_counts(report: Report, drift: Drift) -> dict[str, int]:
    """Return what only this function counts: each metric costs, and four dimensions are enough."""
    codes = [finding.code.value for finding in report.findings]
    if report.function is Function.SWEEP:
        # The sweep writes nothing: of a route that EC2 refuses it only sees that it is due each time.
        blocked = {
            one.pcx_id
            for one in report.verdicts
            if one.blocked or one.reaches is Reaches.BLOCKED  # a tag says that it should reach
        }
        return {
            "NewDrift": drift.new,
            "AccountsUnreachable": codes.count(Code.UNREACHABLE.value),
            "PeeringsNotCarrying": len(blocked | drift.unrouted),
        }
    if report.function is Function.CLEAN:
        return {"DeletesWithheld": codes.count(Code.BRAKE.value)}
    return {}


def _notices_failed(report: Report) -> int:
    """Return how many notices did not get out: the bus refused them, or the tag cannot be set."""
    return sum(
        isinstance(outcome.change, TagStatus)
        and outcome.change.status is not Status.CLEAR  # that is no notice
        and outcome.result is Result.FAILED
        and (outcome.trouble is None or outcome.trouble.meaning in LASTING)
        for outcome in report.outcomes
    )
