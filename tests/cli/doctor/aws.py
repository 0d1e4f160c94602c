"""AWS as values: what it would say of an installation that is well, and what a test makes of it."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from peerkeeper import __version__
from peerkeeper.settings import Endpoints, Mode, Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.doctor.call import Answer, Call
from peerkeeper_cli.doctor.check import Check
from peerkeeper_cli.doctor.examine import Examined, examine
from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.settings_source.parameters import DEFAULTS

HUB, OTHER = "111122223333", "444455556666"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
NOW = 1_800_000_000.0
HOME = Location(HUB, SEOUL)
PLACES = tuple(Location(account, region) for account in (HUB, OTHER) for region in (SEOUL, TOKYO))
BUS = f"arn:aws:events:{SEOUL}:{HUB}:event-bus/peerkeeper"
NOTICES = f"arn:aws:sns:{SEOUL}:{HUB}:notices"
ALARMS = f"arn:aws:sns:{SEOUL}:{HUB}:alarms"
SECRET = "external-id-of-the-fleet"
DENIED = Trouble(Meaning.DENIED, "AccessDenied", "no", "cloudtrail:DescribeTrails")


def site(endpoints: Endpoints = Endpoints.OFF, **more) -> Site:
    settings = Settings(
        frozenset(PLACES),
        account=HUB,
        home_region=SEOUL,
        mode=Mode.ADD_ONLY,
        external_id=SECRET,
        endpoints=endpoints,
    )
    told = {"deployed": True, "settings": settings, "version": __version__, "now": NOW}
    return Site(HOME, places=PLACES, **{**told, **more})


class Aws:
    """Answers as an installation that is well; `says` puts another answer in the place of one."""

    def __init__(self) -> None:
        self.asked: list[Call] = []
        self._said: dict[tuple[str, str | None], object] = {}

    def says(self, operation: str, value: object, at: str | None = None) -> None:
        """`value`: an answer, a trouble, or None where the thing is not there; `at`: in one place alone."""
        self._said[operation, at] = value

    def all(self, calls: Iterable[Call], /) -> dict[Call, Answer]:
        wanted = [*calls]
        self.asked += wanted
        return {one: self._answer(one) for one in wanted}

    def _answer(self, call: Call) -> Answer:
        for key in ((call.operation, str(call.place)), (call.operation, None)):
            if key in self._said:
                value = self._said[key]
                said = value(json.loads(call.sent)) if callable(value) else value
                return Answer(trouble=said) if isinstance(said, Trouble) else Answer(said)
        return Answer(WELL[call.operation](call, json.loads(call.sent)))


def regions(*_):
    return {
        "Regions": [
            {"RegionName": one, "OptInStatus": "opt-in-not-required"} for one in (SEOUL, TOKYO)
        ]
    }


def trail(region: str, **more) -> dict:
    arn = f"arn:aws:cloudtrail:{region}:{HUB}:trail/all"
    said = {"Name": "all", "TrailARN": arn, "HomeRegion": region, "IsMultiRegionTrail": True}
    return {**said, **more}


def stacks(call, _):
    if call.place == HOME:
        said = {**DEFAULTS, "Mode": "add-only", "Regions": f"{SEOUL},{TOKYO}"}
        outputs = {"Version": __version__, "HubBusArn": BUS, "SweepFunction": "peerkeeper-sweep"}
        return {"Stacks": [stack("peerkeeper", said, outputs)]}
    said = {"HubBusArn": BUS, "RoleRegion": SEOUL if call.place.account_id == OTHER else ""}
    said |= {"Mode": "add-only", "Regions": f"{SEOUL},{TOKYO}"}
    return {"Stacks": [stack("StackSet-peerkeeper-spoke-1", said, {})]}


def stack(name: str, parameters: dict, outputs: dict, status: str = "CREATE_COMPLETE") -> dict:
    return {
        "StackName": name,
        "StackStatus": status,
        "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        "Outputs": [{"OutputKey": k, "OutputValue": v} for k, v in outputs.items()],
    }


def targets(call, sent):
    name = sent["Rule"]
    if name == "peerkeeper-forward":
        return {"Targets": [{"Id": "hub-bus", "Arn": BUS}]}
    arn = NOTICES if name == "peerkeeper-notices" else f"arn:aws:sqs:{SEOUL}:{HUB}:{name}"
    return {"Targets": [{"Id": "1", "Arn": arn}]}


def bus(*_):
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": [OTHER]},
        "Action": "events:PutEvents",
        "Resource": BUS,
    }
    return {"Name": "peerkeeper", "Policy": json.dumps({"Statement": [statement]})}


def trust(name: str, **condition) -> dict:
    own = f"arn:aws:iam::{HUB}:role/peerkeeper-{name.removeprefix('peerkeeper-spoke-')}"
    asked = condition or {
        "ArnEquals": {"aws:PrincipalArn": own},
        "StringEquals": {"sts:ExternalId": SECRET},
    }
    principal = {"AWS": f"arn:aws:iam::{HUB}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"Statement": [{**statement, "Condition": asked}]}


def role(_, sent):
    name = sent["RoleName"]
    return {"Role": {"RoleName": name, "AssumeRolePolicyDocument": trust(name)}}


def topic(_, sent):
    service = "events" if sent["TopicArn"] == NOTICES else "cloudwatch"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sns:Publish",
    }
    return {"Attributes": {"Policy": json.dumps({"Statement": [statement]})}}


def measured(_, sent):
    at = datetime.fromtimestamp(NOW - 600, UTC)
    return {
        "MetricDataResults": [
            {"Id": "sweeps", "Timestamps": [at], "Values": [1.0]},
            *({"Id": f"age{number}", "Timestamps": [at], "Values": [30.0]} for number in range(3)),
        ]
    }


def alarm(name: str, state: str = "OK", **more) -> dict:
    return {"AlarmName": name, "StateValue": state, "AlarmActions": [ALARMS], **more}


def queue(_, sent):
    name = sent["QueueUrl"].rpartition("/")[2]
    arn = f"arn:aws:sqs:{SEOUL}:{HUB}:{name}"
    return {"Attributes": {"ApproximateNumberOfMessages": "0", "QueueArn": arn}}


WELL = {
    "DescribeRegions": regions,
    "DescribeTrails": lambda *_: {"trailList": [trail(SEOUL)]},
    "GetTrailStatus": lambda *_: {"IsLogging": True},
    "GetEventSelectors": lambda *_: {"EventSelectors": [{"ReadWriteType": "All"}]},
    "DescribeStacks": stacks,
    "GetFunctionConfiguration": lambda *_: {"State": "Active", "LastUpdateStatus": "Successful"},
    "ListEventSourceMappings": lambda *_: {"EventSourceMappings": [{"State": "Enabled"}]},
    "DescribeRule": lambda *_: {"State": "ENABLED"},
    "ListTargetsByRule": targets,
    "DescribeEventBus": bus,
    "GetRole": role,
    "GetTopicAttributes": topic,
    "GetQueueUrl": lambda _, sent: {"QueueUrl": f"https://sqs/{HUB}/{sent['QueueName']}"},
    "GetQueueAttributes": queue,
    "GetMetricData": measured,
    "DescribeAlarms": lambda *_: {"MetricAlarms": [alarm("peerkeeper-flaps")]},
    "GetSchedule": lambda *_: {
        "Name": "peerkeeper-sweep",
        "State": "ENABLED",
        "ScheduleExpression": "rate(15 minutes)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": f"arn:aws:lambda:{SEOUL}:{HUB}:function:peerkeeper-sweep"},
    },
}


def examined(aws: Aws, **more) -> Examined:
    return examine(site(**more), aws, "the hub")


def wrong(aws: Aws, **more) -> list[Check]:
    """Return what is not well."""
    found = examined(aws, **more)
    return [one for one in found.checks if one.result.value in ("fail", "unknown")]
