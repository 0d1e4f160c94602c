"""The kinds of policies that a role's request must pass, and which of them says no.

In: policies by kind, a request. Out: why it is refused, as AWS says it; empty where it is allowed.

    some kind denies it explicitly       the first such kind, in this order
    none does, some kind allows nothing  the first such kind, in this order
    each kind that is there allows it    allowed

The order: service control policies, identity-based policies, the permissions boundary. A missing kind
sets no limit. Each service control policy must allow by itself: one stands for one level of the
organization. EC2 does not support resource control policies, so they are left out. Source: IAM User
Guide, policy evaluation logic; troubleshoot access denied error messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.iam.conditions import as_list
from peerkeeper_local.iam.decision import Decision, decide
from peerkeeper_local.iam.request import Request

Policy = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layers:
    """What a request passes: the role's own policies, and all that stands above them."""

    identity: tuple[Policy, ...]
    boundary: Policy | None = None
    controls: tuple[Policy, ...] = ()


def refusal(layers: Layers, request: Request) -> str:
    """Return why the request is refused, as AWS says it; empty where it is allowed."""
    said = [(kind, _decided(policies, request)) for kind, policies in _sets(layers)]
    for kind, decision in said:
        if decision is Decision.DENIED_EXPLICITLY:
            article = "an" if kind[0] in "aeiou" else "a"
            return f"with an explicit deny in {article} {kind}"
    for kind, decision in said:
        if decision is Decision.DENIED:
            return f"because no {kind} allows the {request.action} action"
    return ""


def _sets(layers: Layers) -> Iterable[tuple[str, tuple[Policy, ...]]]:
    """Yield each set of policies of which one must allow, with the name of its kind."""
    yield from (("service control policy", (each,)) for each in layers.controls)
    yield "identity-based policy", layers.identity
    if layers.boundary is not None:
        yield "permissions boundary", (layers.boundary,)


def _decided(policies: Iterable[Policy], request: Request) -> Decision:
    return decide((one for each in policies for one in as_list(each["Statement"])), request)
