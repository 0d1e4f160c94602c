"""A local cloud with the hub's stack as template.yaml makes it, and the state machine it defines, running.

The real definition, its substitutions made by the template's own values; the real handlers, each with the
environment and the role of its function. Account Management, which moto lacks, is played here.
"""

import json
import re
from contextlib import ExitStack
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ClientError
from botocore.session import Session

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.template import read_template
from peerkeeper_local.pump.functions import Functions
from peerkeeper_local.story.stage import EVERYWHERE, ROOT, SEOUL, TOKYO
from tests.served import until
from tests.state_machine.enforced import Enforced
from tests.state_machine.interpreter import Interpreter, in_motos_grammar

HONG_KONG = "ap-east-1"
FLEET = {"FleetSweep": "state-machine", "Regions": f"{HONG_KONG},{TOKYO},{SEOUL}"}
MACHINE = "FleetSweepMachine"
EVERY_REGION = Session().get_available_regions("ec2")
SEVENTEEN = [region for region in EVERY_REGION if region != HONG_KONG][:17]


def substituted(resolver, machine):
    """The definition that CloudFormation hands to Step Functions."""
    text = (ROOT / machine["DefinitionUri"]).read_text()
    values = resolver.value(machine["DefinitionSubstitutions"])
    used = set(re.findall(r"\$\{(\w+)\}", text))
    assert used == set(values)
    return re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], text)


class FleetStage:
    """One account in Seoul, where the hub is, in Tokyo, and in Hong Kong, which is not enabled."""

    def __init__(self, parameters=None, prepare=None):
        """`prepare`: is given the stage before anything is deployed, and returns more parameters."""
        self.parameters = {**FLEET, **EVERYWHERE, **(parameters or {})}
        self.prepare = prepare or (lambda _stage: {})
        self.cloud = LocalCloud()
        self.enabled = {self.cloud.account: [SEOUL, TOKYO]}
        self.logs = []
        self.asked_regions = []
        self.spokes = ()
        """Accounts that hold our roles."""
        self._running = ""
        """The role of the function that runs."""
        self._machines, self._operators = set(), set()
        self.crashing = set()
        """Regions whose sweep ends with its process."""
        self.throttled = 0
        """Invocations that Lambda still refuses."""
        self._open = ExitStack()

    def __enter__(self):
        self._open.enter_context(self.cloud)
        self.interpreter = self._open.enter_context(
            Interpreter(self._as_machine_invokes, self._as_the_machine, self._starts_children)
        )
        self.parameters |= self.prepare(self)
        template = read_template(ROOT / "template.yaml")
        place = Place(self.cloud.account, SEOUL, "peerkeeper")
        self.resolver = Resolver(template, place, self.parameters)
        self.machine = template["Resources"][MACHINE]["Properties"]
        self.hub = Deployment(ROOT).hub(self.cloud.account, SEOUL, self.parameters)
        self.iam = Enforced(self.hub.roles, self.parameters.get("OrganizationId", ""))
        for role in (*self.hub.roles, *self._spoke_roles()):
            self.cloud.authority.add(role)
        self._open.enter_context(patch.object(BaseClient, "_make_api_call", self._account_calls()))
        self.functions = Functions(self.cloud, self.hub)
        self.bucket = self.resolver.value({"Ref": "SweepsBucket"})
        self._deploy()
        return self

    def __exit__(self, *_):
        self._open.close()

    def client(self, service):
        """The operator's."""
        client = self.cloud.client(service, SEOUL)
        self._operators.add(id(client))
        return client

    def _spoke_roles(self):
        given = {**self.parameters, "RoleRegion": SEOUL}
        for account in self.spokes:
            yield from Deployment(ROOT).spoke(account, SEOUL, self.hub, given).roles

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
        self.iam.check(self._role("SweepScheduleRole"), "states:StartExecution", self.arn)
        steps = self.client("stepfunctions")
        execution = steps.start_execution(
            stateMachineArn=self.arn, name=name, input=schedule.input
        )["executionArn"]
        ended = until(lambda: self._described(execution)["status"] != "RUNNING")
        assert ended, "the execution does not end"
        return self._described(execution)

    def document(self, key):
        return json.loads(self.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read())

    def events(self):
        """What went over the hub bus from Peerkeeper itself, and was not read yet."""
        return list(self.messages(self.heard))

    def messages(self, url):
        """The bodies of all messages in a queue, taken out of it."""
        queue, most = self.client("sqs"), {"QueueUrl": url, "MaxNumberOfMessages": 10}
        while taken := queue.receive_message(**most).get("Messages", []):
            for message in taken:
                yield json.loads(message["Body"])
                queue.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def _described(self, execution):
        return self.client("stepfunctions").describe_execution(executionArn=execution)

    def _role(self, logical_id):
        return self.resolver.value({"Ref": logical_id})

    def _as_the_machine(self, service, region):
        role = self.resolver.value(self.machine["Role"])
        client = self.cloud.client(service, region or SEOUL, principal=role)
        self._machines.add(id(client))
        return client

    def _as_machine_invokes(self, arn, event):
        self.iam.check(self._role("FleetSweepRole"), "lambda:InvokeFunction", arn)
        return self._invoke(arn, event)

    def _starts_children(self):
        self.iam.check(self._role("FleetSweepRole"), "states:StartExecution", self.arn)

    def _invoke(self, arn, event):
        if self.throttled:
            self.throttled -= 1
            error = {"Code": "TooManyRequestsException", "Message": "Rate Exceeded."}
            meta = {"HTTPStatusCode": 429, "RequestId": "request-1"}
            raise ClientError({"Error": error, "ResponseMetadata": meta}, "Invoke")
        if self.crashing & {at["region"] for at in event.get("locations", []) if type(at) is dict}:
            return {"errorType": "Runtime.ExitError", "errorMessage": "exit status 137"}, True
        (function,) = (one for one in self.hub.functions if one.arn == arn)
        self._running = function.role_name
        run = self.functions.run(function, event)
        self._running = ""
        self.logs += run.logs
        if run.error:
            kind = run.error.strip().splitlines()[-1].partition(":")[0].rpartition(".")[2]
            return {"errorType": kind, "errorMessage": run.error}, True
        return json.loads(json.dumps(run.reply)), False

    def _region(self, account, name):
        """A region as Account Management tells it: Hong Kong alone can be off."""
        opted = "ENABLED" if name in self.enabled[account] else "DISABLED"
        status = opted if name == HONG_KONG else "ENABLED_BY_DEFAULT"
        return {"RegionName": name, "RegionOptStatus": status}

    def _account_calls(self):
        made = BaseClient._make_api_call

        def make(client, operation, params):
            whose = self._role("FleetSweepRole") if id(client) in self._machines else self._running
            own = id(client) not in self._operators
            if whose and own:
                self.iam.called(whose, client, operation, params)
            if client.meta.service_model.service_name != "account":
                return made(client, operation, params)
            assert operation == "ListRegions"
            account = params.get("AccountId", self.cloud.account)
            self.asked_regions.append(account)
            return {"Regions": [self._region(account, name) for name in EVERY_REGION]}

        return make


def deny(stage, region):
    """Every call in this region is refused, as where the role is missing a right."""

    def hook(at, action, _params):
        if at == (stage.cloud.account, region):
            return "UnauthorizedOperation", "You are not authorized to perform this operation."
        return None

    stage.cloud.outages.add(hook)
