"""What Peerkeeper told and measured while it looked after an estate.

In: the pump's steps. Out: announcements, points of metrics, reports, dead letters; judged by nobody here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from peerkeeper_local.pump import (
    Announced,
    DeadLettered,
    EventRefused,
    FunctionReturned,
    Pump,
    Step,
)
from tests.integration.mixed.alarms import Point, points_of


class Log:
    """Listens from when it is made."""

    def __init__(self, pump: Pump) -> None:
        self.told: list[tuple[float, dict[str, Any]]] = []
        self.points: list[Point] = []
        self.dead: list[Step] = []
        self.reports: list[dict[str, Any]] = []
        self.last_sweep: list[dict[str, Any]] = []
        """The findings of the last sweep."""
        self._swept: list[Point] = []
        self._names = {function.logical_id: function.name for function in pump.hub.functions}
        pump.on_step(self._hear)

    def _hear(self, step: Step) -> None:
        match step:
            case Announced(at, _, event):
                self.told.append((at, event))
            case DeadLettered(at, _, queue):
                self.dead.append(step)
                of = frozenset({f"{queue}-dead-letters"})
                self.points.append(Point(at, "ApproximateNumberOfMessagesVisible", of, 1.0))
            case EventRefused():
                self.dead.append(step)
            case FunctionReturned():
                self._ran(step)

    def _ran(self, step: FunctionReturned) -> None:
        points = points_of(step, self._names[step.function])
        self.points += points
        reports = [line["report"] for line in step.logs if "report" in line]
        self.reports += reports
        if step.function == "Sweep":
            self._swept = points
            self.last_sweep = [found for report in reports for found in report["findings"]]

    def sweep_again(self, at: float) -> None:
        """Take it that a sweep at this time measured what the last one did, and handed nothing on."""
        for point in self._swept:
            done = point.metric in ("DriftFound", "HandOffs")
            self.points.append(replace(point, at=at, value=0.0 if done else point.value))

    def kinds(self) -> Counter[str]:
        """Return how many announcements of each kind there were."""
        return Counter(event["detail-type"] for _, event in self.told)

    def about(self, kind: str) -> Counter[str]:
        """Return how many announcements of this kind there were about each peering."""
        return Counter(e["detail"]["peering"] for _, e in self.told if e["detail-type"] == kind)

    def measured(self, metric: str) -> float:
        """Return the sum of a metric over all functions and all time."""
        return sum(point.value for point in self.points if point.metric == metric)
