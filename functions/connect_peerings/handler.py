"""Peering requests, tags, CIDRs, route tables: accept, route both sides, resolve names.

Adds, never removes.
"""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.looks.connect import ConnectLook
from peerkeeper.reconcile import Job
from peerkeeper.rules import (
    acceptance,
    dns_resolution,
    other_side,
    routes,
    stale_routes,
    tag_faults,
    unseen_other_side,
)
from peerkeeper.runner import Runner
from peerkeeper.scope import Function

RULES = (
    acceptance,
    routes,
    dns_resolution,
    stale_routes,
    tag_faults,
    other_side,
    unseen_other_side,
)
RUN = Runner(Job(Function.CONNECT, ConnectLook(), RULES))


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle an SQS batch or one bare event."""
    return RUN(event, context)
