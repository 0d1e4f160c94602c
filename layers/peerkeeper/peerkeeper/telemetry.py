"""The Logger and the Metrics: the one import of Powertools.

In: a report. Out: its log lines, and counts. Tag values and EC2's texts reach the log only
as JSON fields, never as part of a message.
"""

from __future__ import annotations

import json
from functools import partial

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from peerkeeper import __version__
from peerkeeper.reporting.call_findings import LASTING
from peerkeeper.reporting.report import Report
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Result
from peerkeeper.values.scope import Function

MOST_FAULT = 10_000
"""Characters of one fault in the log: Lambda cuts a line that is too long, and a cut line is no JSON."""

# ASCII only: a lone surrogate cannot be written, and a character that turns or breaks lines misleads.
logger = Logger(
    service="peerkeeper",
    name="peerkeeper",
    version=__version__,
    use_rfc3339=True,
    json_serializer=partial(json.dumps, default=str, separators=(",", ":"), ensure_ascii=True),
)
metrics = Metrics(namespace="Peerkeeper", service="peerkeeper")


def publish(
    report: Report,
    unreadable: tuple[str, ...] = (),
    untold: tuple[str, ...] = (),
    *,
    events: int = 0,
    most_writes: int = 0,
) -> None:
    """Log the report, what of the batch could not be read, and whom nobody could be told; count for alarms.

    `events`: messages that EC2 caused itself. `most_writes`: how often one route was written in an hour.
    """
    for fault in unreadable:
        logger.error("message cannot be read", fault=fault[:MOST_FAULT])
    for trouble in untold:
        logger.error("announcement not sent", trouble=trouble[:MOST_FAULT])
    for part in report.in_parts():
        logger.info("reconciled", report=part)
    counts = {
        "ChangesApplied": report.count(Result.APPLIED),
        "ChangesFailed": report.count(Result.FAILED),
        "ChangesRefused": report.count(Result.REFUSED),
        "Findings": len(report.findings),
        "HandOffs": len(report.hand_offs),
        "MessagesUnreadable": len(unreadable),
        "AnnouncementsFailed": len(untold) + _notices_failed(report),
        **_own_counts(report, events, most_writes),
    }
    metrics.add_dimension(name="function", value=report.function.value)
    for name, count in counts.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
    metrics.flush_metrics()


def _own_counts(report: Report, events: int, most_writes: int) -> dict[str, int]:
    """Return what only this function counts: each metric costs, and four dimensions are enough."""
    codes = [finding.code.value for finding in report.findings]
    if report.function is Function.SWEEP:
        drift = sum(not isinstance(change, TagStatus) for change in report.handed_on)
        return {
            "DriftFound": drift,
            "AccountsUnreachable": codes.count(Code.UNREACHABLE.value),
            "PeeringsNotCarrying": len({one.pcx_id for one in report.verdicts if one.blocked}),
        }
    own = {"EventsTaken": events}
    if report.function is Function.CONNECT:
        own["MostWritesOfOneRoute"] = most_writes
    if report.function is Function.CLEAN:
        own["DeletesWithheld"] = codes.count(Code.BRAKE.value)
    return own


def _notices_failed(report: Report) -> int:
    """Return how many notices nobody was told: the bus refused them, or the tag cannot be set."""
    return sum(
        isinstance(outcome.change, TagStatus)
        and outcome.result is Result.FAILED
        and (outcome.trouble is None or outcome.trouble.meaning in LASTING)
        for outcome in report.outcomes
    )
