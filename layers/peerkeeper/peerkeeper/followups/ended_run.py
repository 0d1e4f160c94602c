"""How an invocation ended: all that its follow-ups are made of.

In: nothing. Out: `EndedRun`, and which scopes led to a hint.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from peerkeeper.planning.plan import Plan
from peerkeeper.settings import Settings
from peerkeeper.values.changes import Change, DeleteRoute
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.snapshot import Key, Snapshot


@dataclass(frozen=True)
class EndedRun:
    """One invocation, after its last wave."""

    function: Function
    settings: Settings
    scopes: Sequence[Scope]
    seen: Snapshot
    plan: Plan
    outcomes: Sequence[Outcome] = ()
    late: frozenset[Change] = frozenset()
    """Changes the deadline cut off."""
    old: frozenset[Change] = frozenset()
    """The late changes that would have rested on old reads."""

    @property
    def then(self) -> str:
        """Who waits for the changes of another function: `connect_peerings`, for what stands in its way."""
        return Function.CONNECT.value if self.function is Function.CONNECT else ""

    def named(self, location: Location, id_: str) -> Sequence[Hint]:
        """Return the messages' own hints of this id. If some name its VPC, return these: they read more."""
        found = sorted(self._hints_by_key.get((location, id_), ()))
        return [hint for hint in found if hint.vpc_id] or found

    def behind(self, hint: Hint) -> Sequence[Scope]:
        """Return the scopes that led to this hint.

        If no scope names it, a read found it on the way. Then the freshest scope stands for its chain, and
        the next message will name it.
        """
        keys = Scope(frozenset({hint})).keys
        indices = {index for key in keys for index in self._scopes_by_key.get(key, ())}
        if indices:
            return [self.scopes[index] for index in sorted(indices)]
        return sorted(self.scopes, key=lambda one: (one.hops, one.looks))[:1] or [Scope()]

    @cached_property
    def _hints_by_key(self) -> Mapping[Key, Set[Hint]]:
        found: dict[Key, set[Hint]] = {}
        for scope in self.scopes:
            for hint in scope.hints:
                found.setdefault((hint.location, hint.id), set()).add(hint)
        return found

    @cached_property
    def _scopes_by_key(self) -> Mapping[Key, Sequence[int]]:
        found: dict[Key, list[int]] = {}
        for index, scope in enumerate(self.scopes):
            for key in scope.keys:
                found.setdefault(key, []).append(index)
        return found

    @cached_property
    def planned(self) -> frozenset[Change]:
        """The changes that are still due."""
        return frozenset(self.plan.changes)

    @cached_property
    def cleaned(self) -> frozenset[Key]:
        """The VPCs in which this run deleted a route."""
        deleted = (
            (outcome.change.location, outcome.change.route_table_id)
            for outcome in self.outcomes
            if isinstance(outcome.change, DeleteRoute) and outcome.result is Result.APPLIED
        )
        return frozenset(
            (where, self.seen.route_tables[where, id_].vpc_id) for where, id_ in deleted
        )

    def looks(self, hint: Hint) -> int:
        """Return how many re-looks are behind this hint; a fresh message about it begins again."""
        return min(scope.looks for scope in self.behind(hint))
