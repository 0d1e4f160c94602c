"""Buses, rules and schedules."""

import json

from tests.deployed.deploy import Deployed
from tests.deployed.facts.sides import Sides, resolved


def bus(stack: Deployed, logical_id: str, physical: str) -> Sides:
    found = stack.client("events").describe_event_bus(Name=physical)
    said = json.loads(found.get("Policy") or '{"Statement": []}')["Statement"]
    statements = [{k: v for k, v in one.items() if k != "Sid"} for one in said]
    name = stack.resolver.value({"Ref": logical_id})
    return (
        {"arn": found["Arn"], "name": found["Name"], "policy": statements},
        {"arn": stack.ours.buses[name], "name": name, "policy": list(stack.ours.bus_policy)},
    )


def rule(stack: Deployed, logical_id: str, _physical: str) -> Sides:
    events = stack.client("events")
    (ours,) = (one for one in stack.ours.rules if one.logical_id == logical_id)
    found = events.describe_rule(Name=ours.name, EventBusName=ours.bus)
    targets = events.list_targets_by_rule(Rule=ours.name, EventBusName=ours.bus)["Targets"]
    transformed = {t["Arn"]: t["InputTransformer"] for t in targets if "InputTransformer" in t}
    said = resolved(stack, logical_id)["Targets"]
    kept = ("Arn", "Id", "RoleArn", "RetryPolicy", "DeadLetterConfig")
    return {
        "arn and bus": [found["Name"], found["EventBusName"]],
        "pattern": json.loads(found["EventPattern"]),
        "enabled": found["State"] == "ENABLED",
        "targets": [t["Arn"] for t in targets],
        "roles": [t.get("RoleArn", "") for t in targets],
        "deliveries": [{k: t[k] for k in kept if k in t} for t in targets],
        "transformers": {
            arn: [one["InputPathsMap"], one["InputTemplate"]] for arn, one in transformed.items()
        },
        "parts": {t["Arn"]: t["InputPath"] for t in targets if t.get("InputPath")},
    }, {
        "arn and bus": [ours.name, ours.bus],
        "pattern": ours.pattern,
        "enabled": ours.enabled,
        "targets": list(ours.targets),
        "roles": list(ours.role_arns),
        "deliveries": [{k: t[k] for k in kept if k in t} for t in said],
        "transformers": {
            arn: [dict(one.paths), one.template] for arn, one in ours.transformers.items()
        },
        "parts": ours.parts,
    }


def schedule(stack: Deployed, logical_id: str, physical: str) -> Sides:
    name = physical.rpartition("/")[2]
    found = stack.client("scheduler").get_schedule(Name=name)
    (ours,) = stack.ours.schedules
    said = resolved(stack, logical_id)
    return {
        "arn": found["Arn"],
        "expression": found["ScheduleExpression"],
        "target": found["Target"],
        "window": found["FlexibleTimeWindow"],
        "input": found["Target"].get("Input"),
        "what is started": found["Target"]["Arn"],
    }, {
        "arn": ours.arn,
        "expression": ours.expression,
        "target": said["Target"],
        "window": said["FlexibleTimeWindow"],
        "input": ours.input,
        "what is started": ours.target_arn,
    }
