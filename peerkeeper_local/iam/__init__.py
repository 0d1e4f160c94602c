"""IAM's answer to one request, worked out offline.

In: policies as they stand in a template, every reference resolved; a request with its context. Out:
whether it is allowed. Knows the elements and condition operators that our templates use; any other raises
PolicyError rather than being taken for granted. Never reads a template, never calls AWS.

Some libraries read IAM policies offline: policyuniverse, policy-sentry, parliament, cloudsplaining, iam-ape.
They analyse policies and do not answer a request with its condition context. Conditions are missing from
moto's own access control.
"""

from peerkeeper_local.iam.conditions import PolicyError
from peerkeeper_local.iam.decision import (
    Decision,
    allowed_for_principal,
    allowed_on_resource,
    decide,
)
from peerkeeper_local.iam.layers import Layers, Policy, refusal
from peerkeeper_local.iam.put_events import put_events
from peerkeeper_local.iam.request import Request
from peerkeeper_local.iam.role import Role

__all__ = [
    "Decision",
    "Layers",
    "Policy",
    "PolicyError",
    "Request",
    "Role",
    "allowed_for_principal",
    "allowed_on_resource",
    "decide",
    "put_events",
    "refusal",
]
