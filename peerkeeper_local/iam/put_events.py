"""One PutEvents, as the policy of a bus sees it.

In: who puts it there, the event's own words, and whether a rule forwards it. Out: the request with its keys.
`events:eventBusInvocation` is true for an event that a rule of another account forwards, and false for a
call of PutEvents. Sources: EventBridge User Guide, IAM policy conditions; Service Authorization Reference,
EventBridge.
"""

from __future__ import annotations

from collections.abc import Mapping

from peerkeeper_local.iam.request import Request


def put_events(
    principal: str, bus: str, kind: tuple[str, str], *, by_rule: bool, organization: str = ""
) -> Request:
    """Return the request. `kind`: source and detail type. `organization`: the principal's, if it has one."""
    source, detail_type = kind
    context: Mapping[str, str | tuple[str, ...]] = {
        "aws:PrincipalArn": principal,
        "events:source": (source,),
        "events:detail-type": (detail_type,),
        "events:eventBusInvocation": str(by_rule).lower(),
        **({"aws:PrincipalOrgID": organization} if organization else {}),
    }
    return Request(principal, "events:PutEvents", bus, context)
