"""AWS::Events::EventBusPolicy. Why: the engine has PutPermission, and no resource type that calls it.

Source: CloudFormation template reference, AWS::Events::EventBusPolicy: its Statement is what
PutPermission puts together.
"""

import json
from typing import Any

from ministack.services import eventbridge
from ministack.services.cloudformation import provisioners

KIND = "AWS::Events::EventBusPolicy"


def create(_logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, Any]]:
    said = properties["Statement"]
    statement = json.loads(said) if isinstance(said, str) else said
    bus, sid = properties.get("EventBusName", "default"), properties["StatementId"]
    wanted = {key: statement.get(key) for key in ("Principal", "Action", "Condition")}
    eventbridge._put_permission({"EventBusName": bus, "StatementId": sid, **wanted})
    return f"{bus}|{sid}", {}


def delete(physical_id: str, _properties: dict[str, Any]) -> None:
    bus, _, sid = physical_id.partition("|")
    eventbridge._remove_permission({"EventBusName": bus, "StatementId": sid})


def update(
    physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str
) -> tuple[str, dict[str, Any]]:
    delete(physical_id, old)
    return create("", new, stack)


def bend() -> None:
    (handlers,) = (
        one
        for one in vars(provisioners).values()
        if isinstance(one, dict) and isinstance(one.get("AWS::CloudWatch::Dashboard"), dict)
    )
    handlers.setdefault(KIND, {"create": create, "update": update, "delete": delete})
