"""When which function is upgraded: who runs each invocation of a schedule.

In: a random generator, a span of time. Out: whether today's version runs an invocation. There are three ways:

| way | which version runs an invocation |
|---|---|
| `upgrade` | the other one, and from a moment on today's |
| `mixed` | today's or the other one, drawn for each invocation |
| `roll-back` | the other one, today's from a moment on, and from a later moment the other one again |

CloudFormation updates one function after the other, so each function has its own moments. At last only one
version is left.
"""

from __future__ import annotations

import random
from bisect import bisect_right

WAYS = ("upgrade", "mixed", "roll-back")
UPDATE = 120.0
"""Seconds that CloudFormation takes at most for all functions of a stack."""
FUNCTIONS = ("CleanRoutes", "ConfigureVpcs", "ConnectPeerings", "KeepEndpoints", "Sweep")
"""Those that read or write messages, by their logical ids."""


class Rollout:
    """How the versions change in one schedule, between `first` and `last`, in epoch seconds."""

    def __init__(self, rng: random.Random, first: float, last: float, *, forward: bool) -> None:
        """Draw it. `forward`: today's version is the one that is left."""
        self._rng = rng
        self.way = rng.choice(WAYS[:2] if forward else WAYS)
        even = rng.random() < 0.5
        self.ends_today = forward or (even if self.way == "mixed" else self.way == "upgrade")
        self.is_over = False
        """Whether only one version is left."""
        begun = [rng.uniform(first, last) for _ in range(2 if self.way == "roll-back" else 1)]
        self._switches = {
            name: sorted(at + rng.uniform(0.0, UPDATE) for at in begun) for name in FUNCTIONS
        }

    def is_todays(self, function: str, at: float) -> bool:
        """Tell whether today's version runs the invocation of a function that begins now."""
        if self.is_over:
            return self.ends_today
        if self.way == "mixed":
            return self._rng.random() < 0.5
        return bisect_right(self._switches[function], at) % 2 == 1
