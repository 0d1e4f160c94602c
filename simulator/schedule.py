"""One schedule: a scenario, its faults and a seed, from the start to the last oracle.

In: a scenario, knobs, a seed. Out: `Result`: what was broken, and what it took. The same three give the
same result, call for call.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

from peerkeeper_local.semantics.limits import Delays
from simulator.advice import follow, is_followed
from simulator.events_alone import nothing_waits_for_a_sweep
from simulator.faults import Faults, Knobs
from simulator.forgeries import forge
from simulator.functions import Functions
from simulator.hands import Hands
from simulator.liveness import Liveness
from simulator.opponents import deface, forget, take_route, usurp
from simulator.oracles import Safety
from simulator.owners import meddle, narrow
from simulator.plans import is_planned, nothing_left
from simulator.policy import Policy
from simulator.quiet import Quiet
from simulator.result import Result
from simulator.rows import State
from simulator.scenarios import Scenario
from simulator.scheduler import START, Scheduler, TooLong
from simulator.side_verdicts import SideVerdicts
from simulator.start import clients, ours_by, start_of
from simulator.tellings import Tellings
from simulator.trail import Trail, stacks
from simulator.untouched import Untouched
from simulator.verdict import Violation
from simulator.world import World

LULL = 20.0
"""Seconds after the script's last step before the faults stop."""
LONG, SPELL = 3600.0, 600.0
"""If steps are an hour apart or more, the faults strike for so many seconds after each, not for days."""
BUSY = 1500.0
"""Seconds in which owners change their subnets: a second look comes five minutes after the first."""


class Schedule:
    """One schedule, as it runs."""

    def __init__(
        self,
        scenario: Scenario,
        knobs: Knobs,
        seed: int,
        *,
        trace: bool = False,
        begins: State | None = None,
    ) -> None:
        """`begins`: the state to begin with, in place of the scenario's own."""
        self.scenario, self.knobs = scenario, knobs
        self.seed, self.planned, self.followed = seed, is_planned(seed), is_followed(seed)
        self.scheduler = scheduler = Scheduler(seed)
        ours = ours_by(scenario.parameters)
        state, names = start_of(scenario.start, scenario.age, ours)
        state = begins or state
        self.faults = Faults(knobs, scheduler.random)
        delays = Delays(peer_sight=knobs.newborn, provisioning=knobs.provisioning)
        self.world = World(scheduler, state, self.faults, delays)
        self.world.trace = [] if trace else None
        hub, routes = stacks(scenario.parameters)
        self.functions = Functions(self.world, hub, proof=knobs.senders)
        self.trail = Trail(self.world, routes, self.functions.queues.put)
        self.policy = Policy.of(scenario.parameters, ours, knobs.senders)
        self.safety = Safety(self.policy, self.functions.runs)
        self.world.judges.append(self.safety.judge)
        self.world.watchers.append(self.safety.hear)
        self.liveness = Liveness(self)
        self.untouched = Untouched(self.policy, self.world)
        self.tellings = Tellings(self.policy, self.world)
        self.functions.ended.append(self.tellings.end)
        self.verdicts = SideVerdicts(self.policy, self.world)
        self.functions.ended.append(self.verdicts.end)
        self.quiet = Quiet(self.policy, self.world, self.liveness.poison)
        self.functions.ended.append(self.quiet.end)
        self.hands = Hands(clients(self.world), dict(names))
        self.result = Result(trace=self.world.trace)

    def run(self) -> Result:
        """Run it to its end. The result has all that breaks."""
        return self._tried(self._play)

    def rest(self) -> Result:
        """Let no script and no fault come any more, only sweeps. The result has all that breaks."""
        return self._tried(self._come_to_rest)

    def _tried(self, play: Callable[[], None]) -> Result:
        try:
            play()
        except Violation as violation:
            self.result.broken.append(str(violation))
        except TooLong as too_long:
            self.result.broken.append(f"L2: {too_long}")
        except Exception:
            self.result.broken.append("raised: " + traceback.format_exc())
        return self._summed()

    def _play(self) -> None:
        end, knobs = self._schedule_script(), self.knobs
        self._schedule_faults(end)
        self.scheduler.run(until=end)
        lasting = Knobs(down=knobs.down, closed=knobs.closed, denied=knobs.denied)
        if lasting != Knobs():
            self._last(lasting)
        self._come_to_rest()

    def _come_to_rest(self) -> None:
        """Judge the world once no fault strikes any more and two sweeps have run."""
        self.world.note("the faults stop")
        self.faults.stop()
        self.world.lift_quotas()
        self._settle(sweep=False)
        self._events_came()
        self.scheduler.run(until=self.scheduler.now + self.knobs.newborn)
        self._settle(sweep=True)
        self.liveness.converged()
        mark, runs = len(self.world.states), len(self.functions.runs)
        self._settle(sweep=True)
        self.liveness.at_rest(mark)
        self.liveness.nothing_silent(runs)
        self.verdicts.at_rest(self.functions.runs[runs:])
        self.quiet.at_rest(self.functions.runs[runs:])
        if self.planned:
            nothing_left(self)
        self.liveness.messages()
        self.tellings.all_told()
        if self.followed:
            follow(self, self.seed)

    def _events_came(self) -> None:
        """Judge the world once all events have come, before a sweep."""
        nothing_waits_for_a_sweep(self)

    def sweep_and_settle(self) -> None:
        """Sweep, and let all that follows happen."""
        self._settle(sweep=True)

    def _last(self, knobs: Knobs) -> None:
        """Let a region stay down or closed, or an action denied, when all else is well again."""
        self.world.note(f"what lasts: {knobs.said()}")
        self.faults.knobs = knobs
        self.world.lift_quotas()
        self.scheduler.run(until=self.scheduler.now + self.knobs.newborn)
        self._settle(sweep=True)
        if not knobs.denied:
            self.liveness.others_go_on({knobs.down, knobs.closed})

    def _settle(self, *, sweep: bool) -> None:
        if sweep:
            self.world.note("sweep")
            self.functions.sweep()
        self.scheduler.run()

    def _schedule_script(self) -> float:
        when, draw = START, self.scheduler.random.random
        for seconds, verb, *args in self.scenario.script:
            when += seconds * (0.5 + draw())
            self.scheduler.at(when, self._step, verb, args)
        end = when + LULL * (0.5 + draw())
        return max(end, START + BUSY) if self.knobs.owners else end

    def _step(self, verb: str, args: list[Any]) -> None:
        if any(seconds >= LONG for seconds, *_ in self.scenario.script):
            self.faults.on = True
            self.scheduler.after(SPELL, self.faults.stop)
        refused = self.hands.do(verb, *args)
        self.world.note(f"operator: {verb} {' '.join(map(str, args))} {refused}")

    def _schedule_faults(self, end: float) -> None:
        random, knobs = self.scheduler.random, self.knobs
        deeds = {
            take_route: knobs.opponent,
            usurp: knobs.usurped,
            meddle: knobs.owners,
            narrow: knobs.narrowed,
            forget: knobs.forgotten,
            forge: knobs.forged,
            deface: knobs.hostile,
        }
        for deed, times in deeds.items():
            for _ in range(times):
                self.scheduler.at(random.uniform(START, end), deed, self)
        if random.random() < 0.3:
            self.scheduler.at(random.uniform(START, end), self.functions.sweep)

    def _summed(self) -> Result:
        result = self.result
        result.calls, result.runs = self.world.calls, len(self.functions.runs)
        result.counted, result.effects = self.faults.counted, tuple(self.faults.effects)
        result.late = self.safety.routes.late
        result.writes, result.wasted = self.liveness.writes, self.liveness.wasted
        result.final = (self.world.now, self.world.moment())
        return result
