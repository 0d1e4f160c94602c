"""Every location on a schedule, or those named: find what no event reported. Writes nothing; hands off."""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.runner import Runner
from peerkeeper.sweep_runner import SweepRunner
from peerkeeper.values.scope import Function

RUN = Runner(Job(Function.SWEEP, SweepReads(), RULES_OF[Function.SWEEP]))
SWEEP = SweepRunner(RUN)


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle one bare event: Scheduler's, or locations that the fleet sweep names."""
    return SWEEP(event, context)
