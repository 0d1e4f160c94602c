"""One location's sweep on virtual time, and a fleet of them as the state machine's Map runs them.

In: how many accounts and regions. Out: `FleetSweep`: calls, seconds, refusals. The planner, the waves and
the pace are the real ones; EC2 is its documented buckets and a latency. Source of the buckets: EC2 developer
guide, request throttling. Latency: an assumption, no figure is published.
"""

from __future__ import annotations

import heapq
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from peerkeeper.aws.clients import THREADS
from peerkeeper.aws.observe import OPERATIONS
from peerkeeper.aws.pace import Bucket, Pace
from peerkeeper.loop.job import Job
from peerkeeper.loop.reconcile import reconcile
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.reporting.bus_events import Announcement
from peerkeeper.reporting.report import Report
from peerkeeper.values.changes import Change
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed, Outcome
from peerkeeper.values.reads import Read
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.trouble import CUT_OFF, Meaning, Trouble

from benchmarks.fleet_world import observed, settings_of
from benchmarks.virtual_time import VirtualTime

Shown: TypeAlias = Callable[[tuple[Read, ...]], tuple[Observed, int]]
FASTEST, SLOWEST = 0.080, 0.150
ASSUME_ROLE = 0.080
TIMEOUT = 120.0
"""Seconds of the sweep function, see template.yaml."""
CALL_TIMEOUT = 39.0
"""Seconds of one call at its slowest: three attempts of 13 s, see peerkeeper.aws.clients."""
DEFINITION = Path(__file__).parents[1] / "statemachines/fleet_sweep.asl.json"
AT_ONCE: int = json.loads(DEFINITION.read_text())["States"]["SweepLocations"]["MaxConcurrency"]


@dataclass(slots=True)
class Ec2:
    """EC2: each action's bucket in each location, a latency for each call, and what ails it."""

    time: VirtualTime
    ailment: str = ""
    """denied, slow, or nothing."""
    calls: int = 0
    refused: int = 0
    random: random.Random = field(default_factory=random.Random)
    takes: tuple[float, float] = (FASTEST, SLOWEST)
    """Seconds of a call, at its fastest and at its slowest."""
    shown: Shown = observed
    """What reads show, and how many items that is."""
    pace: Pace = field(init=False)
    _buckets: dict[tuple[Location, str], Bucket] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give the location its own pace, as the function has."""
        self.pace = Pace(self.time.now, self.time.sleep)

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        """Answer one group of reads, page by page."""
        kind, where = reads[0].kind, reads[0].location
        action, _, size = OPERATIONS.get(kind, ("DescribeVpcAttribute", "", 1))
        seen, items = self.shown(reads)
        for _ in range(max(1, -(-items // size))):
            self.pace.turn(where, action)
            self._call(where, action)
            if self.ailment == "denied":
                return Observed(reads, trouble=Trouble(Meaning.DENIED, "AccessDenied", "", action))
            if self.ailment == "slow":
                return Observed(reads, trouble=CUT_OFF)
        return seen

    def apply(self, change: Change) -> Outcome | None:
        """Refuse: a sweep writes nothing."""
        raise AssertionError(change)

    def tell(self, told: Sequence[Announcement]) -> tuple[str, ...]:
        """Refuse: a sweep sends no notice."""
        raise AssertionError(told)

    def _call(self, where: Location, action: str) -> None:
        self.calls += 1
        slow = self.ailment == "slow"
        latency = CALL_TIMEOUT if slow else self.random.uniform(*self.takes)
        self.time.sleep(latency / 2)
        now = self.time.now()
        bucket = self._buckets.setdefault((where, action), Bucket(100, 20, 100, now))
        self.refused += bucket.take(now, lambda: float("inf")) > 0
        self.time.sleep(latency / 2)


@dataclass(frozen=True, slots=True)
class LocationSweep:
    """What one invocation came to."""

    location: Location
    seconds: float
    calls: int
    refused: int
    report: Report


@dataclass(frozen=True, slots=True)
class _Clock:
    time: VirtualTime

    def remaining(self) -> float:
        return TIMEOUT - self.time.now()


def sweep(
    locations: Sequence[Location],
    ailment: str = "",
    *,
    shown: Shown = observed,
    **changed: Any,  # noqa: ANN401 - settings of any kind
) -> LocationSweep:
    """Sweep these locations in one invocation, as `functions/sweep` does. `changed`: settings."""
    time = VirtualTime()
    time.sleep(ASSUME_ROLE)
    ec2 = Ec2(time, ailment, random=random.Random(str(locations)), shown=shown)
    scope = Scope(frozenset(map(Hint, locations)), why="benchmark")
    gather: Callable[[Sequence[Callable[[], Any]]], list[Any]] = lambda tasks: time.run(  # noqa: E731
        tasks, THREADS
    )
    report = reconcile(
        [scope],
        replace(settings_of(locations), **changed),
        ec2,
        Job(Function.SWEEP, SweepReads(), RULES_OF[Function.SWEEP]),
        clock=_Clock(time),
        gather=gather,
    )
    return LocationSweep(locations[0], time.now(), ec2.calls, ec2.refused, report)


@dataclass(frozen=True, slots=True)
class FleetSweep:
    """What a run of the state machine came to."""

    sweeps: tuple[LocationSweep, ...]
    ends: tuple[float, ...]
    """When each location was done, in seconds after the Map began."""

    @property
    def seconds(self) -> float:
        """How long the Map took."""
        return max(self.ends)

    @property
    def calls(self) -> int:
        """Calls to EC2."""
        return sum(each.calls for each in self.sweeps)

    @property
    def refused(self) -> int:
        """Calls that EC2 refused as too many."""
        return sum(each.refused for each in self.sweeps)

    @property
    def billed(self) -> float:
        """Seconds of the sweep function, all invocations together."""
        return sum(each.seconds for each in self.sweeps)


def fleet_sweep(locations: Iterable[Location], ailing: dict[Location, str]) -> FleetSweep:
    """Run one invocation a location, as many at once as the definition allows, each begun as one ends."""
    sweeps = tuple(sweep([location], ailing.get(location, "")) for location in locations)
    free = [0.0] * AT_ONCE
    ends = []
    for each in sweeps:
        began = heapq.heappop(free)
        ends.append(began + each.seconds)
        heapq.heappush(free, ends[-1])
    return FleetSweep(sweeps, tuple(ends))
