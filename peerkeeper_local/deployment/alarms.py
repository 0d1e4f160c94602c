"""CloudWatch alarms of a stack, as values.

In: the properties of an alarm, resolved. Out: `Alarm`. A property that changes what an alarm says and is not
known here is an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from peerkeeper_local.deployment.resources import DeploymentError

Dimensions: TypeAlias = frozenset[tuple[str, str]]

_KNOWN = frozenset(
    {
        *("AlarmName", "AlarmDescription", "Namespace", "MetricName", "Dimensions", "Statistic"),
        *("Period", "Metrics", "EvaluationPeriods", "DatapointsToAlarm", "Threshold"),
        *("ComparisonOperator", "TreatMissingData", "AlarmActions", "InsufficientDataActions"),
    }
)


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of CloudWatch: its namespace, its name, and names and values of its dimensions."""

    namespace: str
    name: str
    dimensions: Dimensions


@dataclass(frozen=True, slots=True)
class Statistic:
    """What is taken of a metric: `stat` of its values in each `period` of seconds."""

    metric: Metric
    period: int
    stat: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm; `statistics` by the ids that `expression` calls them by."""

    name: str
    description: str
    statistics: dict[str, Statistic]
    expression: str
    period: int
    evaluation_periods: int
    datapoints_to_alarm: int
    threshold: float
    comparison: str
    missing: str
    """TreatMissingData."""
    alarm_actions: tuple[str, ...] = ()
    insufficient_data_actions: tuple[str, ...] = ()


def read_alarm(properties: Mapping[str, Any]) -> Alarm:
    """Return the alarm. Raises DeploymentError for what is not known here.

    An alarm on one metric becomes the expression `m` of it. Defaults are CloudWatch's own.
    Source: CloudWatch API, PutMetricAlarm.
    """
    if unknown := sorted(properties.keys() - _KNOWN):
        raise DeploymentError(
            f"alarm {properties.get('AlarmName')}: {unknown[0]} is not known here"
        )
    statistics, expression = _measured(properties)
    periods = {one.period for one in statistics.values()}
    if len(periods) != 1:
        raise DeploymentError(f"alarm {properties['AlarmName']}: its metrics have unlike periods")
    last = int(properties["EvaluationPeriods"])
    return Alarm(
        name=properties["AlarmName"],
        description=properties.get("AlarmDescription", ""),
        statistics=statistics,
        expression=expression,
        period=periods.pop(),
        evaluation_periods=last,
        datapoints_to_alarm=int(properties.get("DatapointsToAlarm", last)),
        threshold=float(properties["Threshold"]),
        comparison=properties["ComparisonOperator"],
        missing=properties.get("TreatMissingData", "missing"),
        alarm_actions=tuple(properties.get("AlarmActions", ())),
        insufficient_data_actions=tuple(properties.get("InsufficientDataActions", ())),
    )


def _measured(properties: Mapping[str, Any]) -> tuple[dict[str, Statistic], str]:
    if "MetricName" in properties:
        period, stat = int(properties["Period"]), properties["Statistic"]
        return {"m": Statistic(_metric(properties), period, stat)}, "m"
    statistics: dict[str, Statistic] = {}
    expressions: list[str] = []
    for query in properties["Metrics"]:
        if "Expression" in query:
            expressions.append(query["Expression"])
        else:
            said = query["MetricStat"]
            metric = _metric(said["Metric"])
            statistics[query["Id"]] = Statistic(metric, int(said["Period"]), said["Stat"])
    if len(expressions) != 1:
        raise DeploymentError(f"alarm {properties['AlarmName']}: one expression is known here")
    return statistics, expressions[0]


def _metric(said: Mapping[str, Any]) -> Metric:
    dimensions = frozenset((one["Name"], one["Value"]) for one in said.get("Dimensions", ()))
    return Metric(said["Namespace"], said["MetricName"], dimensions)
