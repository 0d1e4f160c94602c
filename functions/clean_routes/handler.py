"""Peerings that went: take their routes away, in both regions. Removes, never adds."""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.looks.clean import CleanLook
from peerkeeper.reconcile import Job
from peerkeeper.rules import stale_routes, tag_faults
from peerkeeper.runner import Runner
from peerkeeper.scope import Function

RUN = Runner(Job(Function.CLEAN, CleanLook(), (stale_routes, tag_faults)))


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle an SQS batch or one bare event."""
    return RUN(event, context)
