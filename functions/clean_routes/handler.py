"""Peerings that have ended: delete their routes, in both Regions. Removes, never adds."""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.clean import CleanReads
from peerkeeper.runner import Runner
from peerkeeper.values.scope import Function

RUN = Runner(Job(Function.CLEAN, CleanReads(), RULES_OF[Function.CLEAN]))


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle an SQS batch or one bare event."""
    return RUN(event, context)
