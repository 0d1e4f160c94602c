"""A local cloud with the hub's stack as template.yaml makes it, and the state machine it defines, running.

The real definition, its substitutions made by the template's own values; the real handlers, each with the
environment and the role of its function. Account Management, which moto lacks, is played here.
"""

import json
import re
import time
from contextlib import ExitStack
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests.state_machine.interpreter import Interpreter, in_motos_grammar
from workbench.cloud import LocalCloud
from workbench.deployment import Deployment
from workbench.deployment.names import Place
from workbench.deployment.resolve import Resolver
from workbench.deployment.template import read_template
from workbench.pump.functions import Functions
from workbench.story.stage import ROOT, SEOUL, TOKYO

HONG_KONG = "ap-east-1"
FLEET = {"FleetSweep": "state-machine", "Regions": f"{HONG_KONG},{TOKYO},{SEOUL}"}
MACHINE = "FleetSweepMachine"


def substituted(resolver, machine):
    """The definition that CloudFormation hands to Step Functions."""
    text = (ROOT / machine["DefinitionUri"]).read_text()
    values = resolver.value(machine["DefinitionSubstitutions"])
    used = set(re.findall(r"\$\{(\w+)\}", text))
    assert used == set(values)
    return re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], text)


class FleetStage:
    """One account in Seoul, where the hub is, in Tokyo, and in Hong Kong, which is not enabled."""

    def __init__(self, parameters=None, environment=None):
        self.parameters = {**FLEET, **(parameters or {})}
        self.environment = environment or {}
        self.cloud = LocalCloud()
        self.enabled = {self.cloud.account: [SEOUL, TOKYO]}
        self.logs = []
        self.asked_regions = []
        self.made = set()
        """Every call of the machine and its functions: (whose, action as IAM spells it, resource)."""
        self._running = ""
        self._machines = set()
        self.crashing = set()
        """Regions whose sweep ends with its process."""
        self.throttled = 0
        """Invocations that Lambda still refuses."""
        self._open = ExitStack()

    def __enter__(self):
        self._open.enter_context(self.cloud)
        self.interpreter = self._open.enter_context(Interpreter(self._invoke, self._as_the_machine))
        self._open.enter_context(patch.object(BaseClient, "_make_api_call", self._account_calls()))
        template = read_template(ROOT / "template.yaml")
        place = Place(self.cloud.account, SEOUL, "peerkeeper")
        self.resolver = Resolver(template, place, self.parameters)
        self.machine = template["Resources"][MACHINE]["Properties"]
        self.hub = Deployment(ROOT).hub(self.cloud.account, SEOUL, self.parameters)
        for function in self.hub.functions:
            function.environment.update(self.environment)
        self.functions = Functions(self.cloud, self.hub)
        self.bucket = self.resolver.value({"Ref": "SweepsBucket"})
        self._deploy()
        return self

    def __exit__(self, *_):
        self._open.close()

    def client(self, service):
        return self.cloud.client(service, SEOUL)

    def _deploy(self):
        where = {"LocationConstraint": SEOUL}
        self.client("s3").create_bucket(Bucket=self.bucket, CreateBucketConfiguration=where)
        for queue in self.hub.queues:
            self.client("sqs").create_queue(QueueName=queue.name)
        bus = self.resolver.value({"Ref": "HubBus"})
        self.client("events").create_event_bus(Name=bus)
        heard = self.client("sqs").create_queue(QueueName="heard")["QueueUrl"]
        pattern = json.dumps({"source": ["peerkeeper"]})
        self.client("events").put_rule(Name="heard", EventBusName=bus, EventPattern=pattern)
        target = {"Id": "heard", "Arn": f"arn:aws:sqs:{SEOUL}:{self.cloud.account}:heard"}
        self.client("events").put_targets(Rule="heard", EventBusName=bus, Targets=[target])
        self.heard = heard
        self.arn = self.client("stepfunctions").create_state_machine(
            name=self.machine["Name"],
            definition=in_motos_grammar(substituted(self.resolver, self.machine)),
            roleArn=self.resolver.value(self.machine["Role"]),
        )["stateMachineArn"]

    def run(self, name="run-1"):
        """One execution, as the schedule starts it; its description once it has ended."""
        (schedule,) = self.hub.schedules
        assert schedule.target_arn == self.arn
        steps = self.client("stepfunctions")
        execution = steps.start_execution(
            stateMachineArn=self.arn, name=name, input=schedule.input
        )["executionArn"]
        for _ in range(1200):
            ended = steps.describe_execution(executionArn=execution)
            if ended["status"] != "RUNNING":
                return ended
            time.sleep(0.05)
        raise AssertionError("the execution does not end")

    def document(self, key):
        return json.loads(self.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read())

    def events(self):
        """What went over the hub bus from Peerkeeper itself."""
        reply = self.client("sqs").receive_message(QueueUrl=self.heard, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in reply.get("Messages", [])]

    def _as_the_machine(self, service, region):
        role = self.resolver.value(self.machine["Role"])
        client = self.cloud.client(service, region or SEOUL, principal=role)
        self._machines.add(id(client))
        return client

    def _invoke(self, arn, event):
        if self.throttled:
            self.throttled -= 1
            error = {"Code": "TooManyRequestsException", "Message": "Rate Exceeded."}
            meta = {"HTTPStatusCode": 429, "RequestId": "request-1"}
            raise ClientError({"Error": error, "ResponseMetadata": meta}, "Invoke")
        if self.crashing & {at["region"] for at in event.get("locations", []) if type(at) is dict}:
            return {"errorType": "Runtime.ExitError", "errorMessage": "exit status 137"}, True
        (function,) = (one for one in self.hub.functions if one.arn == arn)
        self._running = function.logical_id
        run = self.functions.run(function, event)
        self._running = ""
        self.logs += run.logs
        if run.error:
            kind = run.error.strip().splitlines()[-1].partition(":")[0].rpartition(".")[2]
            return {"errorType": kind, "errorMessage": run.error}, True
        return json.loads(json.dumps(run.reply)), False

    def _account_calls(self):
        made = BaseClient._make_api_call

        def make(client, operation, params):
            service = client.meta.service_model.service_name
            whose = "FleetSweep" if id(client) in self._machines else self._running
            if whose and service != "stepfunctions":  # that is the test, waiting for the end
                self.made.add((whose, *called(service, operation, params)))
            if service != "account":
                return made(client, operation, params)
            assert operation == "ListRegions"
            account = params.get("AccountId", self.cloud.account)
            self.asked_regions.append(account)
            return {"Regions": [{"RegionName": name} for name in self.enabled[account]]}

        return make


def called(service, operation, params):
    """The call as IAM sees it: an action, and for S3 the resource, or the prefix that is listed."""
    if operation == "ListObjectsV2":
        return "s3:ListBucket", params["Prefix"]
    if service == "s3":
        return f"s3:{operation}", f"arn:aws:s3:::{params['Bucket']}/{params['Key']}"
    return f"{service}:{operation}", ""


def deny(stage, region):
    """Every call in this region is refused, as where the role is missing a right."""

    def hook(at, action, _params):
        if at == (stage.cloud.account, region):
            return "UnauthorizedOperation", "You are not authorized to perform this operation."
        return None

    stage.cloud.faults.add(hook)
