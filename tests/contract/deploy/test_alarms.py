"""Alarms and dashboard stand on metrics that the functions send, with the dimensions they send them by."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.telemetry import publish
from peerkeeper.values.scope import Function

from peerkeeper_local.deployment import Deployment, Stack
from tests.contract.deploy.templates import FUNCTIONS, HUB, KEPT, ROOT, id_in, of_type

ALARMS = of_type(HUB, "AWS::CloudWatch::Alarm")
(BOARD,) = of_type(HUB, "AWS::CloudWatch::Dashboard").values()
BODY = json.loads(BOARD["DashboardBody"]["Fn::Sub"].replace("${AWS::Region}", "ap-northeast-2"))
NOTICED = {"AccountUnreachableAlarm", "DeletesWithheldAlarm"}
ONCE = {
    *NOTICED,
    "AnnouncementsAlarm",
    "FlapsAlarm",
    "FleetSweepFailedAlarm",
    "FunctionErrorsAlarm",
}
"""Of what may come again at each sweep, while other runs see nothing of it."""
Metric = tuple[str, str, tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module")
def sent() -> set[Metric]:
    """What each function sends, read off its own output."""
    found = set()
    with pytest.MonkeyPatch.context() as patched:
        lines: list[str] = []
        patched.setattr("builtins.print", lambda *words, **_: lines.append(str(words[0])))
        for function in Function:
            publish(Report(function, Mode.FULL), events=1)
    for line in lines:
        told = json.loads(line)
        (about,) = told["_aws"]["CloudWatchMetrics"]
        (names,) = about["Dimensions"]
        dimensions = tuple(sorted((name, told[name]) for name in names))
        found |= {(about["Namespace"], each["Name"], dimensions) for each in about["Metrics"]}
    return found


def of_alarms() -> Iterator[Any]:
    for alarm in ALARMS.values():
        yield from (
            each["MetricStat"]["Metric"]
            for each in alarm.get("Metrics", ())
            if "MetricStat" in each
        )
        if "MetricName" in alarm:
            yield alarm


def of_board() -> Iterator[tuple[str, str, dict[str, str]]]:
    for widget in BODY["widgets"]:
        for namespace, name, *rest in widget["properties"].get("metrics", ()):
            yield namespace, name, dict(zip(rest[::2], rest[1::2], strict=True))


def test_each_of_our_metrics_that_an_alarm_stands_on_is_sent(sent: set[Metric]) -> None:
    ours = [metric for metric in of_alarms() if metric["Namespace"] == "Peerkeeper"]
    assert len(ours) == 11
    for metric in ours:
        dimensions = tuple(sorted((d["Name"], d["Value"]) for d in metric["Dimensions"]))
        assert (metric["Namespace"], metric["MetricName"], dimensions) in sent


def test_each_of_our_metrics_on_the_dashboard_is_sent_and_each_queue_and_function_is_there(
    sent: set[Metric],
) -> None:
    shown = list(of_board())
    ours = {
        (namespace, name, tuple(sorted(dimensions.items())))
        for namespace, name, dimensions in shown
        if namespace == "Peerkeeper"
    }
    assert ours
    assert ours <= sent
    dead = {
        each["QueueName"]
        for name, each in of_type(HUB, "AWS::SQS::Queue").items()
        if name.endswith("DeadLetters")
    }
    # The dashboard has what every stack has.
    assert {d["QueueName"] for _, _, d in shown if "QueueName" in d} == dead - {
        "peerkeeper-keep-dead-letters"
    }
    functions = of_type(HUB, "AWS::Serverless::Function")
    assert {d["FunctionName"] for _, _, d in shown if "FunctionName" in d} == {
        functions[name]["FunctionName"] for name in set(FUNCTIONS) - KEPT
    }


def test_the_metrics_are_few_and_none_grows_with_what_is_looked_after(sent: set[Metric]) -> None:
    by = {frozenset(name for name, _ in dimensions) for _, _, dimensions in sent}
    assert by == {frozenset({"service"}), frozenset({"service", "function"})}
    page = (ROOT / "docs/operate/costs.md").read_text()
    (told,) = re.findall(r"\| CloudWatch \| (\d+) metrics .*?, (\d+) alarms", page)
    # Without what Endpoints=keep adds.
    kept = ("function", Function.KEEP.value)
    metrics = [one for one in sent if kept not in one[2]]
    alarms = [one for one in ALARMS if one != "KeepDeadLettersAlarm"]
    assert tuple(map(int, told)) == (len(metrics), len(alarms))


RUNBOOK = re.compile(r"Runbook: ([\w./-]+)#([\w-]+)$")
TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:{}"


def stacks(**topics: str) -> tuple[Stack, Stack]:
    """The hub and a spoke, with these names of topics."""
    given = {name: TOPIC.format(topic) for name, topic in topics.items()}
    hub = Deployment(ROOT).hub("111122223333", "ap-northeast-2", given)
    return hub, Deployment(ROOT).spoke("111122223333", "ap-northeast-1", hub, given)


def test_each_description_ends_with_a_runbook_whose_section_says_what_to_do() -> None:
    hub, spoke = stacks(AlarmTopicArn="a", NoticeTopicArn="b")
    for alarm in (*hub.alarms, *spoke.alarms):
        page, anchor = RUNBOOK.search(alarm.description).groups()  # type: ignore[union-attr]
        assert anchor == alarm.name
        _, section = (ROOT / page).read_text().split(f"\n## {anchor}\n")
        assert "\n**Do this:** " in section.split("\n## ", 1)[0]


def test_no_alarm_lists_a_topic_twice_and_each_tells_whom_it_should() -> None:
    both, _ = stacks(AlarmTopicArn="one", NoticeTopicArn="one")
    assert {alarm.alarm_actions for alarm in both.alarms} == {(TOPIC.format("one"),)}
    apart, _ = stacks(AlarmTopicArn="a", NoticeTopicArn="b")
    told = {alarm.name: {*alarm.alarm_actions} for alarm in apart.alarms}
    noticed = {name for name, topics in told.items() if TOPIC.format("b") in topics}
    assert noticed == {ALARMS[name]["AlarmName"] for name in NOTICED}
    assert all(TOPIC.format("a") in topics for topics in told.values())
    notices, _ = stacks(NoticeTopicArn="b")
    assert {one.name for one in notices.alarms if one.alarm_actions} == noticed


def test_a_spoke_has_an_alarm_where_it_tells_somebody() -> None:
    assert [one.name for one in stacks(AlarmTopicArn="a")[1].alarms] == [
        "peerkeeper-forward-dead-letters"
    ]
    assert stacks()[1].alarms == ()


def test_no_alarm_rests_on_fill_of_a_metric_that_may_never_have_been() -> None:
    """No page of AWS says what FILL makes of a metric that never had data."""
    for mode in ("direct", "state-machine"):
        hub = Deployment(ROOT).hub("111122223333", "ap-northeast-2", {"FleetSweep": mode})
        assert [one.name for one in hub.alarms if "FILL" in one.expression] == []


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_says_what_it_means_and_whom_it_tells(name: str) -> None:
    alarm = ALARMS[name]
    assert alarm["AlarmName"].startswith("peerkeeper-")
    assert alarm["AlarmDescription"]
    told = re.findall(r'"Ref": "(\w+TopicArn)"', json.dumps(alarm["AlarmActions"]))
    assert set(told) == {"AlarmTopicArn"} | ({"NoticeTopicArn"} if name in NOTICED else set())


@pytest.mark.parametrize("name", sorted(ONCE))
@pytest.mark.parametrize("minutes", HUB["Parameters"]["SweepMinutes"]["AllowedValues"])
def test_people_are_told_once_for_as_long_as_it_lasts(name: str, minutes: int) -> None:
    """A day of it, each sweep up to five minutes late: one change into ALARM, none back."""
    alarm = ALARMS[name]
    late = (0, 5, 1, 4, 0, 3)
    seen = [at * minutes + late[at % len(late)] for at in range(24 * 60 // minutes)]
    (period,) = {each["Period"] for each in _statistics(alarm)}
    window = alarm["EvaluationPeriods"] * period // 60
    states = [any(now - window < at <= now for at in seen) for now in range(5, 24 * 60)]
    changes = [after for before, after in pairwise([False, *states]) if before != after]
    assert changes == [True]
    assert alarm["DatapointsToAlarm"] == 1
    assert alarm["TreatMissingData"] == "notBreaching"
    assert "OKActions" not in alarm


def _statistics(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """What the alarm takes of its metrics, each with a period."""
    given = [each["MetricStat"] for each in alarm.get("Metrics", ()) if "MetricStat" in each]
    return given or [alarm]


def test_every_function_is_watched_for_errors() -> None:
    watched = {
        id_in(each["MetricStat"]["Metric"]["Dimensions"][0]["Value"])
        for each in ALARMS["FunctionErrorsAlarm"]["Metrics"]
        if "MetricStat" in each
    }
    assert watched == set(FUNCTIONS)


@pytest.mark.parametrize("name", ALARMS)
def test_the_metrics_of_an_expression_are_those_it_names(name: str) -> None:
    metrics = ALARMS[name].get("Metrics", [])
    if metrics:
        (expression,) = (each["Expression"] for each in metrics if "Expression" in each)
        given = {each["Id"] for each in metrics if "MetricStat" in each}
        named = set(re.findall(r"\b[a-z]\w*\b", expression))
        assert named in (given, set())  # METRICS() is all of them
        assert named or "METRICS()" in expression
        assert len({each["MetricStat"]["Period"] for each in metrics if "MetricStat" in each}) == 1
