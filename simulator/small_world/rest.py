"""The end of a state: nothing goes wrong any more, and the promises about the end are judged.

In: a node with no function under way and no message. Out: what EC2 comes to be, and what is broken, in words.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from peerkeeper_local.semantics.limits import Moment
from simulator.events_alone import waits
from simulator.faults import Knobs
from simulator.policy import Policy
from simulator.rows import State
from simulator.schedule import Schedule
from simulator.small_world.node import Node
from simulator.small_world.small import Small

PASSING = 60.0
"""Seconds after which no passing state is left: the small world has none, and a schedule has."""


@dataclass(frozen=True, slots=True)
class End:
    """EC2 where nothing is under way, EC2 after the sweeps that follow, and what that breaks."""

    state: State
    rest: State
    moment: Moment
    broken: tuple[str, ...]


class Rests:
    """The ends of one small world, each judged once. No message is left, so EC2 is all there is."""

    def __init__(self, small: Small, policy: Policy, first: State) -> None:
        self.small, self.policy, self.first = small, policy, first
        self.known: dict[Hashable, End] = {}
        """By the key of its EC2."""

    def end(self, node: Node, world: Hashable) -> End:
        """Let the world come to rest. `world`: the key of its EC2."""
        found = self.known.get(world)
        if found is None:
            schedule = Schedule(self.small.scenario, Knobs(), 0, begins=node.state)
            schedule.scheduler.now = node.now + PASSING
            schedule.planned, schedule.followed = True, False
            result = schedule.rest()
            rest, moment = result.final
            found = self.known[world] = End(node.state, rest, moment, tuple(result.broken))
        return found

    def unswept(self, node: Node, moment: Moment) -> str:
        """Return what waits for a sweep, if no event was lost, no read was late, and no days passed."""
        had, left = self.small.left, node.left
        if (had.losses, had.late, had.days) != (left.losses, left.late, left.days):
            return ""
        found = waits(self.first, node.state, moment, self.policy)
        return f"L6: no event led to it, and it waits for a sweep: {found}" if found else ""
