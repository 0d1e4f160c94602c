"""What a peering of the estate is, and what is special about a VPC. Values only.

Each peering has one kind. A VPC, or a peering, may have several traits.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a peering; `MEANING` has it in words."""

    HAND = "hand-routed"
    BY_VPC = "agreed-by-vpc"
    BY_ACCOUNT = "agreed-by-account"
    BY_SELF = "agreed-by-self"
    BY_APPROVAL = "agreed-by-approval"
    UNROUTED = "agreed-unrouted"
    HALF_AGREED = "agreed-half-routed"
    HALF_SIDE = "half-one-side"
    HALF_TABLE = "half-one-table"
    HALF_MAIN = "half-main-table"
    STALE_DELETED = "stale-deleted"
    STALE_REJECTED = "stale-rejected"
    STALE_EXPIRED = "stale-expired"
    STALE_GONE = "stale-gone"
    FAILED_OVERLAP = "failed-overlap"
    FAILED_SECONDARY = "failed-overlap-secondary"
    FAILED_WRONG_ID = "failed-wrong-id"
    PENDING_AGREED = "pending-agreed"
    PENDING_NOT_AGREED = "pending-not-agreed"
    PENDING_NOT_ALLOWED = "pending-not-allowed"
    PENDING_EXPIRING = "pending-expiring"
    PENDING_EXEMPT = "pending-exempt"
    PENDING_OUTSIDE = "pending-outside-destinations"
    PENDING_ABROAD = "pending-abroad"
    EXPIRED = "expired"
    REJECTED = "rejected"
    TWIN = "reversed-twin"
    NARROW = "narrow"
    COVERED_NAT = "covered-by-nat"
    COVERED_TRANSIT = "covered-by-transit"
    COVERED_INTERFACE = "covered-by-interface"
    CONFLICT = "same-destination"
    CLAIMED_TWICE = "claimed-twice"
    CLAIMED_PART = "claimed-twice-in-part"
    BY_LIST = "prefix-list"
    LIST_CONFLICT = "prefix-list-conflict"
    REPORT = "tables-report"
    NONE = "tables-none"
    LISTED = "tables-listed"
    EXEMPT = "exempt"
    TAG_FAULT = "tag-fault"
    FOREIGN_HAND = "foreign-hand-routed"
    FOREIGN_AGREED = "foreign-agreed"
    FOREIGN_UNROUTED = "foreign-unrouted"
    FOREIGN_ENDED = "foreign-ended"


MEANING: dict[Kind, str] = {
    Kind.HAND: "live, routed by hand in each table on both sides; no tag agrees",
    Kind.BY_VPC: "live and routed; tags name the VPC",
    Kind.BY_ACCOUNT: "live and routed; tags name the account",
    Kind.BY_SELF: "live and routed; tags say `self`",
    Kind.BY_APPROVAL: "live and routed; the peering says `peerkeeper:approved=true` on both sides",
    Kind.UNROUTED: "live, tags of both sides agree, nobody has routed it",
    Kind.HALF_AGREED: "live, tags of both sides agree, some tables route it",
    Kind.HALF_SIDE: "live, the requester's side alone routes it; no tag agrees",
    Kind.HALF_TABLE: "live, one of the accepter's tables has no route; no tag agrees",
    Kind.HALF_MAIN: "live, the accepter's main table alone routes it, which no subnet uses; no tag agrees",
    Kind.STALE_DELETED: "deleted a few minutes ago; its routes are blackholes",
    Kind.STALE_REJECTED: "rejected a few minutes ago; it had routes already",
    Kind.STALE_EXPIRED: "expired a day ago; it had routes already",
    Kind.STALE_GONE: "deleted a week ago, shown no longer; its routes are blackholes",
    Kind.FAILED_OVERLAP: "failed: both VPCs have the same CIDR",
    Kind.FAILED_SECONDARY: "failed: secondary CIDRs overlap",
    Kind.FAILED_WRONG_ID: "failed: the other account has no such VPC",
    Kind.PENDING_AGREED: "waits; the accepter's tags agree",
    Kind.PENDING_NOT_AGREED: "waits; no tag agrees",
    Kind.PENDING_NOT_ALLOWED: "waits; tags agree, but the account is not in `AllowedAccounts`",
    Kind.PENDING_EXPIRING: "waits, and expires within a day; no tag agrees",
    Kind.PENDING_EXEMPT: "waits; the accepter's VPC is exempt",
    Kind.PENDING_OUTSIDE: "waits; the requester's CIDR is outside `AllowedDestinations`",
    Kind.PENDING_ABROAD: "waits for a foreign account",
    Kind.EXPIRED: "expired a day ago",
    Kind.REJECTED: "rejected a few minutes ago",
    Kind.TWIN: "waits; a live peering joins the same two VPCs in the other direction",
    Kind.NARROW: "agreed; the requester's tables route only parts of the accepter's CIDR",
    Kind.COVERED_NAT: "agreed; 10.0.0.0/8 leads to a NAT gateway in the requester's tables",
    Kind.COVERED_TRANSIT: "agreed; 10.0.0.0/8 leads to a transit gateway in the requester's tables",
    Kind.COVERED_INTERFACE: "agreed; 10.0.0.0/8 leads to a network interface in the requester's tables",
    Kind.CONFLICT: "agreed; the accepter's CIDR leads to an interface or instance in the requester's tables",
    Kind.CLAIMED_TWICE: "agreed; two peers of the requester have the same CIDR",
    Kind.CLAIMED_PART: "agreed; two peers of the requester have the same secondary CIDR",
    Kind.BY_LIST: "agreed; the requester's tables route it by a customer-managed prefix list",
    Kind.LIST_CONFLICT: "agreed; a prefix list sends the accepter's CIDR elsewhere",
    Kind.REPORT: "agreed; the requester's tables say `peerkeeper:routes=report`, as Terraform made them",
    Kind.NONE: "agreed; the requester's tables say `peerkeeper:routes=none`",
    Kind.LISTED: "agreed; the requester's tables list two of these three peerings",
    Kind.EXEMPT: "live and routed by hand; the requester's VPC is exempt",
    Kind.TAG_FAULT: "live; a tag that was to agree is written wrong",
    Kind.FOREIGN_HAND: "live with a foreign account, routed by hand on our side",
    Kind.FOREIGN_AGREED: "live with a foreign account, agreed and routed on our side",
    Kind.FOREIGN_UNROUTED: "live with a foreign account, agreed but not routed on our side",
    Kind.FOREIGN_ENDED: "deleted by the foreign account; our routes are blackholes",
}


class Trait(StrEnum):
    """What is special about a VPC (the first nine), or about a peering."""

    HOSTILE_NAME = "hostile-name"
    NAMELESS = "nameless"
    TERRAFORM = "terraform"
    EXEMPT = "exempt-vpc"
    TAG_FAULT = "vpc-tag-fault"
    DNS_ENFORCE = "dns-enforce"
    DNS_LEAVE = "dns-leave"
    HOST_NAMES_OFF = "host-names-off"
    PUBLIC_IP = "public-ip-enforce"
    DNS_BOTH = "dns-option-both-sides"
    DNS_ONE = "dns-option-one-side"
    HOSTILE_PEERING = "hostile-peering-name"
