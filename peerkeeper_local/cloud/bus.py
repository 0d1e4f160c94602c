"""EventBridge's way in. In: PutEvents of any client. Out: each event that was taken, as a rule sees it.

moto judges the entries and finds the bus; no rule of moto's own delivers anything. Another account's bus
takes what its policy lets in.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from moto.core.exceptions import JsonRESTError
from moto.events.models import EventsBackend, events_backends

from peerkeeper_local.cloud.authority import Authority
from peerkeeper_local.cloud.clock import VirtualClock
from peerkeeper_local.partitions import partition_of

Entry = dict[str, Any]
Heard = Callable[[str, Entry], None]


MOST = 10
"""Entries in one call. Source: EventBridge API reference, PutEvents."""
REFUSED = {
    "ErrorCode": "NotAuthorizedForSourceException",
    "ErrorMessage": "Not authorized for the source.",
}
"""Only AWS says what AWS's services did. Source: EventBridge, answers of PutEvents seen in issue threads."""


def heard_events(
    clock: VirtualClock, hear: Heard, authority: Authority
) -> AbstractContextManager[object]:
    """Return moto's PutEvents with an ear: `hear` is given the bus's ARN and each event taken.

    A call that names another account's bus, which does not let it in, is AccessDenied as a whole.
    """
    plain = EventsBackend.put_events

    def put_events(backend: Any, events: list[Entry]) -> list[Entry]:  # noqa: ANN401 - moto's
        for entry in events:
            _check(entry, backend, authority)
        if len(events) > MOST:
            plain(backend, events)  # raises
        answers = [
            REFUSED
            if str(entry.get("Source", "")).startswith("aws.")
            else plain(_owner(entry, backend), [entry])[0]
            for entry in events
        ]
        for entry, answer in zip(events, answers, strict=True):
            if "EventId" in answer:
                hear(_bus(entry, backend), _event(entry, answer["EventId"], backend, clock))
        return answers

    return patch.object(EventsBackend, "put_events", put_events)


def _bus(entry: Entry, backend: Any) -> str:  # noqa: ANN401 - moto's
    """Return the ARN of the bus that the entry names: by its ARN, or by a name in the caller's account."""
    named = str(entry.get("EventBusName") or "default")
    if named.startswith("arn:"):
        return named
    here = f"{partition_of(backend.region_name)}:events:{backend.region_name}:{backend.account_id}"
    return f"arn:{here}:event-bus/{named}"


def _owner(entry: Entry, backend: Any) -> Any:  # noqa: ANN401 - moto's
    """Return the store that holds the bus. Source: EventBridge API reference, PutEventsRequestEntry."""
    region, account = _bus(entry, backend).split(":")[3:5]
    return events_backends[account][region]


def _check(entry: Entry, backend: Any, authority: Authority) -> None:  # noqa: ANN401 - moto's
    bus = _bus(entry, backend)
    if bus.split(":")[4] == backend.account_id:
        return
    caller = f"arn:{bus.split(':')[1]}:iam::{backend.account_id}:root"
    kind = (str(entry.get("Source", "")), str(entry.get("DetailType", "")))
    if words := authority.bus_objection(caller, bus, kind):
        raise JsonRESTError("AccessDeniedException", words)


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
