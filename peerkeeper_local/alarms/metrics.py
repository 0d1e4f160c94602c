"""What CloudWatch holds: values of metrics, each with its time.

In: values, lines of the embedded metric format. Out: a statistic of a metric in each window of time.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from peerkeeper_local.deployment import Metric, Statistic

STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Sum": sum,
    "Maximum": max,
    "Minimum": min,
    "SampleCount": len,
}


class Metrics:
    """Values by metric, in the order of time."""

    def __init__(self) -> None:
        self._times: dict[Metric, list[float]] = {}
        self._values: dict[Metric, list[float]] = {}

    def put(self, metric: Metric, at: float, value: float) -> None:
        """Keep a value; never one that is older than the last of its metric."""
        self._times.setdefault(metric, []).append(at)
        self._values.setdefault(metric, []).append(value)

    def put_line(self, line: str, at: float) -> None:
        """Keep what a printed line measures, if it is one of the embedded metric format.

        Source: CloudWatch User Guide, specification of the embedded metric format.
        """
        told = json.loads(line) if line.startswith("{") else {}
        for about in told.get("_aws", {}).get("CloudWatchMetrics", ()):
            for names in about["Dimensions"]:
                dimensions = frozenset((name, told[name]) for name in names)
                for one in about["Metrics"]:
                    metric = Metric(about["Namespace"], one["Name"], dimensions)
                    value = told[one["Name"]]
                    for each in value if isinstance(value, list) else [value]:
                        self.put(metric, at, each)

    def has(self, metric: Metric) -> bool:
        """Tell whether the metric ever had a value."""
        return metric in self._times

    def names(self) -> set[Metric]:
        """Return every metric that has values."""
        return {*self._times}

    def of(self, metric: Metric) -> list[tuple[float, float]]:
        """Return the metric's values, each with its time."""
        return [*zip(self._times.get(metric, ()), self._values.get(metric, ()), strict=True)]

    def window(self, wanted: Statistic, end: float) -> float | None:
        """Return the statistic of the period before `end`, None where there is no value in it.

        Raises KeyError for a statistic that is not known.
        """
        times = self._times.get(wanted.metric, [])
        first, last = bisect_left(times, end - wanted.period), bisect_left(times, end)
        if first == last:
            return None
        return STATISTICS[wanted.stat](self._values[wanted.metric][first:last])
