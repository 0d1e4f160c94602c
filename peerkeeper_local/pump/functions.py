"""Lambda, for the functions of a stack.

In: what to invoke a function with. Out: its run. Each function starts cold once and stays warm. Never
decides what a reply means for a queue: `undone` says only which messages it leaves undone.
"""

import json
import uuid
from collections.abc import Sequence

from peerkeeper_local.cloudtrail import Json
from peerkeeper_local.deployment import EventSourceMapping, Function, Schedule, Stack
from peerkeeper_local.pump.execution_environment import ExecutionEnvironment, Run
from peerkeeper_local.pump.needs import Cloud

_REQUESTS = uuid.UUID("0d9a5f1e-52a9-4c3e-8f0d-4b9f8f5b7a10")


class Functions:
    """The functions of one stack."""

    def __init__(self, cloud: Cloud, stack: Stack) -> None:
        self._environments = {
            function.logical_id: ExecutionEnvironment(
                function, stack.region, cloud.environment(function.role_name), cloud.clock.now
            )
            for function in stack.functions
        }
        self._runs = 0

    def run(self, function: Function, event: object) -> Run:
        """Invoke the function."""
        self._runs += 1
        request_id = str(uuid.uuid5(_REQUESTS, str(self._runs)))
        return self._environments[function.logical_id].run(event, request_id)


def undone(run: Run, records: Sequence[Json], mapping: EventSourceMapping) -> set[str]:
    """Return the ids of the messages that stay in the queue, to come again after their time-out.

    All of them if the function raised, or if its reply names what it was not given.
    Source: Lambda developer guide, SQS, reporting batch item failures.
    """
    everything = {record["messageId"] for record in records}
    if run.error is not None:
        return everything
    if not mapping.reports_item_failures or not run.reply:
        return set()
    try:
        failures = run.reply.get("batchItemFailures") or []  # type: ignore[attr-defined]
        named = {failure["itemIdentifier"] for failure in failures}
    except (AttributeError, KeyError, TypeError):
        return everything
    return named if named <= everything else everything


def scheduled_event(schedule: Schedule, stack: Stack, time: str) -> object:
    """Return what the schedule invokes its target with: its input, or Scheduler's own envelope.

    Source: EventBridge Scheduler user guide, universal envelope of a target without input.
    """
    if schedule.input is not None:
        return json.loads(schedule.input)
    return {
        "version": "0",
        "id": str(uuid.uuid5(_REQUESTS, f"{schedule.name}/{time}")),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": stack.account,
        "time": time,
        "region": stack.region,
        "resources": [schedule.arn],
        "detail": "{}",
    }
