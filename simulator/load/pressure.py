"""How long EC2 takes, how much of each action it lets through, and a Region that does not answer.

In: calls about to be made. Out: time that passes, Refusals, time-outs. Latencies are assumptions, since AWS
publishes none. The buckets are EC2's documented ones; people's calls take from them as ours do.
"""

from __future__ import annotations

import random
from typing import Any

from botocore.exceptions import ReadTimeoutError

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal
from simulator.faults import DESCRIBE_BUCKET, MUTATE_BUCKET, READS, Faults, Knobs
from simulator.load.size import HOME
from simulator.world import Call

TAG_BUCKET = (100.0, 10.0)
"""CreateTags and DeleteTags. Source of all buckets: EC2 developer guide, request throttling."""
READ, READ_ABROAD, WRITE = 0.080, 0.150, (0.150, 0.300)
"""Seconds of a call: of a describe in the hub's Region and in another, and of a change."""
SQS = 0.020
TIMEOUT = 10.0
"""Seconds after which botocore gives up a read, see peerkeeper.aws.clients."""


class Pressure(Faults):
    """What slows and refuses calls in one world. `down`: a Region, and from when until when it is down."""

    def __init__(self, rng: random.Random, down: tuple[str, float, float]) -> None:
        super().__init__(Knobs(spread=0.0), rng)
        self.down, self.begins, self.ends = down
        self.refused = 0
        """Calls that found the bucket empty."""
        self.timeouts = 0
        self._left: dict[tuple[Location, str], tuple[float, float]] = {}

    def is_down(self, region: str) -> bool:
        """Whether the Region does not answer now."""
        now: float = self.world.scheduler.now
        return region == self.down and self.begins <= now < self.ends

    def before(self, run: Any, where: Any, action: str, params: Any, number: int) -> None:
        """Let half of the call's time pass, then refuse it if there are too many. Raises as botocore does."""
        pause = self.world.scheduler.pause
        if where is None:
            pause(SQS)
            return
        if self.is_down(where.region):
            pause(TIMEOUT)
            self.timeouts += 1
            raise ReadTimeoutError(endpoint_url=f"https://ec2.{where.region}.amazonaws.com")
        pause(self._latency(where, action) / 2)
        if not self._take(where, action):
            self.refused += 1
            raise Refusal("RequestLimitExceeded", "Request limit exceeded.")

    def after(self, run: Any, where: Any, action: str, number: int) -> None:
        """Let the other half pass."""
        if where is not None:
            self.world.scheduler.pause(self._latency(where, action) / 2)

    def hear(self, call: Call) -> None:
        """Take a token for a person's call, too."""
        if call.run is None:
            self._take(Location(call.account, call.region), call.action)

    def _latency(self, where: Location, action: str) -> float:
        if action.startswith(READS):
            return READ if where.region == HOME else READ_ABROAD
        return self.random.uniform(*WRITE)

    def _take(self, where: Location, action: str) -> bool:
        most, rate = _bucket(action)
        now: float = self.world.scheduler.now
        tokens, since = self._left.get((where, action), (most, now))
        tokens = min(most, tokens + (now - since) * rate)
        self._left[where, action] = (tokens - 1 if tokens >= 1 else tokens, now)
        return tokens >= 1


def _bucket(action: str) -> tuple[float, float]:
    if action in ("CreateTags", "DeleteTags"):
        return TAG_BUCKET
    return DESCRIBE_BUCKET if action.startswith(READS) else MUTATE_BUCKET
