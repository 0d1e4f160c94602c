"""Where EC2 gives no answer: for a while nothing is read there, so the others do not wait for it.

In: how each read of EC2 ended. Out: the trouble to report in place of a read, or nothing.

A read of a Region that is down takes 32 s (three attempts of 10 s). Two invocations of a function run at
once, and a batch mixes Regions. Without this, each batch with a message about that Region would keep the
messages about all others waiting, in each wave again.

    the last that EC2 did in the location                   the next read there is
    it answered, even if it refused                         made
    a read timed out, and others were answered meanwhile    made: EC2 is there, one read is slow
    a read timed out, less than 120 s ago                   not made
    a read timed out, 120 s ago or more                     made

    in a Region, since its last answer to any account       a read in another account there is
    only one account was asked, and gave no answer          made: that account may be large
    two accounts were asked, and a read of one timed out    not made
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Meaning, Trouble

FOR = 120.0
"""Seconds. The hand-offs come after 30, 60, 120 and 300 s, so the last of them come after it."""
TIMEOUTS = frozenset({"ReadTimeoutError", "ConnectTimeoutError"})
"""What botocore raises after its last attempt. Source: botocore, exceptions.py."""


@dataclass(frozen=True, slots=True)
class _TimedOut:
    """A read that got no answer: from when to when it waited."""

    began: float
    ended: float


@dataclass(slots=True)
class Silence:
    """What one process knows of where EC2 does not answer. Time is handed in, so that a test can move it."""

    now: Callable[[], float] = time.time
    """Not the monotonic clock: it may stand still while Lambda has the process frozen."""
    _silent: dict[Location, _TimedOut] = field(default_factory=dict)
    _answered: dict[Location, float] = field(default_factory=dict)
    _asked: dict[Location, float] = field(default_factory=dict)
    """When the last read began there."""

    def of(self, where: Location) -> Trouble | None:
        """Return the trouble of a read that is not to be made; None if it is to be made."""
        if not self._silent:  # as on most days
            return None
        own = self._silent.get(where)
        ago = min(
            (self._ago(one) for one in (own, *self._of_region(where.region)) if one), default=inf
        )
        if ago >= FOR:
            return None
        words = f"EC2 in {where.region} gave no answer {ago:.0f} s ago; it is asked again after {FOR:.0f} s"
        return Trouble(Meaning.PASSING, "NoAnswer", words, "Describe")

    def ask(self, where: Location) -> float:
        """Take note that a read begins there; return when."""
        began = self._asked[where] = self.now()
        return began

    def hear(self, where: Location, trouble: Trouble | None, began: float) -> None:
        """Take note of how a read ended there, which began at that time."""
        if not (trouble and trouble.code in TIMEOUTS):
            self._answered[where] = self.now()
            self._silent.pop(where, None)
        elif self._answered.get(where, -inf) <= began:
            self._silent[where] = _TimedOut(began, self.now())

    def _of_region(self, region: str) -> list[_TimedOut]:
        """Return the time-outs since the Region's last answer, if two accounts were asked since then."""
        # Copies, because other threads ask and hear meanwhile.
        answered = max(
            (at for one, at in [*self._answered.items()] if one.region == region), default=-inf
        )
        asked = {
            one.account_id
            for one, began in [*self._asked.items()]
            if one.region == region and began >= answered
        }
        timed_out = [
            one
            for where, one in [*self._silent.items()]
            if where.region == region and one.began >= answered
        ]
        return timed_out if len(asked) > 1 else []

    def _ago(self, timed_out: _TimedOut) -> float:
        """Return the seconds since it ended: infinite if the clock was set back meanwhile."""
        ago = self.now() - timed_out.ended
        return ago if ago >= 0 else inf
