"""CloudTrail: receives every EC2 call, and writes down those that make an event.

In: calls, from any thread. Out: events, when asked for, in the thread that asks. While it is cut its
events are lost: the trail is off, or EventBridge dropped them (delivery is best effort). In a region it may
log nothing, or only reads: then EventBridge receives no write from there. Sources: EventBridge User Guide,
events from AWS services via CloudTrail; CloudTrail User Guide, management events.
"""

from collections import deque
from collections.abc import Iterator

from peerkeeper_local.cloudtrail import Call, emits_event, envelope, record
from peerkeeper_local.cloudtrail.trails import Trails
from peerkeeper_local.pump.steps import EventEmitted, EventLost


class Trail:
    """Receives the calls that the trails of their account and region log."""

    def __init__(self, trails: Trails) -> None:
        self.cut = False
        self._trails = trails
        self._heard: deque[tuple[Call, bool]] = deque()
        self._written = 0

    def hear(self, call: Call) -> None:
        """Take note of the call; safe in any thread."""
        if emits_event(call):
            logged = self._trails.hears_writes((call.account, call.region))
            self._heard.append((call, self.cut or not logged))

    def events(self) -> Iterator[EventEmitted | EventLost]:
        """Yield what was heard since the last time."""
        while self._heard:
            call, lost = self._heard.popleft()
            event = envelope(record(call, self._written))
            self._written += 1
            yield EventLost(call.at, event) if lost else EventEmitted(call.at, event)
