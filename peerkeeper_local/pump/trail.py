"""CloudTrail: hears of every EC2 call, and writes down those that make an event.

In: calls, from any thread. Out: events, when asked for, in the thread that asks. While it is cut its
events are lost: the trail is off, or EventBridge dropped them (delivery is best effort).
"""

from collections import deque
from collections.abc import Iterator

from peerkeeper_local.cloudtrail import Call, emits_event, envelope, record
from peerkeeper_local.pump.steps import EventEmitted, EventLost


class Trail:
    """One trail over all regions."""

    def __init__(self) -> None:
        self.cut = False
        self._heard: deque[tuple[Call, bool]] = deque()
        self._written = 0

    def hear(self, call: Call) -> None:
        """Take note of the call; safe in any thread."""
        if emits_event(call):
            self._heard.append((call, self.cut))

    def events(self) -> Iterator[EventEmitted | EventLost]:
        """Yield what was heard since the last time."""
        while self._heard:
            call, lost = self._heard.popleft()
            event = envelope(record(call, self._written))
            self._written += 1
            yield EventLost(call.at, event) if lost else EventEmitted(call.at, event)
