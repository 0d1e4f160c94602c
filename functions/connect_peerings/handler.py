"""Peering requests, tags, CIDRs, route tables: accept, route both sides, resolve names.

Adds, never removes.
"""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.runner import Runner
from peerkeeper.values.scope import Function

RUN = Runner(Job(Function.CONNECT, ConnectReads(), RULES_OF[Function.CONNECT]))


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle an SQS batch or one bare event."""
    return RUN(event, context)
