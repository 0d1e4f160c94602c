"""How long it takes until things are right: after a person's act, and after a Region is back.

In: calls, and a look each minute. Out: seconds.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator.load.judge import lacking
from simulator.world import Call


class RightAgain:
    """Watches one day."""

    def __init__(self, day: Any) -> None:
        self.day = day
        self.after_acts: list[float] = []
        """Seconds from a person's last act on a peering until the last change that it led to."""
        self.after_outage: float | None = None
        """Seconds from the return of the Region until all that was not right then is right."""
        self.wrong = 0
        """Locations that were not right when the Region came back."""
        self._open: dict[str, tuple[float, float]] = {}
        """By peering: when somebody last acted on it, and when Peerkeeper last changed something for it."""
        self._left: dict[Location, list[str]] = {}
        day.world.watchers.append(self.hear)

    def hear(self, call: Call) -> None:
        """Take note of a change that a function made."""
        pcx = _peering_of(call)
        acted = self.day.callers.last.get(pcx)
        if call.run is None or not call.changed or acted is None:
            return
        before = self._open.get(pcx)
        if before and before[0] != acted:
            self.after_acts.append(before[1] - before[0])
        self._open[pcx] = (acted, call.at)

    def begin(self) -> None:
        """The Region is back: note what is not right."""
        day = self.day
        self._left = lacking(day.world, day.policy, day.estate.locations)
        self.wrong = len(self._left)
        if not self._left:
            self.after_outage = 0.0

    def look(self) -> None:
        """See what of it is right now."""
        if not self._left:
            return
        day = self.day
        now = lacking(day.world, day.policy, self._left)
        kept = {
            where: [w for w in words if w in now.get(where, ())]
            for where, words in self._left.items()
        }
        self._left = {where: words for where, words in kept.items() if words}
        if not self._left:
            self.after_outage = day.scheduler.now - day.faults.ends

    def close(self) -> list[float]:
        """Return all seconds from acts to the last change, at the end of the day."""
        return sorted([*self.after_acts, *(done - acted for acted, done in self._open.values())])


def _peering_of(call: Call) -> str:
    """Return the peering that a change is for: of a deleted route, the one that it led to."""
    named = call.params.get("VpcPeeringConnectionId")
    if named or call.action != "DeleteRoute":
        return str(named or "")
    where = Location(call.account, call.region)
    table = call.before.places[where].tables[call.params["RouteTableId"]]
    gone = (r for r in table.routes if r.destination == call.params.get("DestinationCidrBlock"))
    return next((route.target.id for route in gone), "")
