"""One day of load: what happens when, from the first call to the last oracle.

In: a size. Out: `Figures`. The same size gives the same figures. Time is virtual: nothing sleeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from peerkeeper_local.semantics.limits import Delays
from simulator.liveness import Liveness
from simulator.load.applies import Applies
from simulator.load.big_world import BigWorld
from simulator.load.callers import Act, Callers
from simulator.load.chatter import Chatter
from simulator.load.deployed import deployed, parameters_of
from simulator.load.estate import Estate, estate_of
from simulator.load.figures import Figures
from simulator.load.fleet import Fleet
from simulator.load.judge import lacking, messages, unequal
from simulator.load.people import People
from simulator.load.pressure import Pressure
from simulator.load.right_again import RightAgain
from simulator.load.size import HOUR, MINUTE, Size
from simulator.load.storms import Storm
from simulator.oracles import Safety
from simulator.policy import Policy
from simulator.scheduler import START, Scheduler
from simulator.trail import Trail
from simulator.verdict import Violation
from simulator.world import Call

OURS_TO_ACT_ON = 0.02
"""Share of the calls that is about peering."""
QUIET = 0.25
"""The last share of an outage, in which people begin nothing. What is wrong after it waits for the Region."""
MOST_TURNS = 10**9


class Day:
    """One day, as it runs."""

    def __init__(self, size: Size, changed: Callable[[Fleet], None] = lambda _: None) -> None:
        """`changed`: what a test breaks before the day begins."""
        self.size = size
        self.scheduler = Scheduler(size.seed)
        self.estate: Estate = estate_of(size)
        begins, ends = (START + seconds for seconds in size.outage)
        self.faults = Pressure(self.scheduler.random, (size.down, begins, ends))
        self.world = BigWorld(self.scheduler, self.estate.state, self.faults, Delays())
        self.hub, routes = deployed(size, self.estate.locations)
        self.functions = Fleet(self.world, self.hub, self.estate.locations, size.down)
        changed(self.functions)
        self.trail = Trail(self.world, routes, self.functions.queues.put)
        self.policy = Policy.of(parameters_of(size).items(), self.estate.locations, senders=True)
        self.safety = Safety(self.policy, self.functions.runs)
        self.liveness = Liveness(self)
        self.callers = Callers(self.world, self.estate)
        self.people, self.applies = People(self.callers), Applies(self.callers)
        self.chatter = Chatter(self.estate.locations, self.scheduler.random)
        self.right = RightAgain(self)
        self.storms: list[Storm] = []
        self.figures = Figures(size)
        self._listen()

    def _listen(self) -> None:
        self.world.judges.append(self.safety.judge)
        self.world.watchers += [self.faults.hear, self._count]
        self.callers.is_down = self.faults.is_down
        self.callers.later = self._once_back

    def run(self, tell: Callable[[float], None] = lambda _: None) -> Figures:
        """Play the day; `tell` hears after each minute which share of it is over."""
        try:
            self._play(tell)
        except Violation as violation:
            self.figures.broken.append(str(violation))
        self.figures.take(self)
        return self.figures

    def _play(self, tell: Callable[[float], None]) -> None:
        length = self.size.hours * HOUR
        self._begin(length)
        minutes = round(length / MINUTE)
        for minute in range(minutes):
            self._minute(minute)
            self.scheduler.run(until=START + (minute + 1) * MINUTE, most=MOST_TURNS)
            self.functions.queues.look()
            self.right.look()
            tell((minute + 1) / minutes)
        self._end()

    def _begin(self, length: float) -> None:
        for name, begins in self.size.storms.items():
            self.storms.append(Storm(self, name, START + begins))
        minutes = float(self.hub.schedules[0].expression.removeprefix("rate(").split()[0])
        for n in range(int(length / (minutes * MINUTE))):
            self.scheduler.at(START + n * minutes * MINUTE, self.functions.sweep)
        if self.size.down:
            self.scheduler.at(self.faults.ends - 1, self._judge_others)
            self.scheduler.at(self.faults.ends, self.right.begin)

    def _minute(self, minute: int) -> None:
        """Put the calls of a minute on the agenda."""
        draw, begins = self.scheduler.random, START + minute * MINUTE
        for _ in range(self._share(self.size.calls * (1 - OURS_TO_ACT_ON) / 60)):
            self.scheduler.at(begins + draw.random() * MINUTE, self._other_call)
        if not self._quiet(begins):
            for _ in range(self._share(self.size.calls * OURS_TO_ACT_ON / 60)):
                self.scheduler.at(begins + draw.random() * MINUTE, self.people.ordinary())

    def _share(self, mean: float) -> int:
        """Return a whole number whose mean is this."""
        return int(mean) + (self.scheduler.random.random() < mean % 1)

    def _quiet(self, now: float) -> bool:
        begins, ends = self.faults.begins, self.faults.ends
        return bool(self.size.down) and ends - (ends - begins) * QUIET <= now < ends

    def _other_call(self) -> None:
        call = self.chatter.call(self.scheduler.now)
        if not self.faults.is_down(call.region):
            self._count(call)
            self.trail.hear(call)

    def _count(self, call: Call) -> None:
        self.figures.recorded += 1

    def _once_back(self, act: Act) -> None:
        """Do it in the ten minutes after the Region is back."""
        self.scheduler.at(self.faults.ends + self.scheduler.random.random() * 600, act)

    def _judge_others(self) -> None:
        """L3: while the Region is down, the others are as they should be, as far as that can be known."""
        up = tuple(w for w in self.estate.locations if not self.faults.is_down(w.region))
        words = lacking(self.world, replace(self.policy, ours=up), up)
        self.figures.broken += unequal(words, "L3")

    def _end(self) -> None:
        """Let all drain and sweep once: all must be as it should be, and the next sweep writes nothing."""
        queues = self.functions.queues
        self.scheduler.run(most=MOST_TURNS)
        self._sweep()
        self.figures.broken += unequal(
            lacking(self.world, self.policy, self.estate.locations), "L1"
        )
        before = self.liveness.writes
        self._sweep()
        if changes := self.liveness.writes - before:
            self.figures.broken.append(f"L2: the next sweep made {changes} changes")
        self.figures.broken += messages(queues, self.size.down)

    def _sweep(self) -> None:
        self.functions.sweep()
        self.scheduler.run(most=MOST_TURNS)
