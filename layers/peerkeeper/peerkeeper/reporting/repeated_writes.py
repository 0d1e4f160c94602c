"""How often one thing was written within an hour: the sign of somebody else who removes it each time.

In: outcomes, what events say about who removed things, and the time. Out: the most written, and who. The
memory belongs to one process and is an hour deep. A new process counts from zero, and two at once count
apart.

A read may lag behind our own write, and EC2 takes the same setting again. So a setting that was written once
more within `LAG` counts only if an event named somebody who undid the first. EC2 refuses a second route.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from peerkeeper.values.changes import (
    AddEndpointTable,
    Change,
    CreateRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    EnablePrivateDns,
    SetMapPublicIpOnLaunch,
)
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.undoings import DNS, ENDPOINT, PUBLIC_IP, Undoing

HOUR = 3600.0
LAG = 300.0
"""Seconds that a read may lag behind a write."""
MOST = 3
"""Writes of one thing in an hour that need no report; the alarm's threshold."""

SETTINGS = frozenset({PUBLIC_IP, DNS, ENDPOINT})
"""What may be written again without effect."""


class Written(NamedTuple):
    """One thing that we write: a route of a table, a subnet's public IP, a VPC's DNS, an endpoint."""

    location: Location
    resource: str
    what: str
    part: str = ""
    """Which of a resource's tables or attributes it was. An event that undid it names no part."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A thing that was just written once more, how often in an hour, and who removed it last."""

    written: Written
    times: int
    undone: Undoing | None = None


@dataclass(slots=True)
class RepeatedWrites:
    """What this process wrote within the last hour, and what events told it about who undid that."""

    _written: dict[Written, list[float]] = field(default_factory=dict)
    _undone: dict[Written, tuple[float, Undoing]] = field(default_factory=dict)

    def hear(self, undone: Iterable[Undoing], now: float) -> None:
        """Remember for an hour who removed what."""
        kept = {key: item for key, item in self._undone.items() if item[0] > now - HOUR}
        for one in sorted(undone, key=lambda one: one.at):
            kept[Written(one.location, one.resource, one.what)] = (now, one)
        self._undone = kept

    def of(self, outcomes: Iterable[Outcome], now: float) -> tuple[Repeated, ...]:
        """Take in what was written now; return each with how often it was in an hour, the most first."""
        kept = {
            key: recent
            for key, times in self._written.items()
            if (recent := [time for time in times if time > now - HOUR])
        }
        done = (outcome.change for outcome in outcomes if outcome.result is Result.APPLIED)
        fresh = {key for change in done if (key := written_by(change))}
        fresh = {key for key in fresh if self._counts(key, kept.get(key), now)}
        for key in fresh:
            kept.setdefault(key, []).append(now)
        self._written = kept
        counted = sorted(
            ((len(kept[key]), key) for key in fresh), key=lambda one: (-one[0], one[1])
        )
        return tuple(Repeated(key, times, self._last(key)) for times, key in counted)

    def _counts(self, key: Written, times: list[float] | None, now: float) -> bool:
        """Tell whether somebody must have undone the write before this one, if there was one."""
        if not times or now - times[-1] >= LAG or key.what not in SETTINGS:
            return True
        undone = self._undone.get(key._replace(part=""))
        return bool(undone and undone[0] > times[-1])

    def _last(self, key: Written) -> Undoing | None:
        undone = self._undone.get(key._replace(part=""))
        return undone[1] if undone else None


def written_by(change: Change) -> Written | None:
    """Return what the change writes that somebody may remove again and again; else None."""
    match change:
        case CreateRoute(location, table, destination):
            return Written(location, table, str(destination))
        case SetMapPublicIpOnLaunch(location, subnet):
            return Written(location, subnet, PUBLIC_IP)
        case EnableDnsHostnames(location, vpc):
            return Written(location, vpc, DNS, "hostnames")
        case EnableDnsSupport(location, vpc):
            return Written(location, vpc, DNS, "support")
        case AddEndpointTable(location, endpoint, table):
            return Written(location, endpoint, ENDPOINT, table)
        case EnablePrivateDns(location, endpoint):
            return Written(location, endpoint, ENDPOINT, "private DNS")
    return None
