"""Reads template.yaml and spoke.yaml into what they would deploy.

In: the templates, an account, a region, parameters. Out: the functions, queues, rules, event source
mappings and schedules, every reference resolved. Never deploys, and knows no resource by name.
"""

from peerkeeper_local.deployment.deployment import Deployment, Stack
from peerkeeper_local.deployment.resources import (
    DeploymentError,
    EventSourceMapping,
    Function,
    Queue,
    Redrive,
    Rule,
    Schedule,
)

__all__ = [
    "Deployment",
    "DeploymentError",
    "EventSourceMapping",
    "Function",
    "Queue",
    "Redrive",
    "Rule",
    "Schedule",
    "Stack",
]
