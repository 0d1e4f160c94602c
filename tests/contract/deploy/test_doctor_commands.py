"""Every command that the doctor prints is one that the aws CLI takes, with parameters of its operation."""

import json
import shlex

from peerkeeper_cli.doctor.check import Check
from tests.cli.doctor.aws import ALARMS, SEOUL, Aws, alarm, stack, trail, wrong
from tests.contract.deploy.conftest import Run
from tests.contract.deploy.page_commands import Command, read_by_the_cli

FAULTS: dict[str, list[object]] = {
    "DescribeRegions": [{"Regions": [{"RegionName": SEOUL, "OptInStatus": "not-opted-in"}]}],
    "DescribeTrails": [{"trailList": []}, {"trailList": [trail(SEOUL)]}],
    "GetTrailStatus": [{"IsLogging": False}],
    "GetEventSelectors": [
        {"EventSelectors": [{"ReadWriteType": "ReadOnly", "DataResources": []}]},
        {
            "AdvancedEventSelectors": [
                {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}
            ]
        },
    ],
    "DescribeStacks": [{"Stacks": []}, {"Stacks": [stack("x", {}, {}, "CREATE_FAILED")]}],
    "GetFunctionConfiguration": [None, {"State": "Failed"}],
    "ListEventSourceMappings": [{"EventSourceMappings": [{"State": "Disabled", "UUID": "0" * 36}]}],
    "DescribeRule": [{"State": "DISABLED"}, None],
    "DescribeEventBus": [{"Name": "peerkeeper"}, None],
    "GetRole": [None],
    "GetTopicAttributes": [
        None,
        {"Attributes": {"KmsMasterKeyId": "alias/aws/sns"}},
        {"Attributes": {"Policy": json.dumps({"Statement": []})}},
    ],
    "GetQueueAttributes": [
        {"Attributes": {"ApproximateNumberOfMessages": "1", "QueueArn": ALARMS}}
    ],
    "GetMetricData": [{"MetricDataResults": [{"Id": "age0", "Values": [9000.0]}]}],
    "GetSchedule": [
        {
            "Name": "peerkeeper-sweep",
            "State": "DISABLED",
            "ScheduleExpression": "rate(15 minutes)",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {"Arn": "a", "RoleArn": "arn:aws:iam::1:role/r", "Input": '{"it": "it\'s"}'},
        }
    ],
    "DescribeAlarms": [
        {"MetricAlarms": [alarm("peerkeeper-flaps", "ALARM", ActionsEnabled=False)]},
    ],
}
OF_THE_CLI = {"cloudformation deploy", "logs tail"}
"""Commands that the CLI made up: no operation of a service."""


def found() -> list[Check]:
    checks: list[Check] = []
    for operation, answers in FAULTS.items():
        for answer in answers:
            aws = Aws()
            aws.says(operation, answer)
            checks += wrong(aws)
            checks += wrong(aws, deployed=False)
    return checks


def test_the_aws_cli_takes_each_command(run: Run) -> None:
    commands = {
        Command("doctor", tuple(shlex.split(line)))
        for check in found()
        for line in check.mend
        if line.startswith("aws ")
    }
    sent = sorted((one for one in commands if one.name not in OF_THE_CLI), key=str)
    assert len({one.name for one in sent}) > 12
    for read in read_by_the_cli(run, sent):
        assert not read["wrong"], read


def test_every_fault_that_is_played_has_a_cure() -> None:
    without = [one for one in found() if not one.mend and one.result == "fail"]
    assert without == []
