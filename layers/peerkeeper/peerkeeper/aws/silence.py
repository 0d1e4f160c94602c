"""Regions whose EC2 gives no answer: for a while nothing is read there, so the others do not wait for them.

In: how each read of EC2 ended. Out: the trouble to report in place of a read, or nothing.

A read of a Region that is down takes 32 s (three attempts of 10 s). Two invocations of a function run at
once, and a batch mixes Regions. Without this, each batch with a message about that Region would keep the
messages about all others waiting, in each wave again.

    the last that a Region's EC2 did         the next read there is
    it answered, even if it refused          made
    a read timed out, less than 120 s ago    not made
    a read timed out, 120 s ago or more      made
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from peerkeeper.values.trouble import Meaning, Trouble

FOR = 120.0
"""Seconds. The hand-offs come after 30, 60, 120 and 300 s, so the last of them come after it."""
TIMEOUTS = frozenset({"ReadTimeoutError", "ConnectTimeoutError"})
"""What botocore raises after its last attempt. Source: botocore, exceptions.py."""


@dataclass(slots=True)
class Silence:
    """What one process knows of Regions that do not answer. Time is handed in, so that a test can move it."""

    now: Callable[[], float] = time.monotonic
    _since: dict[str, float] = field(default_factory=dict)

    def of(self, region: str) -> Trouble | None:
        """Return the trouble of a read that is not to be made; None if it is to be made."""
        since = self._since.get(region)
        if since is None or (ago := self.now() - since) >= FOR:
            return None
        words = (
            f"EC2 in {region} gave no answer {ago:.0f} s ago; it is asked again after {FOR:.0f} s"
        )
        return Trouble(Meaning.PASSING, "NoAnswer", words, "Describe")

    def hear(self, region: str, trouble: Trouble | None) -> None:
        """Take note of how a read ended there."""
        if trouble and trouble.code in TIMEOUTS:
            self._since[region] = self.now()
        else:
            self._since.pop(region, None)
