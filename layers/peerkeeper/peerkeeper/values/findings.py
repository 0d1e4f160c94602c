"""What was seen and left as it was: findings, with their codes, and the checks that they come from.

In: nothing. Out: `Finding`, `Check`. docs/operate/findings.md says of each code what it means and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from peerkeeper.values.ec2 import Location
from peerkeeper.values.notice_facts import NoticeFacts, Remedy


class Code(StrEnum):
    """Every finding that Peerkeeper can report."""

    HELD_ACCOUNT = "held-account-not-allowed"
    HELD_APPROVAL = "held-not-approved"
    HELD_DESTINATION = "held-destination-not-allowed"
    HELD_OVERLAP = "held-overlapping-cidr"
    HELD_CHARGES = "held-multipath-charges"
    HELD_EXEMPT = "held-exempt"
    HELD_TWIN = "held-twin"
    REQUEST_FAILED = "request-failed"
    REQUEST_EXPIRED = "request-expired"
    UNKNOWN_STATUS = "unknown-status"
    NOT_APPROVED = "not-approved"
    ROUTED_NOT_APPROVED = "routed-not-approved"
    WITHDRAWN = "consent-withdrawn"
    DESTINATION = "destination-not-allowed"
    OVERLAP = "overlapping-cidr"
    CONFLICT = "route-conflict"
    CLAIMED_TWICE = "claimed-twice"
    PREFIX_LIST = "prefix-list-conflict"
    DEAD_ROUTE = "dead-route"
    NOT_CARRYING = "not-carrying"
    UNEXPLAINED = "not-carrying-unexplained"
    DIVERTED = "diverted"
    SURPLUS = "surplus-route"
    LEFT_TO_OWNER = "route-left-to-owner"
    NARROW = "narrow-routes-kept"
    SCOPE_OUTSIDE = "scope-outside-peer"
    SCOPE_UNREADABLE = "scope-unreadable"
    WIDER = "wider-than-scope"
    ONE_WAY = "one-way-route"
    ACL_ALL = "acl-blocks-all"
    ACL_REPLIES = "acl-blocks-replies"
    NO_GROUP = "no-group-admits-peer"
    EXPECTED = "expected-traffic-blocked"
    STALE_RULE = "stale-group-rule"
    QUOTA_NEAR = "quota-near"
    QUOTA_UNKNOWN = "quota-unknown"
    NO_ROOM = "held-no-room"
    ZONE_NOT_SHARED = "zone-not-shared"
    ZONE_CONFLICT = "zone-conflict"
    ZONE_NEEDS_DNS = "zone-needs-vpc-dns"
    ZONE_LEFT_BEHIND = "zone-left-behind"
    ZONES_IN_TURN = "zones-in-turn"
    ENDPOINT_TABLE = "endpoint-table-missing"
    ENDPOINT_TWICE = "endpoint-twice"
    ENDPOINT_UNUSED = "endpoint-unused"
    ENDPOINT_DNS_OFF = "endpoint-dns-off"
    ENDPOINT_DNS_NEEDS = "endpoint-dns-needs-vpc-dns"
    ENDPOINT_DNS_CONFLICT = "endpoint-dns-conflict"
    ENDPOINT_ONE_ZONE = "endpoint-one-zone"
    ENDPOINT_CLOSED = "endpoint-group-closed"
    ENDPOINT_PEER_NAME = "endpoint-peer-name"
    ENDPOINT_CLOSED_TO_PEER = "endpoint-closed-to-peer"
    DNS_OFF = "dns-off"
    PEER_DNS_OFF = "peer-dns-off"
    TAG_FAULT = "tag-fault"
    BRAKE = "deletes-withheld"
    GUARD = "refused-by-guard"
    DENIED = "denied"
    UNREACHABLE = "account-unreachable"
    OTHER_SIDE = "other-side"
    QUOTA = "quota-reached"
    FAILED = "change-failed"
    FORGETFUL = "cannot-remember"
    UNREAD = "location-unread"
    LEFT_TO_SWEEP = "left-to-sweep"
    STILL_WAITING = "still-waiting"
    NOT_SENT = "hand-off-not-sent"


LISTS = "prefix lists"
GROUP_RULES = "security group rules"
QUOTAS = "service quotas"
WHAT_STOPS = "what stops traffic"
ZONES = "private hosted zones"
ENDPOINTS = "VPC endpoints"
BESIDE = frozenset({LISTS, GROUP_RULES, QUOTAS, WHAT_STOPS, ZONES, ENDPOINTS})
"""What a finding about such reads is about: without them all else works as before."""
LACKS = frozenset({Code.UNREAD.value, Code.DENIED.value, Code.UNREACHABLE.value})
"""Findings that say that something could not be read, so what was found is not all there is."""


def first_of(items: Iterable[object], most: int) -> str:
    """Return the first of these, separated by commas, and how many more there are."""
    every = [*map(str, items)]
    more = f" and {len(every) - most} more" if every[most:] else ""
    return ", ".join(every[:most]) + more


HELD = frozenset(
    {
        Code.HELD_ACCOUNT,
        Code.HELD_APPROVAL,
        Code.HELD_DESTINATION,
        Code.HELD_OVERLAP,
        Code.HELD_CHARGES,
        Code.NO_ROOM,
        Code.HELD_EXEMPT,
        Code.HELD_TWIN,
    }
)
"""A request waits, for a person to agree or to reject it."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing a person should know: where, about which resource, and in plain words what and why."""

    code: Code
    location: Location
    subject: str
    message: str
    pcx_id: str = ""
    """The peering it is about, where the subject is another resource."""
    remedy: Remedy | None = field(default=None, compare=False, repr=False)
    """The first command that the message names."""
    facts: NoticeFacts | None = field(default=None, compare=False, repr=False)
    """For a notice about this finding."""

    def to_dict(self) -> dict[str, str]:
        """Return the finding as plain JSON values."""
        return {
            "code": self.code.value,
            "location": str(self.location),
            "subject": self.subject,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """One test of a decision: passed, failed, or not known yet (None). `explain` shows the same ones."""

    name: str
    passed: bool | None
    code: Code
    """The code of the finding where it fails."""
    words: str
    """What the check saw; where it failed, also what would make it pass."""
    remedy: Remedy | None = None
    """Where it failed: the first command of the words."""


def objections_of(checks: Iterable[Check]) -> list[Check]:
    """Return the tests that failed."""
    return [check for check in checks if check.passed is False]
