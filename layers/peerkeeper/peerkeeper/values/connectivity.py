"""Does our side of a peering carry what it should? The verdict, as a value.

In: nothing. Out: `Leg`, `SideVerdict`. `planning.connectivity` judges; explain, reports and metrics read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peerkeeper.values.ec2 import Location, Network
from peerkeeper.values.notice_facts import Remedy


class Way(StrEnum):
    """The state of one wanted destination in one route table."""

    CARRIED = "carried"
    """The winning route for the whole destination is active and leads to this peering."""
    DUE = "due"
    """The plan makes it so, and mode and rights let it."""
    WAITS = "waits"
    """Provisioning, or a second look is on its way."""
    LEFT = "left"
    """By choice: a tag, or a setting."""
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    """What it rests on was not read."""


class Cause(StrEnum):
    """Why a destination is not carried."""

    NONE = ""
    DEAD_ROUTE = "dead-route"
    ROUTE_CONFLICT = "route-conflict"
    CLAIMED_TWICE = "claimed-twice"
    PREFIX_LIST = "prefix-list-conflict"
    DIVERTED = "diverted"
    OVERLAP = "overlapping-cidr"
    DENIED = "denied"
    QUOTA = "quota-reached"
    FAILED = "change-failed"
    REFUSED = "refused-by-guard"
    MODE = "mode"
    UNEXPLAINED = "not-carrying-unexplained"


class Upshot(StrEnum):
    """What one side of a peering carries, of all that is wanted and not left."""

    CARRIES = "carries"
    PARTLY = "partly"
    NOTHING = "nothing"
    WAITS = "waits"
    UNKNOWN = "unknown"


class Reaches(StrEnum):
    """Whether traffic would reach our side from the peer, beside what the routes carry."""

    REACHES = "reaches"
    """All that a tag expects would."""
    BLOCKED = "blocked"
    """A hop stops something that a tag expects."""
    OPEN = "open"
    """No tag expects anything, and nothing that was read stops everything."""
    SHUT = "shut"
    """No tag expects anything, and something stops everything."""
    WAITS = "waits"
    """A route is due, so it is not judged yet."""
    UNKNOWN = "unknown"
    """What it rests on was not read, or there is no host yet."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One wanted destination in one of our tables."""

    table_id: str
    destination: Network
    way: Way
    cause: Cause = Cause.NONE
    words: str = ""
    """Where it is not carried: why, and what would fix it."""
    remedy: Remedy | None = None
    """The command of the words, where they have one."""

    def to_dict(self) -> dict[str, str]:
        """Return the leg as plain JSON values."""
        plain = {"route_table": self.table_id, "destination": str(self.destination)}
        plain |= {"way": self.way.value}
        return {**plain, "cause": self.cause.value} if self.cause else plain


def upshots(verdicts: Iterable[SideVerdict]) -> dict[str, int]:
    """Return how many sides of peerings carry all, a part or nothing; how many wait or are not known."""
    return dict(sorted(Counter(one.upshot.value for one in verdicts).items()))


def reached(verdicts: Iterable[SideVerdict]) -> dict[str, int]:
    """Return how many sides of peerings would be reached, or not; empty where that was not looked at."""
    looked = (one.reaches.value for one in verdicts if one.reaches)
    return dict(sorted(Counter(looked).items()))


@dataclass(frozen=True, slots=True)
class SideVerdict:
    """Our side of one live, agreed peering: each table that serves a subnet, each wanted destination."""

    pcx_id: str
    location: Location
    vpc_id: str
    legs: tuple[Leg, ...] = ()
    carried: int = 0
    """Legs that are carried and not listed: of tables that have all that is wanted."""
    unread: bool = False
    """The VPC, its tables or the peer's networks were not read: nothing is concluded."""
    reaches: Reaches | None = None
    """None where `Reachability` is off. It changes nothing of the rest."""

    @property
    def upshot(self) -> Upshot:
        """What the side carries."""
        if self.unread:
            return Upshot.UNKNOWN
        ways = Counter(leg.way for leg in self.legs)
        if ways[Way.CARRIED] + ways[Way.LEFT] == len(self.legs):
            return Upshot.CARRIES
        if ways[Way.UNKNOWN] and not ways[Way.BLOCKED]:
            return Upshot.UNKNOWN
        if ways[Way.WAITS] and not ways[Way.BLOCKED] and not ways[Way.DUE]:
            return Upshot.WAITS
        return Upshot.PARTLY if ways[Way.CARRIED] or self.carried else Upshot.NOTHING

    @property
    def gaps(self) -> tuple[Leg, ...]:
        """What is not carried, except what is left by choice."""
        return tuple(leg for leg in self.legs if leg.way not in (Way.CARRIED, Way.LEFT))

    @property
    def blocked(self) -> tuple[Leg, ...]:
        """What no planned change will fix, the mode aside."""
        return tuple(
            leg for leg in self.legs if leg.way is Way.BLOCKED and leg.cause is not Cause.MODE
        )

    @property
    def whole(self) -> bool:
        """Tell whether everything was read, and all that is wanted is carried."""
        return not self.unread and not self.gaps

    @property
    def carries(self) -> bool:
        """Tell whether something is wanted of this side, and all of it is carried."""
        some = self.carried or any(leg.way is Way.CARRIED for leg in self.legs)
        return self.whole and bool(some)

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain JSON values: its gaps, not what is well."""
        plain = {
            "peering": self.pcx_id,
            "location": str(self.location),
            "vpc": self.vpc_id,
            "verdict": self.upshot.value,
            "gaps": [leg.to_dict() for leg in self.gaps],
        }
        return {**plain, "reaches": self.reaches.value} if self.reaches else plain
