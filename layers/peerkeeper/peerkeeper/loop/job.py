"""A job: one function's part of the work."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.planning.rule_table import Rule
from peerkeeper.reading import WhatToRead
from peerkeeper.safety.rights import RIGHTS
from peerkeeper.values.changes import Change
from peerkeeper.values.scope import Function


@dataclass(frozen=True, slots=True)
class Job:
    """One function's part of the work: how it looks, what it judges."""

    function: Function
    reads: WhatToRead
    rules: tuple[Rule, ...]

    @property
    def rights(self) -> frozenset[type[Change]]:
        """The kinds of change this function may make."""
        return RIGHTS[self.function]
