"""One peering as a person wants to see it: both ends, consent, what it carries, what is due.

In: nothing. Out: `VpcEnd`, `RouteShown`, `PeeringRow`. `peerings`, `map` and `plan` show these values. The
values hold only text, so that each command says the same.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from peerkeeper_cli.peerings.finding_shown import FindingShown


class Verdict(StrEnum):
    """What a peering, or one side of it, carries today."""

    CARRIES = "carries"
    PARTLY = "partly"
    NOTHING = "nothing"
    WAITS = "waits"
    """A request, or a peering that is being made."""
    UNKNOWN = "unknown"
    """Both sides are unread, or a part of what the verdict rests on."""
    ENDED = "ended"
    """Deleted, rejected, failed or expired; EC2 still shows it for a while."""


class Consented(StrEnum):
    """What the tags of one side say."""

    AGREED = "agreed"
    NOT_AGREED = "not agreed"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"
    """The side was not read."""


@dataclass(frozen=True, slots=True)
class RouteShown:
    """One destination of the peer in one route table of this end."""

    table_id: str
    table_name: str
    destination: str
    state: str
    """carried, due, waits, left, blocked, unknown, or stale for a route to a peering that ended."""
    words: str = ""
    """Why it is not carried, where it is not."""


@dataclass(frozen=True, slots=True)
class VpcEnd:
    """One end of a peering: a VPC, whether it could be read or not."""

    account: str
    region: str
    vpc_id: str
    name: str = ""
    """The tag Name; empty where there is none, or where it looks like an id."""
    cidrs: tuple[str, ...] = ()
    owner: str = ""
    """The owner's tag, as the first of Owner, owner, Team, team that the VPC has."""
    read: bool = False
    consent: Consented = Consented.UNKNOWN
    consent_words: str = ""
    """Which tag agrees, or what would make it agree."""
    verdict: Verdict = Verdict.UNKNOWN
    routes: tuple[RouteShown, ...] = ()
    reaches: str = ""
    """Whether traffic from the other end would reach this one; empty if that was not looked at."""

    @property
    def location(self) -> str:
        """Account and region, as findings write them."""
        return f"{self.account}/{self.region}"


@dataclass(frozen=True, slots=True)
class PeeringRow:
    """One peering connection."""

    id: str
    requester: VpcEnd
    accepter: VpcEnd
    status: str
    """EC2's code, as pending-acceptance."""
    name: str = ""
    status_words: str = ""
    """EC2's own words, where the status is not active."""
    expires: str = ""
    """When a request expires, in UTC, as 2026-12-01 09:30; empty where it does not."""
    verdict: Verdict = Verdict.UNKNOWN
    """The worse of both ends that were read."""
    due: int = 0
    """Changes that Peerkeeper would make for it in mode full, status tags not counted."""
    findings: tuple[FindingShown, ...] = field(default=())
    reaches: str = ""
    """The worse of both ends; empty if that was not looked at."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values, `reaches` only if that was looked at."""
        plain = asdict(self)
        for one in (plain, plain["requester"], plain["accepter"]):
            if not one["reaches"]:
                del one["reaches"]
        return plain
