"""New VPCs and subnets: DNS attributes, and public IP on launch."""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.loop.job import Job
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.configure import ConfigureReads
from peerkeeper.runner import Runner
from peerkeeper.values.scope import Function

RUN = Runner(Job(Function.CONFIGURE, ConfigureReads(), RULES_OF[Function.CONFIGURE]))


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle an SQS batch or one bare event."""
    return RUN(event, context)
