"""An alarm over time: windows that slide by the minute, and who is told of a change."""

import json
from dataclasses import replace

import pytest

from peerkeeper_local.alarms import Metrics, State, changes
from peerkeeper_local.deployment import Alarm, DeploymentError, Metric, Statistic
from peerkeeper_local.deployment.alarms import read_alarm

HOUR = 3600.0
RUNS = Metric("AWS/Lambda", "Invocations", frozenset({("FunctionName", "sweep")}))
ALARM = Alarm(
    name="a",
    description="",
    statistics={"m": Statistic(RUNS, 3600, "Sum")},
    expression="m",
    period=3600,
    evaluation_periods=2,
    datapoints_to_alarm=2,
    threshold=2.0,
    comparison="GreaterThanThreshold",
    missing="notBreaching",
    alarm_actions=("topic",),
    insufficient_data_actions=("other",),
)
LINE = {
    "_aws": {
        "CloudWatchMetrics": [
            {
                "Namespace": "Peerkeeper",
                "Dimensions": [["service"]],
                "Metrics": [{"Name": "EventsTaken", "Unit": "Count"}],
            }
        ]
    },
    "service": "peerkeeper",
    "EventsTaken": [3.0],
}


def measured(*times: float) -> Metrics:
    metrics = Metrics()
    for at in times:
        metrics.put(RUNS, at, 3.0)
    return metrics


def seen(alarm: Alarm, metrics: Metrics, end: float) -> list[tuple[float, State, tuple[str, ...]]]:
    return [(one.at / 60, one.state, one.told) for one in changes(alarm, metrics, 0.0, end)]


def test_a_window_slides_by_the_minute_and_ends_before_the_minute() -> None:
    metrics = measured(600.0)
    at = Statistic(RUNS, 300, "Maximum")
    assert [metrics.window(at, end) for end in (600.0, 660.0, 900.0, 960.0)] == [None, 3, 3, None]


def test_an_alarm_goes_off_once_its_points_breach_and_tells_its_topic() -> None:
    assert seen(ALARM, measured(600.0, 600.0 + HOUR), 3 * HOUR) == [
        (1, State.OK, ()),
        (71, State.ALARM, ("topic",)),
    ]


def test_an_alarm_is_made_without_data_and_tells_nobody_of_it() -> None:
    silent = replace(ALARM, missing="missing", comparison="LessThanThreshold", threshold=1.0)
    assert seen(silent, Metrics(), 9 * HOUR) == []
    told = seen(silent, measured(600.0), 9 * HOUR)
    assert told[0] == (11, State.OK, ())
    (stopped,) = told[1:]
    assert stopped[1:] == (State.INSUFFICIENT_DATA, ("other",))


def test_a_line_of_the_embedded_metric_format_is_a_metric_and_another_line_is_none() -> None:
    metrics = Metrics()
    metrics.put_line(json.dumps(LINE), 60.0)
    metrics.put_line("START", 60.0)
    taken = Metric("Peerkeeper", "EventsTaken", frozenset({("service", "peerkeeper")}))
    assert metrics.names() == {taken}
    assert metrics.of(taken) == [(60.0, 3.0)]


PROPERTIES = {
    "AlarmName": "a",
    "Namespace": "N",
    "MetricName": "M",
    "Statistic": "Sum",
    "Period": 300,
    "EvaluationPeriods": 2,
    "Threshold": 0,
    "ComparisonOperator": "GreaterThanThreshold",
}


def test_an_alarm_is_read_with_cloudwatchs_own_defaults() -> None:
    alarm = read_alarm(PROPERTIES)
    assert (alarm.datapoints_to_alarm, alarm.missing, alarm.expression) == (2, "missing", "m")


@pytest.mark.parametrize("unknown", ["ExtendedStatistic", "OKActions", "ThresholdMetricId"])
def test_a_property_that_is_not_known_is_an_error(unknown: str) -> None:
    with pytest.raises(DeploymentError, match=unknown):
        read_alarm({**PROPERTIES, unknown: "x"})
