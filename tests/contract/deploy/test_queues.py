"""The queues: how long, how often, who may send, and that no dead letter goes unseen."""

from typing import Any

import pytest

from tests.contract.deploy.templates import (
    FUNCTIONS,
    HUB,
    SPOKE,
    as_list,
    id_in,
    of_type,
    statements,
)

QUEUES = of_type(HUB, "AWS::SQS::Queue")
WORK = {
    "ConnectPeerings": "ConnectQueue",
    "CleanRoutes": "CleanQueue",
    "ConfigureVpcs": "ConfigureQueue",
    "KeepEndpoints": "KeepQueue",
}
EVERY_QUEUE = [
    (template, name) for template in (HUB, SPOKE) for name in of_type(template, "AWS::SQS::Queue")
]
DEAD = [(template, name) for template, name in EVERY_QUEUE if name.endswith("DeadLetters")]


def policy_of(template: Any, queue: str) -> list[Any]:
    """The statements of the one policy that a queue has, each of them about that queue."""
    found = [
        policy["PolicyDocument"]["Statement"]
        for policy in of_type(template, "AWS::SQS::QueuePolicy").values()
        if [id_in(q) for q in policy["Queues"]] == [queue]
    ]
    assert len(found) == 1
    assert all(id_in(statement["Resource"]) == queue for statement in found[0])
    return found[0]


def rules_sending_to(template: Any, queue: str) -> set[str]:
    return {
        name
        for name, rule in of_type(template, "AWS::Events::Rule").items()
        for target in rule["Targets"]
        for arn in (target["Arn"], target["DeadLetterConfig"]["Arn"])
        if id_in(arn) == queue
    }


def roles_sending_to(template: Any, queue: str) -> set[str]:
    return {
        role
        for role in of_type(template, "AWS::IAM::Role")
        for statement in statements(template, role, Endpoints="keep")
        if statement["Action"] == "sqs:SendMessage"
        and queue in {id_in(arn) for arn in as_list(statement["Resource"])}
    }


@pytest.mark.parametrize(("template", "queue"), EVERY_QUEUE)
def test_a_queue_takes_messages_from_exactly_those_who_send_to_it(
    template: Any, queue: str
) -> None:
    rules, roles = set(), set()
    for statement in policy_of(template, queue):
        if statement["Effect"] == "Deny":
            continue
        assert statement["Action"] == "sqs:SendMessage"
        if statement["Principal"] == {"Service": "events.amazonaws.com"}:
            rules |= {
                id_in(arn) for arn in as_list(statement["Condition"]["ArnEquals"]["aws:SourceArn"])
            }
        else:
            roles |= {id_in(arn) for arn in statement["Principal"]["AWS"]}
    assert rules == rules_sending_to(template, queue)
    assert roles == roles_sending_to(template, queue)
    assert rules or roles


@pytest.mark.parametrize(("template", "queue"), EVERY_QUEUE)
def test_a_queue_refuses_whoever_does_not_use_tls(template: Any, queue: str) -> None:
    (denied,) = [s for s in policy_of(template, queue) if s["Effect"] == "Deny"]
    assert denied["Principal"] == "*"
    assert denied["Action"] == "sqs:*"
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@pytest.mark.parametrize(("template", "queue"), EVERY_QUEUE)
def test_messages_at_rest_are_encrypted(template: Any, queue: str) -> None:
    assert of_type(template, "AWS::SQS::Queue")[queue]["SqsManagedSseEnabled"] is True


@pytest.mark.parametrize(("function", "queue"), WORK.items())
def test_a_batch_stays_hidden_for_six_time_outs_and_the_window(function: str, queue: str) -> None:
    """Source: Lambda Developer Guide, SQS event source mapping, configuring a queue."""
    mapping = mapping_of(function)
    timeout = HUB["Globals"]["Function"]["Timeout"]
    assert timeout == 120
    assert "Timeout" not in of_type(HUB, "AWS::Serverless::Function")[function]
    window = mapping["MaximumBatchingWindowInSeconds"]
    assert QUEUES[queue]["VisibilityTimeout"] >= 6 * timeout + window


@pytest.mark.parametrize(("function", "queue"), WORK.items())
def test_a_function_takes_small_batches_and_returns_what_failed(function: str, queue: str) -> None:
    mapping = mapping_of(function)
    assert id_in(mapping.pop("Queue")) == queue
    assert mapping == {
        "BatchSize": 10,
        "MaximumBatchingWindowInSeconds": 2,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": 2},
    }


@pytest.mark.parametrize("queue", WORK.values())
def test_a_message_that_failed_five_times_is_kept_a_fortnight(queue: str) -> None:
    redrive = QUEUES[queue]["RedrivePolicy"]
    assert redrive["maxReceiveCount"] == 5
    dead = id_in(redrive["deadLetterTargetArn"])
    assert dead == queue.replace("Queue", "DeadLetters")
    assert QUEUES[dead]["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_a_sweep_that_could_not_start_or_failed_is_a_dead_letter() -> None:
    (schedule,) = of_type(HUB, "AWS::Scheduler::Schedule").values()
    sweep = of_type(HUB, "AWS::Serverless::Function")["Sweep"]
    failed = sweep["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
    assert id_in(schedule["Target"]["DeadLetterConfig"]["Arn"]) == "SweepDeadLetters"
    assert id_in(failed["Destination"]) == "SweepDeadLetters"
    assert schedule["Target"]["RetryPolicy"] == {
        "MaximumEventAgeInSeconds": 300,
        "MaximumRetryAttempts": 3,
    }


@pytest.mark.parametrize(("template", "queue"), DEAD)
def test_the_first_dead_letter_raises_an_alarm(template: Any, queue: str) -> None:
    alarm = template["Resources"][f"{queue}Alarm"]["Properties"]
    (dimension,) = alarm["Dimensions"]
    assert (dimension["Name"], id_in(dimension["Value"])) == ("QueueName", queue)
    assert (alarm["Namespace"], alarm["MetricName"]) == (
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
    )
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    told = [{"Ref": "AlarmTopicArn"}]
    either = {"Fn::If": ["AlarmsTellSomebody", told, {"Ref": "AWS::NoValue"}]}
    spoke = template["Resources"][f"{queue}Alarm"].get("Condition") == "AlarmsTellSomebody"
    assert alarm["AlarmActions"] == (told if spoke else either)


def test_every_queue_is_worked_off_or_watched() -> None:
    watched = {name for template, name in DEAD if template is HUB}
    assert set(QUEUES) == set(WORK.values()) | watched
    assert set(WORK) | {"Sweep"} == set(FUNCTIONS)


def mapping_of(function: str) -> dict[str, Any]:
    """The properties of the function's one event, which is an SQS event source mapping."""
    (event,) = of_type(HUB, "AWS::Serverless::Function")[function]["Events"].values()
    assert event["Type"] == "SQS"
    return dict(event["Properties"])
