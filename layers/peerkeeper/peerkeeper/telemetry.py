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
from peerkeeper.reporting.counts import counts_of, counts_of_all
from peerkeeper.reporting.drift import Drift
from peerkeeper.reporting.plain_text import plain
from peerkeeper.reporting.repeated_writes import MOST, Repeated
from peerkeeper.reporting.report import Report

NO_DRIFT = Drift()
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
    heard: tuple[str, ...] = (),
    repeated: tuple[Repeated, ...] = (),
    drift: Drift = NO_DRIFT,
) -> None:
    """Log the report, what of the batch could not be read, and what was not announced; count for alarms.

    `events`: messages that EC2 caused itself. `heard`: where they were from. `repeated`: what was written
    now, and how often in an hour, the most first. `drift`: what a sweep found due.
    """
    for fault in unreadable:
        logger.error("message cannot be read", fault=fault[:MOST_FAULT])
    for trouble in untold:
        logger.error("announcement not sent", trouble=trouble[:MOST_FAULT])
    for one in repeated:
        if one.times > MOST:
            logger.warning("written again and again", flap=_flap(one))
    for part in report.in_parts():
        logger.info("reconciled", report=part, heard=heard)
    _flush(counts_of(report, unreadable, untold, drift), function=report.function.value)
    # Of all functions together, so that an alarm needs no sum of metrics of which one may never have been.
    _flush(counts_of_all(events, repeated))


def _flush(counts: dict[str, int], **dimensions: str) -> None:
    for name, value in dimensions.items():
        metrics.add_dimension(name=name, value=value)
    for name, count in counts.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
    metrics.flush_metrics()


def _flap(one: Repeated) -> dict[str, str | int]:
    """Return what a person must know of a thing that is removed again and again; who did it is a hint."""
    said = {
        "location": str(one.written.location),
        "resource": one.written.resource,
        "what": one.written.what,
    }
    if by := one.undone:
        said |= {"call": by.call, "actor": by.actor, "agent": by.agent, "at": by.at}
    return {"times": one.times, **{name: plain(text) for name, text in said.items()}}
