"""The Logger and the Metrics: the one import of Powertools.

In: a report. Out: one log line with all of it, and counts. Tag values and EC2's texts reach the log only
as JSON fields, never as part of a message.
"""

from __future__ import annotations

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from peerkeeper.outcomes import Result
from peerkeeper.report import Report

logger = Logger(service="peerkeeper", name="peerkeeper", use_rfc3339=True)
metrics = Metrics(namespace="Peerkeeper", service="peerkeeper")


def publish(report: Report, unreadable: tuple[str, ...] = ()) -> None:
    """Log the report, and what of the batch could not be read; count what an alarm may stand on."""
    for fault in unreadable:
        logger.error("message cannot be read", fault=fault)
    logger.info("reconciled", report=report.to_dict())
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
