"""Reads template.yaml and spoke.yaml into what they would deploy.

In: the templates, an account, a region, parameters. Out: the functions, queues, rules, event source
mappings, schedules and alarms, every reference resolved. Never deploys, and never names a resource.
"""

from peerkeeper_local.deployment.alarms import Alarm, Metric, Statistic
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
    "Alarm",
    "Deployment",
    "DeploymentError",
    "EventSourceMapping",
    "Function",
    "Metric",
    "Queue",
    "Redrive",
    "Rule",
    "Schedule",
    "Stack",
    "Statistic",
]
