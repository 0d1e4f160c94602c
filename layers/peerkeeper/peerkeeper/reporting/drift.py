"""What the sweep finds due, beside what its look before found: new, or due still.

In: reports of the sweep, and the time. Out: `Drift`. An event should have reported what is new. What is due
still could not be done. The memory belongs to one process, so its first look at a location finds no drift.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peerkeeper.reporting.report import Report
from peerkeeper.values.changes import Change, CreateRoute, TagStatus
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding

PART_WITHIN = 3000.0
"""Seconds. Many processes share the sweep of a fleet. One that saw a location longer ago than this may call
new what others have known for an hour. The event of it is then no longer counted beside it."""


@dataclass(frozen=True, slots=True)
class Drift:
    """What a sweep found due."""

    new: int = 0
    """Changes that were not due at the look before; what the mode keeps back counts too."""
    unrouted: frozenset[str] = frozenset()
    """Peerings with a route that was handed on before and is due still: refused, or not made."""


class DriftMemory:
    """What was due in each location at this process's last whole look."""

    def __init__(self) -> None:
        self._due: dict[Location, tuple[float, frozenset[int]]] = {}

    def take(
        self, report: Report, locations: Iterable[Location], now: float, *, part: bool = False
    ) -> Drift:
        """Take in what is due in these locations; return what of it is new, and what is due still.

        A location that could not be read is left as it was. `part`: of a fleet's sweep.
        """
        unseen = {one.location for one in report.findings if _leaves_unseen(one)}
        gone = {one.subject for one in report.findings if one.code is Code.UNREACHABLE}
        looked = {one for one in {*locations} - unseen if one.account_id not in gone}
        due: dict[Location, set[Change]] = {location: set() for location in looked}
        for change in (*report.handed_on, *report.would):
            if change.location in due and not isinstance(change, TagStatus):
                due[change.location].add(change)
        since = now - PART_WITHIN if part else float("-inf")
        new = sum(self._is_new(change, since) for changes in due.values() for change in changes)
        still = frozenset(
            change.pcx_id
            for change in report.handed_on
            if isinstance(change, CreateRoute) and change.location in due and self._was_due(change)
        )
        for location, changes in due.items():
            self._due[location] = (now, frozenset(map(hash, changes)))
        return Drift(new, still)

    def _is_new(self, change: Change, since: float) -> bool:
        if change.location not in self._due:
            return False
        at, before = self._due[change.location]
        return at >= since and hash(change) not in before

    def _was_due(self, change: Change) -> bool:
        return change.location in self._due and hash(change) in self._due[change.location][1]


def _leaves_unseen(finding: Finding) -> bool:
    """Tell whether something of the location could not be read, by this finding.

    What is denied may be a change, or a read that a role never gets. So only a location's own reads count.
    """
    denied = finding.code is Code.DENIED and finding.subject == str(finding.location)
    return denied or finding.code is Code.UNREAD
