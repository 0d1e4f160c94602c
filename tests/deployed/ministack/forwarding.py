"""A rule forwards to a bus of another account or region. Why: the engine delivers within one account
and region alone.

    who                                        must allow events:PutEvents
    the role of the rule's target              always
    the bus's policy, to that role             where the bus is another account's

Both are decided by the engine's own IAM. The event keeps the account and region of its origin.
Source: EventBridge User Guide, sending and receiving events between accounts and between regions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ministack.core import iam_evaluator, responses
from ministack.services import eventbridge


@contextmanager
def scope(account: str, region: str) -> Iterator[None]:
    """Go on in another account and region."""
    was = (
        responses._request_account_id.set(account),
        responses._request_region.set(region),
    )
    try:
        yield
    finally:
        responses._request_account_id.reset(was[0])
        responses._request_region.reset(was[1])


def role_of(rule: dict[str, Any], bus: str) -> str:
    """Return the ARN of the role that the rule's target of that ARN names."""
    key = eventbridge._rule_key(rule["Name"], rule.get("EventBusName", "default"))
    (target,) = (one for one in eventbridge._targets.get(key, []) if one["Arn"] == bus)
    return str(target.get("RoleArn", ""))


def allowed(role: str, bus: str, event: dict[str, Any], policy: Any) -> bool:
    """Tell whether the role may put the event there, and the bus of another account lets it."""
    account, name = role.split(":")[4], role.rpartition("/")[2]
    asked = iam_evaluator.EvalContext(
        principal_arn=role,
        principal_type="AssumedRole",
        principal_account=account,
        action="events:PutEvents",
        resource_arn=bus,
        region=bus.split(":")[3],
        service_context={
            "events:source": event["Source"],
            "events:detail-type": event["DetailType"],
            "events:eventbusinvocation": "true",
        },
    )
    own = iam_evaluator._gather_role_policies(name, account)
    if iam_evaluator.evaluate(asked, own).decision != "Allow":
        return False
    if bus.split(":")[4] == account:
        return True
    return bool(iam_evaluator.evaluate_resource_policy(policy, asked).decision == "Allow")


def bend() -> None:
    within = eventbridge._dispatch_to_event_bus

    def anywhere(spec: Any, event: dict[str, Any], rule: dict[str, Any], *more: Any) -> None:
        account, region = responses.get_account_id(), responses.get_region()
        if (spec.account_id, spec.region) == (account, region):
            within(spec, event, rule, *more)
            return
        bus, name = str(spec), spec.resource.partition("/")[2]
        role = role_of(rule, bus)
        with scope(spec.account_id, spec.region):
            there = name in eventbridge._event_buses
            policy = eventbridge._event_bus_policies.get(name)
            if there and allowed(role, bus, event, policy):
                kept = {"Account": account, "Region": event.get("Region", region)}
                eventbridge._dispatch_event({**event, **kept, "EventBusName": name})

    eventbridge._dispatch_to_event_bus = anywhere
