"""What a peering of the estate is. Values only: each peering has one kind, and each kind has its words."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """The kind of a peering; `words` says what that is. The requester is the side that asked."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        """Make a kind with its words; its value is enough to find it."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.words = words
        return made

    HAND = "hand-routed", "live, routed by hand in each table of both sides; no tag agrees"
    HAND_PART = (
        "hand-routed-in-part",
        "the same, but without a route to a secondary CIDR that several VPCs have",
    )
    BY_VPC = "agreed-by-vpc", "live and routed; the tags name the VPC"
    BY_ACCOUNT = "agreed-by-account", "live and routed; the tags name the account"
    BY_SELF = "agreed-by-self", "live and routed; the tags say `self`"
    BY_APPROVAL = (
        "agreed-by-approval",
        "live and routed; both sides approved the peering by its tag",
    )
    UNROUTED = "agreed-unrouted", "live, tags of both sides agree, no table routes it"
    HALF_AGREED = "agreed-half-routed", "live, tags of both sides agree, some tables route it"
    HALF_SIDE = "half-one-side", "live, only the requester's side routes it; no tag agrees"
    HALF_TABLE = "half-one-table", "live, one of the accepter's tables has no route; no tag agrees"
    HALF_MAIN = (
        "half-main-table",
        "live, the accepter routes it only in an unused main table; no tag agrees",
    )
    STALE_DELETED = "stale-deleted", "deleted a few minutes ago; its routes are blackholes"
    STALE_REJECTED = "stale-rejected", "rejected a few minutes ago; it had routes already"
    STALE_EXPIRED = "stale-expired", "expired a day ago; it had routes already"
    STALE_GONE = "stale-gone", "deleted a week ago, shown no longer; its routes are blackholes"
    FAILED_OVERLAP = "failed-overlap", "failed: both VPCs have the same CIDR"
    FAILED_SECONDARY = "failed-overlap-secondary", "failed: secondary CIDRs overlap"
    FAILED_WRONG_ID = "failed-wrong-id", "failed: the other account has no such VPC"
    PENDING_AGREED = "pending-agreed", "waits; the accepter's tags agree"
    PENDING_NOT_AGREED = "pending-not-agreed", "waits; no tag agrees"
    PENDING_NOT_ALLOWED = (
        "pending-not-allowed",
        "waits; the tags agree, but the account is not allowed",
    )
    PENDING_EXPIRING = "pending-expiring", "waits, and expires within a day; no tag agrees"
    PENDING_EXEMPT = "pending-exempt", "waits; the accepter's VPC is exempt"
    PENDING_OUTSIDE = (
        "pending-outside-destinations",
        "waits; the requester's CIDR may not be routed",
    )
    PENDING_CHARGES = (
        "pending-multipath",
        "waits; the tags agree, but accepting it would cost money",
    )
    PENDING_ABROAD = "pending-abroad", "waits for a foreign account"
    EXPIRED = "expired", "expired a day ago"
    REJECTED = "rejected", "rejected a few minutes ago"
    TWIN = "reversed-twin", "waits beside a live peering in the other direction"
    TWIN_AGREED = "reversed-twin-agreed", "the same, and the tags of both sides agree"
    NARROW = "narrow", "agreed; the requester routes only parts of the accepter's CIDR"
    COVERED_NAT = "covered-by-nat", "agreed; the requester sends 10.0.0.0/8 to a NAT gateway"
    COVERED_TRANSIT = (
        "covered-by-transit",
        "agreed; the requester sends 10.0.0.0/8 to a transit gateway",
    )
    COVERED_INTERFACE = (
        "covered-by-interface",
        "agreed; the requester sends 10.0.0.0/8 to an interface",
    )
    CONFLICT = "same-destination", "agreed; the requester sends the accepter's CIDR to a host"
    DIVERTED = "diverted", "agreed and routed; the requester sends a part to a host"
    SURPLUS = "surplus-route", "agreed and routed; the requester routes a further CIDR to it"
    REPLACED = "replaced", "agreed; routes of the deleted peering before it are in the way"
    CLAIMED_TWICE = "claimed-twice", "agreed; two peers of the requester have the same CIDR"
    CLAIMED_PART = (
        "claimed-twice-in-part",
        "agreed; two peers of the requester have the same secondary CIDR",
    )
    CLAIM_HELD = "claim-held", "agreed and routed; another peer of the requester has the same CIDR"
    CLAIM_LOST = (
        "claim-lost",
        "agreed; the requester routes its CIDR to a peering of the kind before",
    )
    BY_LIST = "prefix-list", "agreed; the requester routes it by its own prefix list"
    LIST_CONFLICT = (
        "prefix-list-conflict",
        "agreed; a prefix list of the requester sends the CIDR elsewhere",
    )
    REPORT = "tables-report", "agreed; Terraform owns the requester's tables, which say `report`"
    NONE = "tables-none", "agreed; the requester's tables say `none`"
    LISTED = "tables-listed", "agreed; the requester's tables list two of these three peerings"
    EXEMPT = "exempt", "live and routed by hand; the requester's VPC is exempt"
    TAG_FAULT = "tag-fault", "live; a tag that was to agree is written wrong"
    FOREIGN_HAND = "foreign-hand-routed", "live with a foreign account, routed by hand on our side"
    FOREIGN_TAGGED = (
        "foreign-tagged",
        "live with a foreign account that our tags name, routed on our side",
    )
    FOREIGN_UNROUTED = "foreign-unrouted", "the same, and not routed on our side"
    FOREIGN_ENDED = "foreign-ended", "deleted by the foreign account; our routes are blackholes"
