"""Keep within EC2's request rates: a token bucket for each action in each location.

In: an action about to be called, and how long its caller may wait. Out: its turn, or `TurnTooLate`.
EC2 refills a bucket for each action, account and region, and refuses what finds it empty. Spending a
little less than it gives costs a little time and saves every refusal, see docs/decisions/0008.

    action                               EC2: burst    a second    ours: burst    a second
    Describe*                            100           20          90             18
    any that changes something           50            5           45             4.5
    Route 53, all of an account's        5             5           4.5            4.5

Source: EC2 developer guide, request throttling (request token bucket sizes and refill rates). Quotas
that were raised in Service Quotas are not known here, and not needed.
Source: Route 53 Developer Guide, quotas. It names five requests a second for each account, and no burst.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from threading import Lock

from peerkeeper.values.changes import ACTIONS, AT_ONCE, FRESH
from peerkeeper.values.ec2 import Location

SHARE = 0.9
"""Of what EC2 gives: the rest is for the account's other callers, and for clocks that differ."""


PROMPT = frozenset(ACTIONS[kind] for kind in AT_ONCE)
"""Actions that may wait only `FRESH` seconds."""


ROUTE53 = "route53"
"""The one action of an account in Route 53, as it is paced."""
READS = ("Describe", "Get", "List", ROUTE53)
"""How the actions begin that only read. A read may have hundreds of pages, so each page asks for the time."""


class TurnTooLate(Exception):
    """The action's turn comes later than its caller may wait; no token was taken."""


@dataclass(slots=True)
class Bucket:
    """Tokens for one action in one location. Below zero, calls are waiting for their turn."""

    burst: float
    rate: float
    tokens: float
    at: float

    def take(self, now: float, patience: Callable[[], float]) -> float:
        """Take a token; return the seconds until it may be spent. Raises TurnTooLate, taking none.

        `patience` is asked only where the token is not there yet.
        """
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        wait = max(0.0, (1.0 - self.tokens) / self.rate)
        if wait and wait > max(0.0, patience()):
            raise TurnTooLate
        self.tokens -= 1.0
        return wait


@dataclass(slots=True)
class Pace:
    """The buckets of one process; time is handed in, so that a test can run it in no time."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    patience: Callable[[], float] = lambda: inf
    """Seconds that a call may still wait before it must be begun: the running invocation's."""
    taken: int = 0
    """Turns given so far: the calls to EC2, each page counted, retries not."""
    _buckets: dict[tuple[Location, str], Bucket] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def turn(self, location: Location, action: str) -> None:
        """Return when it is this action's turn. Raises TurnTooLate where that would be too late.

        A page of a read is too late once the time for calls is over, even if a token is there. A change that
        need not wait is made: it was begun in time.
        """
        if action.startswith(READS) and self.patience() < 0:
            raise TurnTooLate
        with self._lock:
            now = self.now()
            bucket = self._buckets.get((location, action))
            if bucket is None:
                bucket = self._buckets[location, action] = _full(action, now)
            wait = bucket.take(
                now, lambda: min(self.patience(), FRESH if action in PROMPT else inf)
            )
            self.taken += 1
        if wait:
            self.sleep(wait)


def _full(action: str, now: float) -> Bucket:
    if action == ROUTE53:
        burst, rate = 5, 5
    else:
        burst, rate = (100, 20) if action.startswith("Describe") else (50, 5)
    return Bucket(burst * SHARE, rate * SHARE, burst * SHARE, now)
