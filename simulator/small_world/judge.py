"""The simulator's oracles, asked at each state of the small world.

In: an invocation about to write, or one that has ended. Out: nothing, or a `Violation`.
"""

from __future__ import annotations

from collections.abc import Hashable
from types import SimpleNamespace
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from simulator.faults import Knobs
from simulator.liveness import Liveness
from simulator.oracles import Safety
from simulator.policy import Policy
from simulator.route_oracles import TWO_LOOKS, RouteOracles
from simulator.rows import State
from simulator.scheduler import START
from simulator.seen_by_run import SeenByRun
from simulator.side_verdicts import SideVerdicts
from simulator.small_world.node import Keys, Live, Look, Node
from simulator.small_world.script import Asked
from simulator.small_world.seen_run import SeenRun
from simulator.small_world.steps import Step, Steps
from simulator.tellings import Tellings
from simulator.untouched import Untouched


class Watched:
    """What the oracles ask of the world: the states that one run may have been shown, now."""

    def __init__(self) -> None:
        self.scheduler = SimpleNamespace(now=START)
        # A read may be late, so a delete may meet another route: counted, and made good by a sweep.
        self.faults = SimpleNamespace(knobs=Knobs(stale=1.0), lost=0)
        self.judges: list[Any] = []
        self.listeners: list[Any] = []
        self.watchers: list[Any] = []
        self.shown: tuple[State, ...] = ()
        self.at = Moment(START)
        self.now_is, self.looks = START, frozenset[Look]()

    def between(self, _since: float) -> list[State]:
        return list(self.shown)

    @property
    def now(self) -> State:
        return self.shown[-1]

    def state_at(self, _at: float) -> State:
        """Return EC2 before the run: nothing older matters, since no deed exempts a VPC."""
        return self.shown[0]

    def moment(self, _at: float | None = None) -> Moment:
        return self.at


class _Routes(RouteOracles):
    """The oracles of routes, with what a node remembers of earlier runs."""

    oldest = float("inf")
    """A small world keeps no time of a read."""

    def missed_before(self, run: Any, pcx: str, where: Location) -> bool:
        world: Watched = run.world
        return any(
            (look.pcx, look.where) == (pcx, where) and world.now_is - look.at >= TWO_LOOKS
            for look in world.looks
        )


class Judge:
    """All promises about one write, and about one invocation's end."""

    def __init__(self, policy: Policy, steps: Steps, keys: Keys) -> None:
        self.steps, self.keys = steps, keys
        self.world = Watched()
        self.safety = Safety(policy, [])
        self.safety.routes = _Routes(policy, [])
        self.tellings = Tellings(policy, self.world)
        functions = SimpleNamespace(ended=[])
        self.untouched = Untouched(policy, self.world)
        self.verdicts = SideVerdicts(policy, self.world)
        self.liveness = Liveness(SimpleNamespace(world=self.world, functions=functions))
        self._held: set[tuple[Hashable, ...]] = set()
        """Writes that were judged, and broke nothing."""

    def tells(self, function: str) -> bool:
        """Whether the function tells people of peerings: what was so while it ran is then kept."""
        return self.steps.functions[function].folder.name in {"connect_peerings", "sweep"}

    @property
    def late(self) -> int:
        """Deletes that met another route, because what they rest on was out of date."""
        return self.safety.routes.late

    def run_of(self, live: Live, step: Step) -> SeenRun:
        found = step.memory.get("run")
        if found is None:
            function = self.steps.functions[live.invocation.function]
            found = step.memory["run"] = SeenRun(live.invocation, step, function)
            found.world = self.world
        return found

    def _stand(self, node: Node, live: Live, moment: Moment) -> None:
        self.world.scheduler.now = START
        self.world.shown, self.world.at = live.states or (node.before, node.state), moment
        self.world.now_is, self.world.looks = node.now, node.looks

    def write(self, node: Node, live: Live, step: Step, asked: Asked, moment: Moment) -> None:
        """Judge a call that changes EC2, before it takes effect. Raises Violation."""
        assert asked.where
        shown = tuple(self.keys.world(state, moment) for state in (node.state, *live.states))
        known = (id(step), id(asked), shown, node.looks)
        if known in self._held:
            return
        self._held.add(known)
        run = self.run_of(live, step)
        self._stand(node, live, moment)
        self.safety.judge(run, asked.where, asked.action, asked.params, node.state, moment)
        self._hear_again(run)
        self.tellings.judge(run, asked.where, asked.action, asked.params, node.state, moment)

    def made(self, node: Node, live: Live, step: Step, after: State, moment: Moment) -> None:
        """Judge what a call has changed, where it is known what the run may have seen. Raises Violation."""
        if live.states and after is not node.state:
            self._stand(node, live, moment)
            self.untouched.judge(self.run_of(live, step), node.state, after, self.world.shown)

    def tell(self, node: Node, live: Live, step: Step, asked: Asked, moment: Moment) -> None:
        """Judge what is about to go on the bus. Raises Violation."""
        run = self.run_of(live, step)
        self._stand(node, live, moment)
        self._hear_again(run)
        self.tellings.hear(run, asked.params["Entries"])

    def end(self, node: Node, live: Live, step: Step, moment: Moment) -> None:
        """Judge an invocation that has come to its end. Raises Violation."""
        run = self.run_of(live, step)
        self._stand(node, live, moment)
        self._hear_again(run)
        self.tellings.end(run, [], set(), "")
        self.verdicts.end(run, [], set(), "")
        writes, run.writes, run.refused = run.writes, [], set()
        for call in writes:
            self.liveness.hear(call)
        self.liveness.end(run, [], set(), "")

    def _hear_again(self, run: SeenRun) -> None:
        """Let the oracle of notices know what this run has told so far."""
        self.tellings.told.pop(run.number, None)
        for entries in run.told:
            self.tellings.hear(run, entries)

    def looks(self, node: Node, live: Live, step: Step) -> frozenset[Look]:
        """Return what later runs may rest on: which peerings this one missed, and where."""
        saw = SeenByRun(self.run_of(live, step))
        return frozenset(
            Look(pcx, where, node.now)
            for pcx in node.state.peerings
            for where, place in node.state.places.items()
            if any(r.target.id == pcx for table in place.tables.values() for r in table.routes)
            and saw.misses(pcx, where)
        )
