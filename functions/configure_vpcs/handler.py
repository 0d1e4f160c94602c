"""New VPCs and subnets: DNS attributes, and public IP on launch."""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.looks.configure import ConfigureLook
from peerkeeper.reconcile import Job
from peerkeeper.rules import subnet_public_ip, tag_faults, vpc_dns
from peerkeeper.runner import Runner
from peerkeeper.scope import Function

RUN = Runner(Job(Function.CONFIGURE, ConfigureLook(), (vpc_dns, subnet_public_ip, tag_faults)))


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Handle an SQS batch or one bare event."""
    return RUN(event, context)
