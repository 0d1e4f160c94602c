"""A storm: thousands of calls within a minute, and how long the queues need for them.

In: a day, which storm, when. Out: for each queue, the seconds after its last call until no old message waits.
"""

from __future__ import annotations

from typing import Any

from simulator.load.size import MINUTE

OLD = 30.0
"""Seconds: a message that waits so long shows that the queue is not drained."""
STEP = 10.0
"""Seconds between two looks at the queues."""


class Storm:
    """One storm of a day."""

    def __init__(self, day: Any, name: str, begins: float) -> None:
        self.day = day
        self.name = name
        self.begins, self.ends = begins, begins + MINUTE
        self.calls = 0
        self.drained: dict[str, float] = {}
        """Seconds after the storm, by the queue's name."""
        day.scheduler.at(begins, self._begin)

    def _begin(self) -> None:
        size, applies, scheduler = self.day.size, self.day.applies, self.day.scheduler
        acts = list(getattr(applies, self.name)(size.storm))
        self.calls = len(acts)
        for act in acts:
            scheduler.at(self.begins + scheduler.random.random() * MINUTE, act)
        scheduler.at(self.ends, self._look)

    def _look(self) -> None:
        """Note which queues are drained; look again until all are."""
        queues, now = self.day.functions.queues, self.day.scheduler.now
        for arn, ages in queues.ages.items():
            if ages.age(now) < OLD:
                self.drained.setdefault(queues.name(arn), now - self.ends)
        if len(self.drained) < len(queues.ages):
            self.day.scheduler.after(STEP, self._look)
