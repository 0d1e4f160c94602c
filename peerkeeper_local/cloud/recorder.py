"""What was asked of EC2, and what it said. In: finished calls. Out: the list of them, and its depth."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from peerkeeper_local.semantics.location import Location

Subscriber = Callable[["Call"], None]


@dataclass(frozen=True)
class Call:
    """One EC2 call.

    `params` are as the client sent them, in botocore's shape. `read` parses the reply; there is
    none if there is an `error` (code, message). `at` is virtual epoch seconds; `started` and
    `ended` are turns of the cloud's `waves`. `principal` is the caller's ARN.
    """

    account: str
    region: str
    action: str
    params: Mapping[str, Any]
    read: Callable[[], Mapping[str, Any] | None]
    error: tuple[str, str] | None
    at: float
    started: float
    ended: float
    principal: str
    dry_run: bool

    @cached_property
    def reply(self) -> Mapping[str, Any] | None:
        """The reply as the client reads it, in botocore's shape; None after an error.

        It is parsed only when it is read: most calls are describes, and their replies are not read again.
        """
        return self.read()

    @property
    def location(self) -> Location:
        """Where the call was made."""
        return Location(self.account, self.region)


class Recorder:
    """Keeps every call in the order they ended, and tells subscribers of each."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._subscribers: list[Subscriber] = []
        self._lock = Lock()

    def subscribe(self, subscriber: Subscriber) -> None:
        """Call `subscriber` with each call after it ended, in the thread that made it."""
        self._subscribers.append(subscriber)

    def record(self, call: Call) -> None:
        """Keep `call`, then tell the subscribers: outside every lock, so they may call EC2 again."""
        with self._lock:
            self.calls.append(call)
        for subscriber in tuple(self._subscribers):
            subscriber(call)


def depth(calls: Iterable[Call]) -> int:
    """Return how many waves the calls took: the greatest number of pairwise disjoint intervals."""
    waves, free_at = 0, float("-inf")
    for call in sorted(calls, key=lambda call: call.ended):
        if call.started >= free_at:
            waves, free_at = waves + 1, call.ended
    return waves
