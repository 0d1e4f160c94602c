"""Every location on a schedule, or those named: find what no event told of. Writes nothing; hands off."""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.looks.sweep import SweepLook
from peerkeeper.reconcile import Job
from peerkeeper.rules import RULES
from peerkeeper.runner import Runner
from peerkeeper.scope import Function
from peerkeeper.sweep_runner import SweepRunner

RUN = Runner(Job(Function.SWEEP, SweepLook(), RULES))
SWEEP = SweepRunner(RUN)


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle one bare event: Scheduler's, or locations that the fleet sweep names."""
    return SWEEP(event, context)
