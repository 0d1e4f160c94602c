"""The promise A1: no metric that an alarm stands on says that something is wrong while nothing is.

In: runs as they end, with their metrics. Out: nothing, or a `Violation`. It imports nothing of Peerkeeper.

    metric                 it may be above its alarm's threshold if
    AnnouncementsFailed    a call of this very run failed by a fault, or its time was up
    AccountsUnreachable    a call of this very run failed by a fault
    MessagesUnreadable     a message of its batch is none
    DeletesWithheld        too many routes were absent in a state that the run may have been shown
    MostRepeatedWrites     others, or our deletes if reads lag, made three changes within the hour
    NewDrift               at rest: where the mode keeps changes back
    PeeringsNotCarrying    at rest: by as many peerings as have a gap that time alone does not close

Runs whose replies had states of tomorrow are left out. Dead letters are judged by L4, errors by `raised`.
"""

from __future__ import annotations

from typing import Any

from simulator.carried import carried
from simulator.desired import withheld
from simulator.policy import Policy
from simulator.verdict import Violation, need
from simulator.was_so import shown_to

NO_CALL = 45.0
"""Seconds before the deadline in which no call is begun."""
HOUR, MOST_WRITES = 3600.0, 3


class Quiet:
    """Judges the metrics of one world's runs. `poison`: bodies of messages that cannot be read."""

    def __init__(self, policy: Policy, world: Any, poison: set[str]) -> None:
        self.policy = policy
        self.world = world
        self.poison = poison
        self.lag = world.faults.knobs.stale
        self.readable = not world.faults.knobs.unknown
        self._undone: list[float] = []
        """When somebody changed what we may have written, in epoch seconds."""
        world.watchers.append(self.hear)

    def hear(self, call: Any) -> None:
        """Take note of a change by others, and of our own delete, which may meet a new route."""
        ours = call.run is not None
        if call.changed and (not ours or (self.lag and call.action == "DeleteRoute")):
            self._undone.append(call.at)

    def end(self, run: Any, batch: Any, failed: set[str], cause: str) -> None:
        """A run is over: what it counts has a cause."""
        counts = run.counts
        if not counts or not self.readable:
            return
        if counts["AnnouncementsFailed"]:
            late = run.remaining < NO_CALL
            need("A1", run.struck or late, run, "counts announcements that failed, and no call did")
        if counts.get("AccountsUnreachable"):
            need("A1", run.struck, run, "counts an account as unreachable, and no call failed")
        if counts["MessagesUnreadable"]:
            poison = any(message.body in self.poison for message in batch)
            need("A1", poison, run, "counts a message as unreadable, and all can be read")
        if counts["MostRepeatedWrites"] > MOST_WRITES:
            lately = sum(at > self.world.scheduler.now - HOUR for at in self._undone)
            need(
                "A1", lately >= MOST_WRITES, run, "counts repeated writes, and no change was undone"
            )
        if counts.get("DeletesWithheld"):
            so = any(
                withheld(state, moment, self.policy, where)
                for state, moment in shown_to(run, self.lag)
                for where in self.policy.ours
            )
            need("A1", so, run, "counts withheld deletes, and few routes are absent")

    def at_rest(self, runs: list[Any]) -> None:
        """The last sweep finds nothing new, and counts as many peerings that do not carry as there are."""
        run = next(run for run in reversed(runs) if run.function.folder.name == "sweep")
        if not run.counts:
            return
        new = run.counts["NewDrift"] if self.policy.mode == "full" else 0
        need("A1", not new, run, "counts new drift at rest")
        state, moment = self.world.now, self.world.moment(run.ended)
        sides = [
            side
            for where in self.policy.ours
            for side in carried(state, moment, self.policy, where)
            if side.gaps and not side.waits
        ]
        most = len({side.pcx for side in sides})
        sure = [side for side in sides if not side.dead]
        least = len({side.pcx for side in sure}) if self.policy.mode != "observe" else 0
        said = run.counts["PeeringsNotCarrying"]
        if not least <= said <= most:
            raise Violation(
                "A1", f"{run} counts {said} peerings that do not carry; it is {least} to {most}"
            )
