"""What Peerkeeper told and measured while it looked after an estate.

In: the pump's steps. Out: announcements, points of metrics, reports, dead letters; judged by nobody here.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from peerkeeper_local.alarms import Measured
from peerkeeper_local.deployment import Metric
from peerkeeper_local.pump import (
    Announced,
    DeadLettered,
    EventRefused,
    FunctionReturned,
    Pump,
    Step,
)


class Log:
    """Listens from when it is made."""

    def __init__(self, pump: Pump) -> None:
        self.told: list[tuple[float, dict[str, Any]]] = []
        self.measures = Measured(pump)
        self.dead: list[Step] = []
        self.reports: list[dict[str, Any]] = []
        self.last_sweep: list[dict[str, Any]] = []
        """The findings of the last sweep."""
        self._swept: list[tuple[Metric, float]] = []
        pump.on_step(self._hear)

    def _hear(self, step: Step) -> None:
        match step:
            case Announced(at, _, event):
                self.told.append((at, event))
            case DeadLettered() | EventRefused():
                self.dead.append(step)
            case FunctionReturned():
                self._ran(step)

    def _ran(self, step: FunctionReturned) -> None:
        reports = [line["report"] for line in step.logs if "report" in line]
        self.reports += reports
        if step.function == "Sweep":
            self._swept = [
                (metric, values[-1][1])
                for metric in self.measures.at().names()
                if (values := self.measures.at().of(metric))[-1][0] == step.at
            ]
            self.last_sweep = [found for report in reports for found in report["findings"]]

    def sweep_again(self, at: float) -> None:
        """Take it that a sweep at this time measured what the last one did, and handed nothing on."""
        for metric, value in self._swept:
            done = metric.name in ("NewDrift", "HandOffs")
            self.measures.at().put(metric, at, 0.0 if done else value)

    def kinds(self) -> Counter[str]:
        """Return how many announcements of each kind there were."""
        return Counter(event["detail-type"] for _, event in self.told)

    def about(self, kind: str) -> Counter[str]:
        """Return how many announcements of this kind there were about each peering."""
        return Counter(e["detail"]["peering"] for _, e in self.told if e["detail-type"] == kind)

    def measured(self, metric: str) -> float:
        """Return the sum of a metric over all functions and all time."""
        metrics = self.measures.at()
        return sum(v for one in metrics.names() if one.name == metric for _, v in metrics.of(one))
