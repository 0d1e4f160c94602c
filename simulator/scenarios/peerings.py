"""Scenarios of peerings: who agrees to whom, and what happens to a request."""

from __future__ import annotations

from simulator.scenarios.scenario import BOTH, EVERYWHERE, OURS, SELF, THEIRS, C, Shape, Step, pair

FOREIGN = (*EVERYWHERE, ("AllowedAccounts", f"{OURS},{THEIRS}"))
TRIO = ((0, "vpc", "c", "tokyo", C), (0, "tag", "c", *SELF))

SHAPES: dict[str, Shape] = {
    "two-regions": ((*pair("tokyo"), *BOTH), ()),
    "one-region": ((*pair("seoul"), *BOTH), ()),
    "one-region-nobody-agrees": ((*pair("seoul"),), ()),
    "accepter-agrees": ((*pair("tokyo"), BOTH[1]), ()),
    "requester-agrees": ((*pair("tokyo"), BOTH[0]), ()),
    "nobody-agrees": ((*pair("tokyo"),), ()),
    "by-account-id": (
        (
            *pair("tokyo"),
            (0, "tag", "a", SELF[0], OURS),
            (0, "tag", "b", "peerkeeper:peers-x", OURS),
        ),
        (),
    ),
    "foreign-accepter": ((*pair("abroad"), (0, "tag", "a", SELF[0], THEIRS)), FOREIGN),
    "foreign-stranger": ((*pair("abroad"), (0, "tag", "a", SELF[0], THEIRS)), ()),
    "exempt": ((*pair("tokyo"), *BOTH, (0, "tag", "b", "peerkeeper:exempt", "true")), ()),
    "three": ((*pair("tokyo"), *BOTH, *TRIO), ()),
    "add-only": ((*pair("tokyo"), *BOTH), (*EVERYWHERE, ("Mode", "add-only"))),
    "observe": ((*pair("tokyo"), *BOTH), (*EVERYWHERE, ("Mode", "observe"))),
}

SCRIPTS: dict[str, tuple[Step, ...]] = {
    "request": ((1, "request", "ab", "a", "b"),),
    "request-back": ((1, "request", "ba", "b", "a"),),
    "request-and-accept": ((1, "request", "ab", "a", "b"), (5, "accept", "ab")),
    "request-and-withdraw": ((1, "request", "ab", "a", "b"), (4, "delete", "ab")),
    "request-and-reject": ((1, "request", "ab", "a", "b"), (3, "reject", "ab")),
    "agree-late": (
        (1, "request", "ab", "a", "b"),
        (40, "tag", "b", *SELF),
        (30, "tag", "a", *SELF),
    ),
    "approve-the-peering": (
        (1, "request", "ab", "a", "b"),
        (20, "tag", "ab", "peerkeeper:approved", "true", "tokyo"),
    ),
    "withdraw-consent": ((1, "request", "ab", "a", "b"), (2, "untag", "b", SELF[0])),
    "delete": ((1, "request", "ab", "a", "b"), (60, "delete", "ab")),
    "delete-by-accepter": ((1, "request", "ab", "a", "b"), (60, "delete", "ab", "accepter")),
    "delete-and-again": (
        (1, "request", "ab", "a", "b"),
        (60, "delete", "ab"),
        (8, "request", "ab2", "a", "b"),
    ),
    "both-ways": ((1, "request", "ab", "a", "b"), (1, "request", "ba", "b", "a")),
    "approve-itself": (
        (1, "request", "ab", "a", "b"),
        (0, "tag", "ab", "peerkeeper:approved", "true"),
    ),
    "consent-withdrawn-and-again": (
        (1, "request", "ab", "a", "b"),
        (40, "untag", "b", SELF[0]),
        (5, "delete", "ab"),
        (8, "request", "ab2", "a", "b"),
    ),
    "vpc-deleted": (
        (1, "request", "ab", "a", "b"),
        (40, "delete", "ab"),
        (6, "drop", "b"),
    ),
    "multipath": ((1, "request", "ab", "a", "b", True),),
    "exempt-late": ((1, "request", "ab", "a", "b"), (3, "tag", "b", "peerkeeper:exempt", "true")),
}
THREE = {
    "two-peers": ((1, "request", "ab", "a", "b"), (2, "request", "ac", "a", "c")),
    "two-peers-one-leaves": (
        (1, "request", "ab", "a", "b"),
        (2, "request", "ac", "a", "c"),
        (60, "delete", "ab"),
    ),
}
"""Scripts for three VPCs."""
