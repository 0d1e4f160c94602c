"""Read whole locations, as a sweep does: the same reads, no others. In: locations, settings. Out: a snapshot.

Waves of calls, a few accounts at a time, so that the clients of a few are held. A read that fails is in the
snapshot as unread. What is read later, for a plan that looks ahead, is added to the same snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from peerkeeper.loop.round_robin import round_robin
from peerkeeper.loop.update_snapshot import with_observed
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.reading.what_to_read import WhatToRead
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read, grouped, missing
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot

AT_ONCE = 8
"""Accounts whose clients are held at a time."""


class Asked(Protocol):
    """Anything that makes the calls of one wave, all at once."""

    def __call__(self, groups: Sequence[tuple[Read, ...]], /) -> list[Observed]:
        """Answer each group of reads; trouble is in the values."""

    def done_with(self, account: str, /) -> None:
        """Take note that an account is not asked again soon."""


@dataclass
class Reading:
    """What was read so far, and what was asked for."""

    seen: Snapshot
    settings: Settings
    hints: tuple[Hint, ...] = ()
    asked: frozenset[Read] = frozenset()
    calls_for: WhatToRead = field(default_factory=SweepReads)

    def follow(self, ask: Asked, ahead: Snapshot | None = None) -> bool:
        """Make the reads that what was seen calls for, or what is foreseen; tell whether there were any."""
        wanted = self.calls_for.follow(ahead or self.seen, self.hints, self.settings)
        return self._read(wanted, ask)

    def begin(self, places: Iterable[Location], ask: Asked) -> None:
        """Read these locations, and what follows from each."""
        fresh = tuple(Hint(place) for place in sorted(places))
        self.hints += fresh
        self._read((read for hint in fresh for read in self.calls_for.first(hint)), ask)
        while self.follow(ask):
            pass

    def forget(self, accounts: Iterable[str]) -> None:
        """Let reads in these accounts be made again: they failed before anybody was let in."""
        again = {*accounts}
        self.asked = frozenset(one for one in self.asked if one.location.account_id not in again)
        kept = {k: v for k, v in self.seen.unread.items() if k.location.account_id not in again}
        self.seen = replace(self.seen, unread=kept)

    def _read(self, wanted: Iterable[Read], ask: Asked) -> bool:
        reads = [*missing(wanted, self.asked)]
        self.asked |= frozenset(reads)
        in_turn = [*round_robin(grouped(reads), lambda group: (group[0].location, group[0].kind))]
        if in_turn:
            self.seen = with_observed(self.seen, ask(in_turn))
        return bool(in_turn)


def read_estate(
    places: Iterable[Location], settings: Settings, ask: Asked, now: float = 0.0
) -> Reading:
    """Return what the locations show. `now`: epoch seconds, by which requests expire."""
    reading = Reading(Snapshot(now=now), settings)
    for few in _a_few({*places}):
        reading.begin(few, ask)
        for account in {place.account_id for place in few}:
            ask.done_with(account)
    return reading


def _a_few(places: Iterable[Location]) -> Iterator[list[Location]]:
    """Yield the locations of a few accounts at a time."""
    by_account: dict[str, list[Location]] = {}
    for place in sorted(places):
        by_account.setdefault(place.account_id, []).append(place)
    accounts = [*by_account]
    for start in range(0, len(accounts), AT_ONCE):
        yield [place for one in accounts[start : start + AT_ONCE] for place in by_account[one]]
