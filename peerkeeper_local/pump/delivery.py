"""When events arrive, and how often.

In: events as they are emitted. Out: events as they fall due. EventBridge does not promise an order,
or that an event comes once. The knobs say how far the pump makes use of that. Never looks into an event.
"""

import heapq
import random
from dataclasses import dataclass

from peerkeeper_local.cloudtrail import Json


@dataclass(frozen=True, slots=True)
class Delivery:
    """How events travel: on time, once and in order by default.

    `delay` and `jitter` in seconds (jitter reorders), `duplicates` is the share of events that a rule
    delivers twice, `seed` makes it the same every time.
    """

    delay: float = 0.0
    jitter: float = 0.0
    duplicates: float = 0.0
    seed: int = 0


class Underway:
    """Events emitted but not yet on their bus."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._random = random.Random(delivery.seed)
        self._heap: list[tuple[float, int, Json]] = []
        self._count = 0

    def add(self, event: Json, emitted: float) -> None:
        """Send the event on its way."""
        late = self._delivery.delay + self._random.uniform(0, self._delivery.jitter)
        heapq.heappush(self._heap, (emitted + late, self._count, event))
        self._count += 1

    def due(self) -> float | None:
        """Return when the next event arrives, None if no event is underway."""
        return self._heap[0][0] if self._heap else None

    def take(self) -> Json:
        """Return the next event. Raises IndexError if no event is underway."""
        return heapq.heappop(self._heap)[2]

    def copies(self) -> int:
        """Return how often a rule delivers the current event."""
        return 2 if self._random.random() < self._delivery.duplicates else 1
