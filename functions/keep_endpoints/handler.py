"""VPC endpoints that their own tag names: tables of gateway endpoints, private DNS of interface endpoints.

Adds, never removes.
"""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.keep import KeepReads
from peerkeeper.runner import Runner
from peerkeeper.values.scope import Function

RUN = Runner(Job(Function.KEEP, KeepReads(), RULES_OF[Function.KEEP]))


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle an SQS batch or one bare event."""
    return RUN(event, context)
