"""Allowed or not.

    a Deny applies    an Allow applies    decision
    yes               any                 denied, explicitly
    no                yes                 allowed
    no                no                  denied

Source: IAM User Guide, policy evaluation logic. Across accounts both sides must allow: the principal's own
policies and the resource's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from peerkeeper_local.iam.conditions import PolicyError, as_list, holds
from peerkeeper_local.iam.request import Request
from peerkeeper_local.iam.wildcards import like, resource_like
from peerkeeper_local.partitions import partition_in

_KNOWN = frozenset({"Sid", "Effect", "Principal", "Action", "Resource", "Condition"})
_TRUST_HAS_NO_RESOURCE = "*"


class Decision(StrEnum):
    """What the policies say of a request."""

    ALLOWED = "allowed"
    DENIED = "denied"
    DENIED_EXPLICITLY = "denied explicitly"


def decide(statements: Iterable[Mapping[str, Any]], request: Request) -> Decision:
    """Return what these statements say. Raises PolicyError for an element that is not known."""
    effects = {one["Effect"] for one in statements if _applies(one, request)}
    if "Deny" in effects:
        return Decision.DENIED_EXPLICITLY
    return Decision.ALLOWED if "Allow" in effects else Decision.DENIED


def allowed_for_principal(policies: Iterable[Mapping[str, Any]], request: Request) -> bool:
    """Tell whether a principal's own policies allow the request."""
    statements = (each for policy in policies for each in as_list(policy["Statement"]))
    return decide(statements, request) is Decision.ALLOWED


def allowed_on_resource(policy: Mapping[str, Any], request: Request) -> bool:
    """Tell whether a resource's policy, or a role's trust, allows the request to this principal."""
    named = [one for one in as_list(policy["Statement"]) if _names(one["Principal"], request)]
    return decide(named, request) is Decision.ALLOWED


def _applies(statement: Mapping[str, Any], request: Request) -> bool:
    if unknown := statement.keys() - _KNOWN:
        raise PolicyError(f"{', '.join(sorted(unknown))} in a statement is not known here")
    if not any(_acts(request.action, one) for one in as_list(statement["Action"])):
        return False
    resources = as_list(statement.get("Resource", _TRUST_HAS_NO_RESOURCE))
    if not any(resource_like(request.resource, one) for one in resources):
        return False
    return holds(statement.get("Condition", {}), request)


def _acts(action: str, pattern: str) -> bool:
    """Tell whether the pattern names the action, in any case. Source: IAM User Guide, action element."""
    return like(action.lower(), pattern.lower())


def _names(principal: str | Mapping[str, Any], request: Request) -> bool:
    """Tell whether the principal element names who asks: itself, its account, its service, or everybody.

    Source: IAM User Guide, principal element: an account's number and its root's ARN are the same.
    """
    if principal == "*":
        return True
    if not isinstance(principal, Mapping):
        raise PolicyError(f"principal {principal!r} is not known here")
    if request.of_a_service:
        return request.principal in as_list(principal.get("Service", []))
    root = f"arn:{partition_in(request.principal)}:iam::{request.account}:root"
    names = {"*", request.principal, request.account, root}
    return any(one in names for one in as_list(principal.get("AWS", [])))
