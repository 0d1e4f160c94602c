"""How an invocation ended: all that its leftovers are made of.

In: nothing. Out: `Ended`, and which scopes led to a hint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peerkeeper.changes import Change
from peerkeeper.outcomes import Outcome
from peerkeeper.plan import Plan
from peerkeeper.scope import Function, Hint, Scope
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Ended:
    """One invocation, after its last wave."""

    function: Function
    settings: Settings
    scopes: Sequence[Scope]
    seen: Snapshot
    plan: Plan
    outcomes: Sequence[Outcome] = ()
    late: frozenset[Change] = frozenset()
    """Changes the deadline cut off."""

    def behind(self, hint: Hint) -> Sequence[Scope]:
        """Return the scopes that led to this hint.

        Where none names it, it was found on the way: the freshest scope stands for its chain, and the
        next message will name it.
        """
        related = [scope for scope in self.scopes if scope.touches(Scope(frozenset({hint})))]
        if related:
            return related
        return sorted(self.scopes, key=lambda one: (one.hops, one.looks))[:1] or [Scope()]

    def looks(self, hint: Hint) -> int:
        """Return how many re-looks are behind this hint."""
        return max(scope.looks for scope in self.behind(hint))
