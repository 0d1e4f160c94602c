"""One reader a resource type: a resource's properties in, a value out.

Defaults are CloudFormation's own. What would change how events travel and is not understood is an error.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.resources import (
    DeploymentError,
    EventSourceMapping,
    Function,
    Queue,
    Redrive,
    Rule,
    Schedule,
    Transformer,
)
from peerkeeper_local.iam import Role

_REWRITES = ("Input",)


def read_function(
    logical_id: str,
    properties: Mapping[str, Any],
    resolver: Resolver,
    *,
    shared: Mapping[str, Any],
    layers: Mapping[str, Path],
    root: Path,
) -> Function:
    """Return the function; what it does not say itself, Globals (`shared`) say.

    Source: SAM developer guide, Globals: maps are merged, lists joined.
    """
    said = {**shared, **properties}
    own_layers = [*shared.get("Layers", []), *properties.get("Layers", [])]
    return Function(
        logical_id=logical_id,
        name=resolver.value({"Ref": logical_id}),
        arn=resolver.value({"Fn::GetAtt": [logical_id, "Arn"]}),
        folder=root / said["CodeUri"],
        handler=said["Handler"],
        layers=tuple(layers[one["Ref"]] for one in own_layers),
        role_arn=resolver.value(said["Role"]),
        timeout=int(said.get("Timeout", 3)),
        memory=int(said.get("MemorySize", 128)),
        environment=_variables(shared, resolver) | _variables(properties, resolver),
    )


def read_bus(logical_id: str, resolver: Resolver) -> tuple[str, str]:
    """Return the event bus's name and ARN."""
    arn = resolver.value({"Fn::GetAtt": [logical_id, "Arn"]})
    return resolver.value({"Ref": logical_id}), arn


def read_queue(logical_id: str, properties: Mapping[str, Any], resolver: Resolver) -> Queue:
    """Return the queue."""
    redrive = resolver.value(properties.get("RedrivePolicy"))
    return Queue(
        logical_id=logical_id,
        name=resolver.value({"Fn::GetAtt": [logical_id, "QueueName"]}),
        arn=resolver.value({"Fn::GetAtt": [logical_id, "Arn"]}),
        url=resolver.value({"Ref": logical_id}),
        visibility_timeout=int(properties.get("VisibilityTimeout", 30)),
        delay=int(properties.get("DelaySeconds", 0)),
        retention=int(properties.get("MessageRetentionPeriod", 345600)),
        redrive=Redrive(redrive["deadLetterTargetArn"], int(redrive["maxReceiveCount"]))
        if redrive
        else None,
    )


def read_rule(logical_id: str, properties: Mapping[str, Any], resolver: Resolver) -> Rule:
    """Return the rule. Raises DeploymentError if a target rewrites the event in a way not known here."""
    targets = resolver.value(properties.get("Targets", []))
    for target in targets:
        if rewritten := [key for key in _REWRITES if key in target]:
            raise DeploymentError(f"{logical_id}: {rewritten[0]} of a target is not known here")
    return Rule(
        logical_id=logical_id,
        name=resolver.value({"Ref": logical_id}),
        bus=resolver.value(properties.get("EventBusName", "default")).rpartition("/")[2],
        pattern=resolver.value(properties["EventPattern"]),
        targets=tuple(target["Arn"] for target in targets),
        enabled=properties.get("State", "ENABLED") != "DISABLED",
        role_arns=tuple(target.get("RoleArn", "") for target in targets),
        transformers={
            target["Arn"]: Transformer(said["InputPathsMap"], said["InputTemplate"])
            for target in targets
            if (said := target.get("InputTransformer"))
        },
        parts={target["Arn"]: path for target in targets if (path := target.get("InputPath"))},
        dead_letters={
            target["Arn"]: said["Arn"]
            for target in targets
            if (said := target.get("DeadLetterConfig"))
        },
    )


def read_role(logical_id: str, properties: Mapping[str, Any], resolver: Resolver) -> Role:
    """Return the role with its trust and its inline policies."""
    policies = resolver.value(properties.get("Policies", []))
    return Role(
        name=resolver.value({"Ref": logical_id}),
        arn=resolver.value({"Fn::GetAtt": [logical_id, "Arn"]}),
        trust=resolver.value(properties.get("AssumeRolePolicyDocument", {"Statement": []})),
        policies=tuple(policy["PolicyDocument"] for policy in policies),
        boundary=resolver.value(properties).get("PermissionsBoundary", ""),
    )


def read_bus_policy(properties: Mapping[str, Any], resolver: Resolver) -> dict[str, Any]:
    """Return one statement of a bus's policy."""
    statement: dict[str, Any] = resolver.value(properties["Statement"])
    return statement


def read_mappings(
    logical_id: str, properties: Mapping[str, Any], resolver: Resolver
) -> Iterator[EventSourceMapping]:
    """Yield the function's event source mappings. Raises DeploymentError for other events."""
    for name, event in properties.get("Events", {}).items():
        if event["Type"] != "SQS":
            raise DeploymentError(f"{logical_id}: event {name} is no SQS event")
        said = resolver.value(event["Properties"])
        yield EventSourceMapping(
            function=logical_id,
            queue_arn=said["Queue"],
            batch_size=int(said.get("BatchSize", 10)),
            window=int(said.get("MaximumBatchingWindowInSeconds", 0)),
            reports_item_failures="ReportBatchItemFailures"
            in said.get("FunctionResponseTypes", []),
            maximum_concurrency=said.get("ScalingConfig", {}).get("MaximumConcurrency"),
        )


def read_schedule(logical_id: str, properties: Mapping[str, Any], resolver: Resolver) -> Schedule:
    """Return the schedule."""
    target = resolver.value(properties["Target"])
    return Schedule(
        name=resolver.value({"Ref": logical_id}),
        arn=resolver.value({"Fn::GetAtt": [logical_id, "Arn"]}),
        expression=resolver.value(properties["ScheduleExpression"]),
        target_arn=target["Arn"],
        input=target.get("Input"),
    )


def _variables(properties: Mapping[str, Any], resolver: Resolver) -> dict[str, str]:
    variables = properties.get("Environment", {}).get("Variables", {})
    return {name: str(resolver.value(value)) for name, value in variables.items()}
