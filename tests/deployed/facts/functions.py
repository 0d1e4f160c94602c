"""Functions, what wakes them and what they run in."""

import json

from tests.deployed.deploy import Deployed, definition
from tests.deployed.facts.sides import Sides, resolved
from tests.deployed.places import ROOT


def function(stack: Deployed, logical_id: str, physical: str) -> Sides:
    found = stack.client("lambda").get_function_configuration(FunctionName=physical)
    ours = stack.ours.function(logical_id)
    shared = stack.template["Globals"]["Function"]
    return {
        "arn": found["FunctionArn"],
        "environment": found["Environment"]["Variables"],
        "handler": found["Handler"],
        "layers": len(found["Layers"]),
        "memory": found["MemorySize"],
        "role": found["Role"],
        "runtime": [found["Runtime"], found["Architectures"]],
        "timeout": found["Timeout"],
    }, {
        "arn": ours.arn,
        "environment": ours.environment,
        "handler": ours.handler,
        "layers": len(ours.layers),
        "memory": ours.memory,
        "role": ours.role_arn,
        "runtime": [shared["Runtime"], shared["Architectures"]],
        "timeout": ours.timeout,
    }


def mapping(stack: Deployed, logical_id: str, physical: str) -> Sides:
    found = stack.client("lambda").get_event_source_mapping(UUID=physical)
    (ours,) = (one for one in stack.ours.mappings if one.queue_arn == found["EventSourceArn"])
    event = logical_id.removeprefix(ours.function)
    said = stack.template["Resources"][ours.function]["Properties"]["Events"][event]["Properties"]
    return {
        "function": found["FunctionArn"],
        "batch": [found["BatchSize"], found.get("MaximumBatchingWindowInSeconds", 0)],
        "item failures": found.get("FunctionResponseTypes") == ["ReportBatchItemFailures"],
        "scaling": found.get("ScalingConfig"),
    }, {
        "function": stack.ours.function(ours.function).arn,
        "batch": [ours.batch_size, ours.window],
        "item failures": ours.reports_item_failures,
        "scaling": stack.resolver.value(said.get("ScalingConfig")),
    }


def invoke_config(stack: Deployed, logical_id: str, _physical: str) -> Sides:
    """SAM makes one of a function's own property, and names it after the function."""
    function = logical_id.removesuffix("EventInvokeConfig")
    name = stack.ours.function(function).name
    found = stack.client("lambda").get_function_event_invoke_config(
        FunctionName=name, Qualifier="$LATEST"
    )
    said = resolved(stack, function)["EventInvokeConfig"]
    destination = said["DestinationConfig"]["OnFailure"]["Destination"]
    kept = ("MaximumEventAgeInSeconds", "MaximumRetryAttempts")
    return {
        **{each: found.get(each) for each in kept},
        "destination": found["DestinationConfig"]["OnFailure"]["Destination"],
    }, {**{each: said.get(each) for each in kept}, "destination": destination}


def state_machine(stack: Deployed, logical_id: str, physical: str) -> Sides:
    found = stack.client("stepfunctions").describe_state_machine(stateMachineArn=physical)
    said = resolved(stack, logical_id)
    text = definition(ROOT / said["DefinitionUri"], said["DefinitionSubstitutions"])
    return (
        {"arn": physical, "role": found["roleArn"], "definition": json.loads(found["definition"])},
        {
            "arn": stack.resolver.value({"Ref": logical_id}),
            "role": said["Role"],
            "definition": json.loads(text),
        },
    )
