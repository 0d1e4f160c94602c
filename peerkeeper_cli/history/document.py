"""A history as JSON. In: a peering, its past, entries. Out: plain JSON values.

`version` changes when a field is removed or changes its meaning. It stays the same for a new field.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peerkeeper_cli.history.entry import Entry
from peerkeeper_cli.history.past import Past
from peerkeeper_cli.page.moment import iso

VERSION = 1


def document(pcx: str, past: Past, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return all of it, in the order of time."""
    return {
        "version": VERSION,
        "peering": pcx,
        "source": past.source,
        "read_at": iso(past.now),
        "asked_from": iso(past.asked_from),
        "log_goes_back_to": iso(past.goes_back_to),
        "complete": not past.unread and not past.unreadable,
        "unread": [*past.unread],
        "unreadable_lines": past.unreadable,
        "entries": [entry.to_dict() for entry in entries],
    }
