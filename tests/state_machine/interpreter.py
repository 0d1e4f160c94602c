"""Step Functions, as far as the fleet sweep needs it: moto's interpreter, and what its Map lacks.

moto runs every child, but tolerates any number of failures and exports none of the results. Laid over it: a
Map fails once more than its tolerated share of children has failed, starts no further child then, and exports
what became of each, in both cases. Source: Step Functions developer guide, Map state in Distributed
mode, tolerated failure threshold; ResultWriter. Lambda tasks reach `invoke`, in this process. A call by an
SDK integration has its names with a capital, both ways. Source: the same guide, AWS SDK service integrations.
"""

import json
import re
from contextlib import ExitStack
from datetime import datetime
from threading import Condition
from unittest.mock import patch

from moto.core.config import default_user_config
from moto.stepfunctions.parser.api import ExecutionFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import (
    StatesErrorName,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map import state_map
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration import (
    distributed_iteration_component as distributed,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.itemprocessor import (
    distributed_item_processor_worker as worker,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.result_writer.resource_eval import (
    resource_eval_s3 as result_writer,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_aws_sdk as aws_sdk,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.eval.program_state import ProgramError
from moto.stepfunctions.parser.asl.utils import boto_client

from tests.served import HANGS

EXCEEDED = StatesErrorNameType.StatesExceedToleratedFailureThreshold


def in_motos_grammar(definition):
    """The definition with two words spelt as moto's grammar wants them; neither changes what is run.

    It knows no EXPRESS children (which differ in price and in a limit of five minutes), and takes a
    percentage only with a decimal point. It counts real seconds: on a slow machine no task may time out.
    """
    percentage = re.sub(r'("ToleratedFailurePercentage": \d+)(?=[,\s])', r"\1.0", definition)
    percentage = re.sub(r'("TimeoutSeconds":) \d+', r"\1 21600", percentage)
    return percentage.replace('"ExecutionType": "EXPRESS"', '"ExecutionType": "STANDARD"')


class Interpreter:
    """Runs state machines while it is open.

    `invoke(function arn, event)` returns (payload, whether it raised); `client(service, region)` is what
    every other task calls AWS with, as moto's own clients belong to another account. `starts()` is called
    before the first child begins.
    """

    def __init__(self, invoke, client, starts=lambda: None):
        self.invoke = invoke
        self.client = client
        self.starts = starts
        self.children = []
        self.running = self.most_running = 0
        self.lost = set()
        """Regions whose children are missing in what ResultWriter writes."""
        self.together = 1
        """Children of a Map that must have run at once before the first of them goes on."""
        self._lock = Condition()
        self._open = ExitStack()

    def __enter__(self):
        self._eval_job = worker.DistributedItemProcessorWorker._eval_job
        self._eval_input = worker.DistributedItemProcessorWorker._eval_input
        self._map_run = distributed.DistributedIterationComponent._map_run
        self._map_state = state_map.StateMap._eval_execution
        self._sdk_call = aws_sdk.StateTaskServiceAwsSdk._eval_service_task
        ours = (
            (worker.DistributedItemProcessorWorker, "_eval_job", self.child()),
            (worker.DistributedItemProcessorWorker, "_eval_input", self.given()),
            (distributed.DistributedIterationComponent, "_map_run", self.run_children()),
            (state_map.StateMap, "_eval_execution", self.map_state()),
            (aws_sdk.StateTaskServiceAwsSdk, "_eval_service_task", self.sdk_call()),
            (result_writer.ResourceEvalS3, "_handle_put_object", staticmethod(self.export())),
            (boto_client.boto3, "client", self.aws_client),
            (lambda_eval_utils, "_invoke_lambda_function", self.invoke_task),
        )
        for owner, name, stand_in in ours:
            self._open.enter_context(patch.object(owner, name, stand_in))
        run = {"stepfunctions": {"execute_state_machine": True}}
        self._open.enter_context(patch.dict(default_user_config, run))
        return self

    def __exit__(self, *_):
        self._open.close()

    def aws_client(self, *, service_name, region_name, **_):
        return self.client(service_name, region_name)

    def invoke_task(self, parameters, region, state_credentials):
        with self._lock:  # one process plays all functions: one after the other
            payload, raised = self.invoke(
                parameters["FunctionName"], json.loads(parameters["Payload"])
            )
        kind = {"FunctionError": "Unhandled"} if raised else {}
        return {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": payload, **kind}

    def sdk_call(self):
        def eval_service_task(own, env, resource_runtime_part, normalised_parameters, **rest):
            named = {name[0].lower() + name[1:]: it for name, it in normalised_parameters.items()}
            self._sdk_call(own, env, resource_runtime_part, named, **rest)
            env.stack.append(_capitals(env.stack.pop()))

        return eval_service_task

    def given(self):
        """Keep what the ItemSelector made of an item: the child's input."""

        def eval_input(own, env_frame):
            self._eval_input(own, env_frame)
            own.given = env_frame.states.get_input()

        return eval_input

    def child(self):
        """One child execution: what it was given, and how it ended."""

        def eval_job(own, env, job):
            record = own._map_run_record
            with self._lock:
                pending = _exceeded(record, self.children)
                self.running += not pending
                self.most_running = max(self.most_running, self.running)
                self._lock.notify_all()
                if not pending:
                    self._lock.wait_for(lambda: self.most_running >= self.together, HANGS)
            if pending:
                self.children.append({"kind": "PENDING", "Input": _input(own, env, job)})
                return
            self._eval_job(own, env, job)
            state = env.program_state()
            child = {"kind": "SUCCEEDED", "Input": json.dumps(own.given)}
            if isinstance(state, ProgramError):
                error = state.error or {}
                child |= {"kind": "FAILED", "Error": error.get("error")}
                child |= {"Cause": error.get("cause")}
            else:
                child["Output"] = json.dumps(job.job_output)
            with self._lock:
                self.running -= 1
                self.children.append(child)

        return eval_job

    def run_children(self):
        def map_run(own, env, eval_input):
            record, items = eval_input.map_run_record, env.stack[-1]
            record.total = len(items)
            self.children.clear()
            self.starts()
            self._map_run(own, env, eval_input)
            if _exceeded(record, self.children):
                env.stack.pop()
                raise FailureEventException(_too_many_failed(env))

        return map_run

    def map_state(self):
        def eval_execution(own, env):
            try:
                self._map_state(own, env)
            except FailureEventException:
                if own.result_writer and self.children:
                    env.stack.append([])
                    own.result_writer.eval(env)
                    env.stack.pop()
                raise

        return eval_execution

    def export(self):
        """Write what ResultWriter does: a manifest, and a file for each kind of end."""

        def put_object(env, resource_runtime_part, state_credentials):
            parameters = env.stack.pop()
            env.stack.pop()
            s3 = result_writer.ResourceEvalS3._get_s3_client(
                resource_runtime_part=resource_runtime_part, state_credentials=state_credentials
            )
            arn = env.map_run_record_pool_manager.get_all().pop().map_run_arn
            bucket = parameters["Bucket"]
            folder = f"{parameters['Prefix'].rstrip('/')}/{arn.rpartition(':')[2]}"
            files = {}
            for kind in ("FAILED", "PENDING", "SUCCEEDED"):
                written = [one for one in self.children if not _regions(one) & self.lost]
                listed = [_exported(kind, one) for one in written if one["kind"] == kind]
                body, key = json.dumps(listed).encode(), f"{folder}/{kind}_0.json"
                files[kind] = [{"Key": key, "Size": len(body)}] if listed else []
                if listed:
                    s3.put_object(Bucket=bucket, Key=key, Body=body)
            manifest = {"DestinationBucket": bucket, "MapRunArn": arn, "ResultFiles": files}
            key = f"{folder}/manifest.json"
            s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(manifest).encode())
            details = {"Bucket": bucket, "Key": key}
            env.stack.append({"MapRunArn": arn, "ResultWriterDetails": details})

        return put_object


def _capitals(reply):
    """An SDK's reply as Step Functions hands it on: names with a capital, times as text."""
    if isinstance(reply, dict):
        return {name[0].upper() + name[1:]: _capitals(value) for name, value in reply.items()}
    if isinstance(reply, list):
        return [_capitals(one) for one in reply]
    return reply.isoformat() if isinstance(reply, datetime) else reply


def _regions(child):
    return {at["region"] for at in json.loads(child["Input"])["locations"]}


def _exceeded(record, children):
    failed = sum(child["kind"] == "FAILED" for child in children)
    return failed * 100 > record.tolerated_failure_percentage * record.total


def _input(own, env, job):
    """The input of a child that is never started."""
    item = worker.ItemData(Index=job.job_index, Value=job.job_input)
    env.states.context_object.context_object_data["Map"] = worker.MapData(Item=item)
    env.states.reset(job.job_input)
    env.stack.append(env.states.get_input())
    own._eval_input(env_frame=env)
    return json.dumps(own.given)


def _too_many_failed(env):
    words = "The specified tolerated failure threshold was exceeded"
    details = ExecutionFailedEventDetails(error=EXCEEDED.to_name(), cause=words)
    return FailureEvent(
        env=env,
        error_name=StatesErrorName(typ=EXCEEDED),
        event_type=HistoryEventType.MapRunFailed,
        event_details=EventDetails(executionFailedEventDetails=details),
    )


def _exported(kind, child):
    """A child execution as it stands in the Map's files, without the metadata that nobody here reads."""
    said = {name: value for name, value in child.items() if name != "kind" and value is not None}
    return {**said, "Status": kind}
