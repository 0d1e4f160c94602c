"""CloudTrail: hears of every EC2 call, and writes down those that make an event.

In: calls, from any thread. Out: events, when asked for, in the thread that asks. While it is cut its
events are lost: the trail is off, or EventBridge dropped them (delivery is best effort). In a region it may
log nothing, or reads alone: then EventBridge hears of no write there. Source: EventBridge User Guide, events
from AWS services via CloudTrail; CloudTrail User Guide, management events.
"""

from collections import deque
from collections.abc import Iterator
from enum import StrEnum

from peerkeeper_local.cloudtrail import Call, emits_event, envelope, record
from peerkeeper_local.pump.steps import EventEmitted, EventLost


class Logs(StrEnum):
    """Which management events a trail logs; the last two as CloudTrail calls them."""

    NOTHING = "nothing"
    READS = "ReadOnly"
    ALL = "All"


class Trail:
    """One trail over all regions; each region logs all until told otherwise."""

    def __init__(self) -> None:
        self.cut = False
        self.logs: dict[str, Logs] = {}
        self._heard: deque[tuple[Call, bool]] = deque()
        self._written = 0

    def hear(self, call: Call) -> None:
        """Take note of the call; safe in any thread."""
        if emits_event(call):
            logged = self.logs.get(call.region, Logs.ALL) is Logs.ALL
            self._heard.append((call, self.cut or not logged))

    def events(self) -> Iterator[EventEmitted | EventLost]:
        """Yield what was heard since the last time."""
        while self._heard:
            call, lost = self._heard.popleft()
            event = envelope(record(call, self._written))
            self._written += 1
            yield EventLost(call.at, event) if lost else EventEmitted(call.at, event)
