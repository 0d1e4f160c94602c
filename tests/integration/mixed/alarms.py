"""The template's alarms, evaluated over what the functions measured.

In: points, the deployed template. Out: how often each alarm went off. Of the last N periods M must breach. A
period without data counts as TreatMissingData says. Source: CloudWatch User Guide, alarms.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.template import read_template
from peerkeeper_local.pump import FunctionReturned
from peerkeeper_local.story.stage import ROOT

Series = list[float | None]
STATISTICS: Mapping[str, Callable[[list[float]], float]] = {"Sum": sum, "Maximum": max}
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
}


def _unheard(metrics: Mapping[str, float | None]) -> float | None:
    drift, heard = metrics["drift"], sum(metrics[name] or 0 for name in ("e1", "e2", "e3"))
    return None if drift is None else float(drift > 0 and heard == 0)


def _sum(metrics: Mapping[str, float | None]) -> float | None:
    known = [value for value in metrics.values() if value is not None]
    return sum(known) if known else None


EXPRESSIONS: Mapping[str, Callable[[Mapping[str, float | None]], float | None]] = {
    "SUM(METRICS())": _sum,
    "IF(drift > 0 AND FILL(e1, 0) + FILL(e2, 0) + FILL(e3, 0) == 0, 1, 0)": _unheard,
}
"""The expressions of the template, word for word: another one fails here until it is added."""


@dataclass(frozen=True)
class Point:
    """One value of a metric."""

    at: float
    metric: str
    of: frozenset[str]
    """The values of its dimensions."""
    value: float


def points_of(run: FunctionReturned, name: str) -> list[Point]:
    """Return what a run measured: its own metrics, and Lambda's for the function of that name."""
    found = [
        Point(run.at, "Invocations", frozenset({name}), 1.0),
        Point(run.at, "Errors", frozenset({name}), float(run.error is not None)),
    ]
    for line in run.printed:
        told = json.loads(line)
        (about,) = told["_aws"]["CloudWatchMetrics"]
        of = frozenset(told[dimension] for dimension in about["Dimensions"][0])
        for metric in about["Metrics"]:
            found += [Point(run.at, metric["Name"], of, v) for v in told[metric["Name"]]]
    return found


def alarms_in(account: str, region: str, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the alarms that the template makes there, every reference resolved."""
    template = read_template(ROOT / "template.yaml")
    resolver = Resolver(template, Place(account, region, "peerkeeper"), parameters)
    return [
        resolver.value(resource["Properties"])
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::CloudWatch::Alarm" and resolver.deployed(resource)
    ]


def raised(alarm: Mapping[str, Any], points: Iterable[Point], begin: float, end: float) -> int:
    """Return how often the alarm went off between two times."""
    series = _series(alarm, list(points), begin, end)
    missing = alarm["TreatMissingData"] == "breaching"
    breaches = COMPARISONS[alarm["ComparisonOperator"]]
    bad = [missing if v is None else breaches(v, alarm["Threshold"]) for v in series]
    last = alarm["EvaluationPeriods"]
    enough = alarm.get("DatapointsToAlarm", last)
    states = [sum(bad[max(0, i + 1 - last) : i + 1]) >= enough for i in range(len(bad))]
    return sum(after and not before for before, after in pairwise([False, *states]))


def _series(alarm: Mapping[str, Any], points: list[Point], begin: float, end: float) -> Series:
    if "MetricName" in alarm:
        return _values(alarm, alarm["Period"], alarm["Statistic"], points, begin, end)
    stats = {each["Id"]: each["MetricStat"] for each in alarm["Metrics"] if "MetricStat" in each}
    (expression,) = (each["Expression"] for each in alarm["Metrics"] if "Expression" in each)
    columns = {
        name: _values(stat["Metric"], stat["Period"], stat["Stat"], points, begin, end)
        for name, stat in stats.items()
    }
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return [EXPRESSIONS[expression](row) for row in rows]


def _values(
    metric: Mapping[str, Any], period: int, stat: str, points: list[Point], begin: float, end: float
) -> Series:
    of = frozenset(dimension["Value"] for dimension in metric["Dimensions"])
    found: dict[int, list[float]] = {}
    for point in points:
        if (point.metric, point.of) == (metric["MetricName"], of) and begin <= point.at < end:
            found.setdefault(int(point.at - begin) // period, []).append(point.value)
    periods = int(end - begin) // period
    return [STATISTICS[stat](found[i]) if i in found else None for i in range(periods)]
