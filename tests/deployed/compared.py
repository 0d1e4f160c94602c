"""What the engine made of each resource, and what our own resolver reads in the same template: side by
side.

In: a deployed stack. Out: (what, the engine's, ours) of every fact; a fact is one property of one
resource. Names that a stack makes up, and ids, are put in our own words first.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from peerkeeper_local.cloudtrail import role_id
from tests.deployed.deploy import Deployed
from tests.deployed.facts import access, events, functions, stores, watching
from tests.deployed.facts.sides import Sides

NAMED = ("AWS::IAM::Role", "AWS::S3::Bucket", "AWS::SQS::Queue")
"""Types whose names, or URLs, differ: a stack makes them up, or they say where the engine listens."""

READERS: dict[str, Callable[[Deployed, str, str], Sides]] = {
    "AWS::CloudWatch::Alarm": watching.alarm,
    "AWS::CloudWatch::Dashboard": watching.dashboard,
    "AWS::Events::EventBus": events.bus,
    "AWS::Events::EventBusPolicy": access.bus_policy,
    "AWS::Events::Rule": events.rule,
    "AWS::IAM::Role": access.role,
    "AWS::Lambda::EventInvokeConfig": functions.invoke_config,
    "AWS::Lambda::EventSourceMapping": functions.mapping,
    "AWS::Lambda::Function": functions.function,
    "AWS::Logs::LogGroup": stores.log_group,
    "AWS::S3::Bucket": stores.bucket,
    "AWS::S3::BucketPolicy": access.bucket_policy,
    "AWS::SQS::Queue": stores.queue,
    "AWS::SQS::QueuePolicy": access.queue_policy,
    "AWS::Scheduler::Schedule": events.schedule,
    "AWS::StepFunctions::StateMachine": functions.state_machine,
}

EXPLAINED = {"AWS::Lambda::LayerVersion": "built, not resolved: its content is what sam build made"}


def facts(stack: Deployed) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield (logical id, fact, the engine's, ours). Raises KeyError for a type that nobody compares yet."""
    words = _words(stack)
    for logical_id, (kind, physical) in stack.resources.items():
        if kind in EXPLAINED:
            continue
        theirs, ours = READERS[kind](stack, logical_id, physical)
        for name in sorted(theirs.keys() | ours.keys()):
            yield logical_id, name, _said(theirs.get(name), words), _said(ours.get(name), {})


def _words(stack: Deployed) -> dict[str, str]:
    """Return our word for each name that the engine made up."""
    found = {
        physical: str(stack.resolver.value({"Ref": logical_id}))
        for logical_id, (kind, physical) in stack.resources.items()
        if kind in NAMED
    }
    iam = stack.client("iam")
    for role in stack.ours.roles:
        theirs = next((k for k, v in found.items() if v == role.name), role.name)
        found[iam.get_role(RoleName=theirs)["Role"]["RoleId"]] = role_id(role.name)
    return {theirs: ours for theirs, ours in found.items() if theirs != ours}


def _said(value: Any, words: Mapping[str, str]) -> Any:
    text = json.dumps(value, sort_keys=True, default=str)
    for theirs in sorted(words, key=len, reverse=True):
        text = text.replace(theirs, words[theirs])
    return json.loads(text)
