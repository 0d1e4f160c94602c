"""What is left of a hub and its spokes once they are deleted: what the templates say is kept, and
nothing else.

Comes last: no other test has anything to look at after it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from tests.deployed.conftest import Compared
from tests.deployed.deploy import Deployed, sam

LISTS: dict[str, tuple[str, str, str, str]] = {
    # type: service, operation, its list, what names one
    "AWS::CloudWatch::Alarm": ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    "AWS::CloudWatch::Dashboard": (
        "cloudwatch",
        "list_dashboards",
        "DashboardEntries",
        "DashboardName",
    ),
    "AWS::Events::EventBus": ("events", "list_event_buses", "EventBuses", "Name"),
    "AWS::Events::Rule": ("events", "list_rules", "Rules", "Name"),
    "AWS::IAM::Role": ("iam", "list_roles", "Roles", "RoleName"),
    "AWS::Lambda::EventSourceMapping": (
        "lambda",
        "list_event_source_mappings",
        "EventSourceMappings",
        "UUID",
    ),
    "AWS::Lambda::Function": ("lambda", "list_functions", "Functions", "FunctionName"),
    "AWS::Logs::LogGroup": ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    "AWS::S3::Bucket": ("s3", "list_buckets", "Buckets", "Name"),
    "AWS::SQS::Queue": ("sqs", "list_queues", "QueueUrls", ""),
    "AWS::Scheduler::Schedule": ("scheduler", "list_schedules", "Schedules", "Name"),
    "AWS::StepFunctions::StateMachine": (
        "stepfunctions",
        "list_state_machines",
        "stateMachines",
        "stateMachineArn",
    ),
}
IN_ANOTHER = {
    "AWS::Events::EventBusPolicy",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::LayerVersion",
    "AWS::S3::BucketPolicy",
    "AWS::SQS::QueuePolicy",
}
"""Types that go with what they belong to. A layer's versions cost nothing and have no name of their
own to be taken.
"""


def there(stack: Deployed) -> Iterator[str]:
    """Yield the logical id of each resource of the stack that the engine still lists."""
    listed: dict[str, set[str]] = {}
    for logical_id, (kind, physical) in stack.resources.items():
        if kind in IN_ANOTHER:
            continue
        if kind not in listed:
            service, operation, key, name = LISTS[kind]
            found: list[Any] = getattr(stack.client(service), operation)().get(key, [])
            listed[kind] = {one[name] if name else one for one in found}
        if physical.rpartition("|")[2] in listed[kind]:
            yield logical_id


def kept(stack: Deployed) -> set[str]:
    declared = stack.template["Resources"]
    stays = ("Retain", "RetainExceptOnCreate")
    return {
        name for name in stack.resources if declared.get(name, {}).get("DeletionPolicy") in stays
    }


def test_deleting_leaves_what_the_templates_keep_and_nothing_else(
    everything_on: Compared, spokes: tuple[Compared, ...], figure: Callable[[str], None]
) -> None:
    hub, stacks = everything_on.stack, [one.stack for one in spokes]
    before = {one.place: set(there(one)) for one in (hub, *stacks)}
    assert all(before.values())
    for one in stacks:
        cloudformation = one.client("cloudformation")
        cloudformation.delete_stack(StackName="peerkeeper-spoke")
        gone = cloudformation.get_waiter("stack_delete_complete")
        gone.wait(StackName="peerkeeper-spoke", WaiterConfig={"Delay": 1, "MaxAttempts": 600})
    sam(
        hub.engine,
        "delete",
        "--stack-name",
        "peerkeeper",
        "--region",
        hub.place.region,
        "--no-prompts",
    )
    for one in (hub, *stacks):
        assert set(there(one)) == kept(one)
    left = sum(len(kept(one)) for one in (hub, *stacks))
    figure(f"{sum(map(len, before.values())):>6} resources deleted but for the {left} that is kept")
