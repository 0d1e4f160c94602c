"""What a day came to, as numbers. In: a day that was played. Out: values for a table, or for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.load import prices
from simulator.load.size import MINUTE, Size

GB = 1 / 1024


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """One queue's day; ages and seconds in seconds."""

    name: str
    messages: int
    batches: int
    p50: float
    p99: float
    worst: float
    """The age of the oldest message, looked at each minute."""
    done_p50: float
    done_p99: float
    """From when a message was due until it was dealt with."""
    drained: dict[str, float]
    """After each storm."""
    dead: int
    apart: int
    """Messages that name the Region that is down: they are in no figure above, except `batches`."""
    apart_worst: float
    """The greatest age of the oldest of these."""


@dataclass(slots=True)
class Figures:
    """One day."""

    size: Size
    recorded: int = 0
    """Calls that the trail recorded, our own among them."""
    queues: list[QueueFigures] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    calls: int = 0
    """All calls to EC2. `ours` has the functions' calls to EC2 and SQS, each try counted."""
    ours: int = 0
    writes: int = 0
    wasted: int = 0
    refused: int = 0
    timeouts: int = 0
    timed_out: int = 0
    refused_to_people: int = 0
    invocations: dict[str, int] = field(default_factory=dict)
    gb_seconds: float = 0.0
    longest: dict[str, float] = field(default_factory=dict)
    sweep_seconds: tuple[float, float] = (0.0, 0.0)
    """Of a sweep of the fleet: the median, and the longest."""
    sqs_requests: int = 0
    right_p50: float = 0.0
    right_p99: float = 0.0
    right_worst: float = 0.0
    """From a person's act on a peering until the last change that it led to."""
    acts: int = 0
    wrong_at_return: int = 0
    right_after_outage: float | None = None
    dollars: dict[str, float] = field(default_factory=dict)

    def take(self, day: Any) -> None:
        """Read the figures off a day that was played."""
        functions, faults = day.functions, day.faults
        self.queues = [self._queue(day, arn) for arn in functions.queues.ages]
        self.calls, self.ours = day.world.calls, faults.counted
        self.writes, self.wasted = day.liveness.writes, day.liveness.wasted
        self.refused, self.timeouts = faults.refused, faults.timeouts
        self.timed_out, self.refused_to_people = functions.timed_out, day.callers.refused
        self.invocations = dict(functions.woken)
        self.longest = {name: round(each, 1) for name, each in functions.longest.items()}
        sweeps = sorted(functions.sweeps) or [0.0]
        self.sweep_seconds = (share(sweeps, 0.5), sweeps[-1])
        right = day.right.close()
        self.acts = len(right)
        self.right_p50, self.right_p99 = share(right, 0.5), share(right, 0.99)
        self.right_worst = share(right, 1.0)
        self.wrong_at_return, self.right_after_outage = day.right.wrong, day.right.after_outage
        self._costs(day)

    def _queue(self, day: Any, arn: str) -> QueueFigures:
        queues = day.functions.queues
        ages, name = queues.ages[arn], queues.name(arn)
        oldest, waits = sorted(ages.oldest), sorted(ages.waits)
        return QueueFigures(
            name,
            ages.came,
            ages.batches,
            share(oldest, 0.5),
            share(oldest, 0.99),
            share(oldest, 1.0),
            share(waits, 0.5),
            share(waits, 0.99),
            {storm.name: storm.drained[name] for storm in day.storms if name in storm.drained},
            len(queues.by_arn[arn].dead),
            queues.apart[arn].came,
            share(sorted(queues.apart[arn].oldest), 1.0),
        )

    def _costs(self, day: Any) -> None:
        """Work out what AWS bills for the functions, the queues and the state machine."""
        functions, hub = day.functions, day.hub
        memory = {one.logical_id: one.memory * GB for one in hub.functions}
        spent = {name: memory[name] * ms / 1000 for name, ms in functions.billed.items()}
        self.gb_seconds = sum(spent.values())
        polls = prices.POLLS_A_MINUTE * self.size.hours * HOUR_IN_MINUTES * len(self.queues)
        # EventBridge and the functions send each message alone; Lambda receives and deletes by batch.
        self.sqs_requests = round(
            sum(one.messages + one.apart + 2 * one.batches for one in self.queues) + polls
        )
        swept = functions.woken["Sweep"]
        seconds = functions.billed["Sweep"] / 1000
        self.dollars = {
            "Lambda": self.gb_seconds * prices.LAMBDA_GB_SECOND
            + sum(self.invocations.values()) * prices.LAMBDA_REQUEST,
            "SQS": self.sqs_requests * prices.SQS_REQUEST,
            "Step Functions": (len(functions.sweeps) * prices.OWN_TRANSITIONS + swept)
            * prices.STATE_TRANSITION
            + swept * prices.EXPRESS_REQUEST
            + seconds * prices.EXPRESS_GB * prices.EXPRESS_GB_SECOND,
        }

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)


HOUR_IN_MINUTES = 3600.0 / MINUTE


def share(values: list[float], at: float) -> float:
    """Return the value below or at which this share of the sorted values lies; 0 of none."""
    if not values:
        return 0.0
    return round(values[min(len(values) - 1, int(at * len(values)))], 1)
