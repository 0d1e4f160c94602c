"""The hub's queues and Lambda's pollers, on virtual time.

In: bodies with the sender that SQS stamps. Out: batches for functions; what fails comes again after the
visibility time-out, and after `maxReceiveCount` receptions goes to the dead-letter queue. Delays, windows,
batch sizes and counts come from template.yaml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from peerkeeper_local.deployment import EventSourceMapping, Stack
from peerkeeper_local.deployment.resources import Queue as Settings
from simulator.world import World


@dataclass(slots=True)
class Message:
    """One message in a queue. `depth`: hand-offs that led to it, by the simulator's own count."""

    id: str
    body: str
    sender: str
    sent: float
    visible: float
    depth: int = 0
    received: int = 0
    first: float = 0.0
    causes: list[str] = field(default_factory=list)
    """Why it was not dealt with, once for each time."""
    version: str | None = None
    """What the trace calls the sender's version; None if no function is the sender."""

    def record(self) -> dict[str, Any]:
        """Return it as it stands in a Lambda event. Source: Lambda developer guide, SQS."""
        return {
            "messageId": self.id,
            "receiptHandle": f"{self.id}#{self.received}",
            "body": self.body,
            "attributes": {
                "ApproximateReceiveCount": str(self.received),
                "SentTimestamp": str(int(self.sent * 1000)),
                "SenderId": self.sender,
                "ApproximateFirstReceiveTimestamp": str(int(self.first * 1000)),
            },
            "messageAttributes": {},
            "eventSource": "aws:sqs",
        }


@dataclass(slots=True)
class Queue:
    settings: Settings
    mapping: EventSourceMapping
    messages: list[Message] = field(default_factory=list)
    dead: list[Message] = field(default_factory=list)
    running: int = 0
    waiting: bool = False


class Queues:
    """All queues that wake a function."""

    def __init__(
        self, world: World, hub: Stack, invoke: Callable[[str, list[Message], Queue], None]
    ) -> None:
        self.world = world
        self.invoke = invoke
        settings = {queue.arn: queue for queue in hub.queues}
        self.by_arn = {m.queue_arn: Queue(settings[m.queue_arn], m) for m in hub.mappings}
        self._by_url = {queue.settings.url: queue for queue in self.by_arn.values()}
        self._sent = 0

    def send(self, url: str, body: str, run: Any, delay: int) -> None:
        """Send a hand-off of a function's, which SQS stamps with its role."""
        for extra in self.world.faults.message_delays():
            sent = self._put(self._by_url[url], body, run.sender, delay + extra, run.depth + 1)
            sent.version = run.version

    def put(self, arn: str, body: str, sender: str) -> None:
        """Put what a rule delivers, or somebody forges, in the queue."""
        self._put(self.by_arn[arn], body, sender, 0, 0)

    def _put(self, queue: Queue, body: str, sender: str, delay: float, depth: int) -> Message:
        self._sent += 1
        now = self.world.scheduler.now
        message = Message(f"m{self._sent}", body, sender, now, now + delay, depth)
        queue.messages.append(message)
        self._poll_at(queue, message.visible + queue.mapping.window)
        return message

    def _poll_at(self, queue: Queue, when: float) -> None:
        self.world.scheduler.at(when, self.poll, queue)

    def most_at_once(self, queue: Queue) -> int:
        """Return how many invocations may work on its messages at once."""
        return self.world.faults.knobs.reconcilers

    def poll(self, queue: Queue) -> None:
        """Read the queue once; what it gives wakes the function."""
        now, faults = self.world.scheduler.now, self.world.faults
        visible = [message for message in queue.messages if message.visible <= now]
        if not visible:
            return
        if queue.running >= self.most_at_once(queue):
            queue.waiting = True
            return
        batch = faults.batch(visible, queue.mapping.batch_size)
        if len(visible) > len(batch):
            self._poll_at(queue, now)
        fresh = []
        for message in batch:
            redrive = queue.settings.redrive
            if redrive and message.received >= redrive.max_receive_count:
                queue.messages.remove(message)
                queue.dead.append(message)
                self.world.note(f"{message.id} goes to the dead-letter queue: {message.causes}")
                continue
            message.received += 1
            message.first = message.first or now
            message.visible = now + queue.settings.visibility_timeout
            self._poll_at(queue, message.visible)
            fresh.append(message)
        if fresh:
            queue.running += 1
            self.invoke(queue.mapping.function, fresh, queue)

    def done(self, queue: Queue, batch: list[Message], failed: set[str], cause: str) -> None:
        """Delete what was dealt with; what was not comes again."""
        queue.running -= 1
        for message in batch:
            if message.id in failed:
                message.causes.append(cause)
            elif message in queue.messages:
                queue.messages.remove(message)
        if queue.waiting:
            queue.waiting = False
            # Not here: whoever is done would never get the word again, and what it holds would stay for good.
            self._poll_at(queue, self.world.scheduler.now)

    @property
    def dead(self) -> list[tuple[Queue, Message]]:
        """Every message that went to a dead-letter queue."""
        return [(queue, message) for queue in self.by_arn.values() for message in queue.dead]

    @property
    def waiting(self) -> int:
        """How many messages are still in a queue."""
        return sum(len(queue.messages) for queue in self.by_arn.values())
