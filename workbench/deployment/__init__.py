"""Reads template.yaml and spoke.yaml into what they would deploy.

In: the templates, an account, a region, parameters. Out: the functions, queues, rules, event source
mappings and schedules, every reference resolved. Never deploys, and knows no resource by name.
"""

from workbench.deployment.deployment import Deployment, Stack
from workbench.deployment.resources import (
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
