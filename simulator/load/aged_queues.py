"""The hub's queues, with the age of what waits in them.

In: messages. Out: as `simulator.queues`, and for each queue what came, what was dealt with and how old the
oldest message is. A hand-off with a delay counts from when it is due. Messages that name the Region that is
down count apart: they wait for it, and the others must not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from simulator.queues import Message, Queue, Queues


@dataclass(slots=True)
class Ages:
    """What one queue saw. Seconds and counts."""

    came: int = 0
    done: int = 0
    batches: int = 0
    waits: list[float] = field(default_factory=list)
    """Of each message that was dealt with: from when it was due until then."""
    oldest: list[float] = field(default_factory=list)
    """The age of the oldest message, each minute."""
    due: dict[str, float] = field(default_factory=dict)
    """When each message is due that is in the queue now, in the order in which they came."""

    def age(self, now: float) -> float:
        """Return the age of the oldest message that is due, else 0."""
        return max((now - due for due in self.due.values()), default=0.0)


class AgedQueues(Queues):
    """All queues that wake a function; each mapping has its own concurrency."""

    def __init__(self, world: Any, hub: Any, invoke: Any, down: str) -> None:
        super().__init__(world, hub, invoke)
        self.down = down
        self.ages = {arn: Ages() for arn in self.by_arn}
        self.apart = {arn: Ages() for arn in self.by_arn}
        """What the messages saw that name the Region that is down for a while."""
        self.given: Counter[str] = Counter()
        """Messages that rules and functions sent to each queue, those that were lost among them."""

    def name(self, arn: str) -> str:
        """Return the queue's name."""
        return arn.rpartition(":")[2]

    def most_at_once(self, queue: Queue) -> int:
        """Return what template.yaml says."""
        return queue.mapping.maximum_concurrency or 1000

    def send(self, url: str, body: str, run: Any, delay: int) -> None:
        """Send a hand-off of a function's."""
        self.given[self._by_url[url].mapping.queue_arn] += 1
        super().send(url, body, run, delay)

    def put(self, arn: str, body: str, sender: str) -> None:
        """Put what a rule delivers in the queue."""
        self.given[arn] += 1
        super().put(arn, body, sender)

    def _put(self, queue: Queue, body: str, sender: str, delay: float, depth: int) -> Message:
        message = super()._put(queue, body, sender, delay, depth)
        ages = self._ages_of(queue, message)
        ages.came += 1
        ages.due[message.id] = message.visible
        return message

    def done(self, queue: Queue, batch: list[Message], failed: set[str], cause: str) -> None:
        """Delete what was dealt with; what was not comes again."""
        now = self.world.scheduler.now
        self.ages[queue.mapping.queue_arn].batches += 1
        for message in batch:
            ages = self._ages_of(queue, message)
            if message.id not in failed and message.id in ages.due:
                ages.done += 1
                ages.waits.append(now - ages.due.pop(message.id))
        super().done(queue, batch, failed, cause)

    def look(self) -> None:
        """Write down how old the oldest message of each queue is."""
        now = self.world.scheduler.now
        for arn, queue in self.by_arn.items():
            for message in queue.dead:
                self._ages_of(queue, message).due.pop(message.id, None)
            for ages in (self.ages[arn], self.apart[arn]):
                ages.oldest.append(ages.age(now))

    def _ages_of(self, queue: Queue, message: Message) -> Ages:
        arn = queue.mapping.queue_arn
        return (self.apart if self.down and self.down in message.body else self.ages)[arn]
