"""Show a history. In: a peering, its past, entries. Out: text: a heading for each run of a function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from peerkeeper.reporting.plain_text import plain

from peerkeeper_cli.history.entry import Entry, Kind
from peerkeeper_cli.history.past import Past
from peerkeeper_cli.page.page import Page

MOST = 1000
"""Characters of one message."""
SIGNS = {
    Kind.ACCEPTED: "+",
    Kind.ROUTED: "+",
    Kind.DNS: "+",
    Kind.REMOVED: "-",
    Kind.FOUND: "!",
    Kind.FAILED: "!",
    Kind.REFUSED: "!",
    Kind.UNDONE: "!",
    Kind.NOT_TOLD: "!",
    Kind.CARRIES: "~",
    Kind.WOULD: "?",
}
SAID = {
    Kind.CARRIES: "carries: ",
    Kind.WOULD: "held back by the mode: ",
    Kind.FAILED: "failed: ",
    Kind.REFUSED: "refused by Peerkeeper's own guard: ",
    Kind.UNDONE: "undone: ",
    Kind.NOT_TOLD: "notice not sent: ",
}


def show(page: Page, pcx: str, past: Past, entries: Sequence[Entry]) -> None:
    """Print the timeline, and how far it goes back."""
    page.line(
        f"History of {pcx}, from {past.source}, as read at {_time(past.now)} UTC", style="bold"
    )
    for line in how_far(past):
        page.line(line)
    for (at, place, by), here in groupby(entries, lambda one: (one.at, one.place, _function(one))):
        where = f" in {place}" if place else ""
        page.heading(f"{_time(at)}  {by}{where}")
        for entry in here:
            _entry(page, entry)
    if not entries:
        page.heading("Nothing", "The log names this peering nowhere in that time.")


def how_far(past: Past) -> list[str]:
    """Return in sentences from when on the log was read, and what is missing."""
    said = [f"The log was read from {_time(past.begins)} UTC on; what was before is not known."]
    if past.goes_back_to > past.asked_from:
        said[0] = (
            f"The log goes back to {_time(past.goes_back_to)} UTC and no further; what was before is not "
            "known."
        )
    said += [f"Not read: {words}" for words in past.unread]
    if past.unreadable:
        said.append(
            f"{past.unreadable} lines could not be understood: cut, or not written by the functions."
        )
    return said


def _entry(page: Page, entry: Entry) -> None:
    page.line(
        f"{SAID.get(entry.kind, '')}{plain(entry.words, MOST)}{_often(entry)}"
        f"{', again' if entry.again else ''}",
        steps=1,
        sign=SIGNS.get(entry.kind, " "),
        hang=2,
    )
    if entry.kind is Kind.UNDONE:
        page.line(f"by {plain(entry.by, MOST)}", steps=3)
    if entry.consent:
        page.line(f"since {plain(entry.consent, MOST)}", steps=3, style="dim")
    elif why := entry.why.partition(";")[0]:
        # What would have mended it then is no advice now: `explain` says what would today.
        page.line(plain(why, MOST), steps=3, style="dim")


def _often(entry: Entry) -> str:
    return f" (said {entry.times} times, last {_time(entry.last)})" if entry.times > 1 else ""


def _function(entry: Entry) -> str:
    return "somebody else" if entry.kind is Kind.UNDONE else entry.by or "Peerkeeper"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")
