"""How often one route was written within an hour: the sign of somebody else who takes it away each time.

In: outcomes, and the time. Out: a count. The memory is one process's own, an hour deep: a process that
starts anew counts anew, and two at once count apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.outcomes import Outcome, Result

HOUR = 3600.0


class RepeatedWrites:
    """The routes written within the last hour, by this process."""

    def __init__(self) -> None:
        self._written: dict[CreateRoute, list[float]] = {}

    def most(self, outcomes: Iterable[Outcome], now: float) -> int:
        """Take in what was written now; return how often the most written of these routes was."""
        kept = {
            route: recent
            for route, times in self._written.items()
            if (recent := [time for time in times if time > now - HOUR])
        }
        fresh = [
            outcome.change
            for outcome in outcomes
            if isinstance(outcome.change, CreateRoute) and outcome.result is Result.APPLIED
        ]
        for route in fresh:
            kept.setdefault(route, []).append(now)
        self._written = kept
        return max((len(kept[route]) for route in fresh), default=0)
