"""Type the commands of a teardown on a cloud of this process. In: a teardown. Out: what was refused.

A command is parsed by the names in botocore's model, so it is the printed text that is run. Waiting moves the
clock. tests/integration/test_teardown_shell.py runs the script itself, with the aws CLI.
"""

import re
import shlex
from typing import Any

import jmespath
from botocore import xform_name
from botocore.exceptions import ClientError

from peerkeeper_cli.teardown.order.step import State, Step
from peerkeeper_cli.teardown.order.teardown import Teardown
from peerkeeper_local.cloud import LocalCloud

LOOKS = 100


class Typed:
    """Somebody who types one command after the other, with the credentials of each account."""

    def __init__(self, cloud: LocalCloud) -> None:
        self.cloud = cloud
        self.done: list[str] = []
        self.gone: list[str] = []
        """What was done already, as the step says by its codes."""

    def all(self, found: Teardown) -> None:
        """Type all commands of a list. Raises ClientError with EC2's refusal."""
        for step in found.steps:
            assert step.state is State.DUE, step
            self.step(step)

    def step(self, step: Step) -> None:
        for call in step.calls:
            self.done.append(call.command())
            try:
                self.run(call.command(), call.location.account_id)
            except ClientError as error:
                if error.response["Error"]["Code"] not in step.gone:
                    raise
                self.gone.append(call.command())
        if step.wait:
            self.wait(step)

    def wait(self, step: Step) -> None:
        account = step.wait.call.location.account_id
        for _ in range(LOOKS):
            words = shlex.split(step.wait.command())
            if words[2] == "wait":
                service, region, _, parameters, _ = self.parsed(
                    shlex.split(step.wait.call.command())
                )
                waiter = self.client(service, region, account).get_waiter(
                    xform_name(_pascal(words[3]))
                )
                waiter.config.delay, waiter.config.max_attempts = 0, 1
                try:
                    waiter.wait(**parameters)
                except Exception as error:
                    assert "Max attempts" in str(error), error
                else:
                    return
            elif not self.run(step.wait.command(), account):
                return
            self.cloud.clock.advance(15)
        raise AssertionError(step)

    def run(self, command: str, account: str) -> Any:
        """Run a command; return what its --query leaves, or the reply."""
        service, region, operation, parameters, query = self.parsed(shlex.split(command))
        client = self.client(service, region, account)
        reply = getattr(client, xform_name(operation))(**parameters)
        return jmespath.search(query, reply) if query else reply

    def client(self, service: str, region: str, account: str) -> Any:
        return self.cloud.client(service, region or "us-east-1", account=account)

    def parsed(self, words: list[str]) -> tuple[str, str, str, dict[str, Any], str]:
        assert words[0] == "aws"
        model = self.client(words[1], "", self.cloud.account).meta.service_model
        known = {xform_name(name, "-"): name for name in model.operation_names}
        operation = known[words[2]]
        shape = model.operation_model(operation).input_shape
        members = {f"--{xform_name(name, '-')}": (name, one) for name, one in shape.members.items()}
        options: dict[str, list[str]] = {}
        for word in words[3:]:
            if word.startswith("--"):
                options[word] = []
            else:
                options[next(reversed(options))].append(word)
        region = options.pop("--region", [""])[0]
        query = options.pop("--query", [""])[0]
        options.pop("--output", None)
        parameters = {
            members[option][0]: _value(members[option][1], given)
            for option, given in options.items()
        }
        return words[1], region, operation, parameters, query


def _pascal(waiter: str) -> str:
    return "".join(part.title() for part in waiter.split("-"))


def _value(shape: Any, given: list[str]) -> Any:
    match shape.type_name:
        case "list":
            return [_value(shape.member, [one]) for one in given]
        case "structure":
            (text,) = given
            pairs = re.findall(r"(\w+)=([^=]*)(?:,|$)", text)
            return {
                name: _value(shape.members[name], value.split(","))
                if shape.members[name].type_name == "list"
                else value
                for name, value in pairs
            }
        case "boolean":
            return True
        case _:
            (text,) = given
            return text
