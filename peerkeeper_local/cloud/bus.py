"""EventBridge's way in. In: PutEvents of any client. Out: each event that was taken, as a rule sees it.

moto judges the entries and finds the bus; no rule of moto's own delivers anything.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from moto.events.models import EventsBackend

from peerkeeper_local.cloud.clock import VirtualClock

Entry = dict[str, Any]
Heard = Callable[[str, str, Entry], None]


REFUSED = {
    "ErrorCode": "NotAuthorizedForSourceException",
    "ErrorMessage": "Not authorized for the source.",
}
"""Only AWS says what AWS's services did. Source: EventBridge, answers of PutEvents seen in issue threads."""


def heard_events(clock: VirtualClock, hear: Heard) -> AbstractContextManager[object]:
    """Return moto's PutEvents with an ear: `hear` is given account, bus and event of each entry taken."""
    plain = EventsBackend.put_events

    def put_events(backend: Any, events: list[Entry]) -> list[Entry]:  # noqa: ANN401 - moto's
        # All of them go to moto, for its limit of ten; what it took of AWS's own sources is refused.
        answers = [
            REFUSED if str(entry.get("Source", "")).startswith("aws.") else answer
            for entry, answer in zip(events, plain(backend, events), strict=True)
        ]
        for entry, answer in zip(events, answers, strict=True):
            if "EventId" in answer:
                event = _event(entry, answer["EventId"], backend, clock)
                hear(backend.account_id, _bus(entry), event)
        return answers

    return patch.object(EventsBackend, "put_events", put_events)


def _bus(entry: Entry) -> str:
    return str(entry.get("EventBusName") or "default").rpartition("/")[2]


def _event(entry: Entry, event_id: str, backend: Any, clock: VirtualClock) -> Entry:  # noqa: ANN401
    """Return the event as a rule sees it. Source: EventBridge User Guide, event structure."""
    return {
        "version": "0",
        "id": event_id,
        "detail-type": entry["DetailType"],
        "source": entry["Source"],
        "account": backend.account_id,
        "time": clock.utc().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": backend.region_name,
        "resources": entry.get("Resources") or [],
        "detail": json.loads(entry["Detail"]),
    }
