"""The Logger and the Metrics: the one import of Powertools.

In: a report. Out: its log lines, and counts. Tag values and EC2's texts reach the log only
as JSON fields, never as part of a message.
"""

from __future__ import annotations

import json
from functools import partial

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from peerkeeper.outcomes import Result
from peerkeeper.report import Report

MOST_FAULT = 10_000
"""Characters of one fault in the log: Lambda cuts a line that is too long, and a cut line is no JSON."""

# ASCII only: a lone surrogate cannot be written, and a character that turns or breaks lines misleads.
logger = Logger(
    service="peerkeeper",
    name="peerkeeper",
    use_rfc3339=True,
    json_serializer=partial(json.dumps, default=str, separators=(",", ":"), ensure_ascii=True),
)
metrics = Metrics(namespace="Peerkeeper", service="peerkeeper")


def publish(report: Report, unreadable: tuple[str, ...] = ()) -> None:
    """Log the report, and what of the batch could not be read; count what an alarm may stand on."""
    for fault in unreadable:
        logger.error("message cannot be read", fault=fault[:MOST_FAULT])
    for part in report.in_parts():
        logger.info("reconciled", report=part)
    counts = {
        "ChangesApplied": report.count(Result.APPLIED),
        "ChangesFailed": report.count(Result.FAILED),
        "ChangesRefused": report.count(Result.REFUSED),
        "Findings": len(report.findings),
        "HandOffs": len(report.hand_offs),
        "MessagesUnreadable": len(unreadable),
    }
    metrics.add_dimension(name="function", value=report.function.value)
    for name, count in counts.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
    metrics.flush_metrics()
