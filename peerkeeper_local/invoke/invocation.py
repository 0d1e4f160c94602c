"""Choose the functions for an event, and run them.

In: a stage, an event as Lambda gets it (an SQS batch) or as EventBridge has it. Out: replies and reports.
Who gets it is decided by the template: its rules, event source mappings and schedules.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.cloudtrail import Json
from peerkeeper_local.deployment import Deployment, Function, Stack
from peerkeeper_local.pump import FunctionReturned, Step
from peerkeeper_local.pump.buses import Buses, Delivered
from peerkeeper_local.pump.queues import Queues
from peerkeeper_local.pump.workers import Workers
from peerkeeper_local.story import Stage
from peerkeeper_local.story.stage import ROOT


def invoke(stage: Stage, event: object) -> list[dict[str, Any]]:
    """Run every function that takes `event`; return function, reply, report and error of each.

    The function sees the event as it is; a hand-off goes to its queue. Raises InvocationError.
    """
    if not isinstance(event, dict):
        raise InvocationError("an event is a JSON object")
    hub, steps = stage.pump.hub, list[Step]()
    workers = Workers(stage.cloud, hub, Queues(stage.cloud, hub), steps.append)
    for function in takers(hub, event):
        workers.invoke(function, event)
    return [_told(step) for step in steps if isinstance(step, FunctionReturned)]


def takers(hub: Stack, event: Json) -> list[Function]:
    """Return the functions that the template gives `event` to. Raises InvocationError if none."""
    if (
        event.get("peerkeeper") == "sweep"
    ):  # locations by name, as the fleet's state machine gives them
        return [hub.function("Sweep")]
    try:
        arns = _queues(hub, event)
    except (KeyError, TypeError, AttributeError) as error:
        raise InvocationError(
            f"this must be an SQS batch or an EventBridge event: {error}"
        ) from error
    found = [hub.function(each.function) for each in hub.mappings if each.queue_arn in arns]
    if event.get("source") == "aws.scheduler":
        targets = {schedule.target_arn for schedule in hub.schedules}
        found = [function for function in hub.functions if function.arn in targets]
    if not found:
        raise InvocationError(
            "no rule, queue or schedule of template.yaml gives this to a function"
        )
    return found


def _queues(hub: Stack, event: Json) -> set[str]:
    """Return the ARNs of the queues the event came from, or would go to."""
    if "Records" in event:
        return {record["eventSourceARN"] for record in event["Records"]}
    region, deployment = event["region"], Deployment(ROOT)
    away = () if region == hub.region else (deployment.spoke(hub.account, region, hub),)
    hops = Buses(hub, away).route(event)
    return {hop.queue_arn for hop in hops if isinstance(hop, Delivered)}


def _told(step: FunctionReturned) -> dict[str, Any]:
    reports = [line["report"] for line in step.logs if "report" in line]
    report = reports[0] if reports else None
    return {
        "function": step.function,
        "reply": step.reply,
        "report": report,
        "error": step.error,
    }
