"""What a finding asks of a person, worst first. In: a finding. Out: its group.

Every code is in one group:

    group       what a person has to do
    blocked     something stands in the way: mend it, or it stays
    consent     somebody has to agree, or to let an account in
    routed      a peering is routed that nobody agreed to: `adopt` prints the tags
    to know     nothing; it is so by choice, or the other side's
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeAlias

from peerkeeper.values.findings import Code, Finding


class Group(StrEnum):
    """What is to be done, worst first."""

    BLOCKED = "blocked"
    CONSENT = "needs consent"
    ROUTED = "routed without consent"
    TO_KNOW = "to know"


GROUPS: dict[Code, Group] = {
    Code.HELD_APPROVAL: Group.CONSENT,
    Code.HELD_ACCOUNT: Group.CONSENT,
    Code.NOT_APPROVED: Group.CONSENT,
    Code.WITHDRAWN: Group.CONSENT,
    Code.ROUTED_NOT_APPROVED: Group.ROUTED,
    Code.DIVERTED: Group.TO_KNOW,
    Code.SURPLUS: Group.TO_KNOW,
    Code.NARROW: Group.TO_KNOW,
    Code.LEFT_TO_OWNER: Group.TO_KNOW,
    Code.WIDER: Group.TO_KNOW,
    Code.STALE_RULE: Group.TO_KNOW,
    Code.QUOTA_NEAR: Group.TO_KNOW,
    Code.NO_GROUP: Group.TO_KNOW,
    Code.OTHER_SIDE: Group.TO_KNOW,
    Code.REQUEST_FAILED: Group.TO_KNOW,
    Code.REQUEST_EXPIRED: Group.TO_KNOW,
    Code.HELD_EXEMPT: Group.TO_KNOW,
}
"""Every other code is blocked."""

OWN_COMMANDS = frozenset({Code.LEFT_TO_OWNER})
"""Each finding has its own command to type, so each is shown."""

RANK: dict[Code, int] = {
    code: rank
    for rank, code in enumerate(
        (
            *(Code.BRAKE, Code.GUARD, Code.UNEXPLAINED, Code.NOT_CARRYING, Code.DEAD_ROUTE),
            *(Code.CLAIMED_TWICE, Code.CONFLICT, Code.PREFIX_LIST, Code.OVERLAP, Code.TAG_FAULT),
        )
    )
}
"""The worst of the blocked codes, worst first. The rest comes after, by code."""


def group_of(finding: Finding) -> Group:
    """Return what the finding asks of a person."""
    return GROUPS.get(finding.code, Group.BLOCKED)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, those that stop most first."""
    groups = [*Group]
    return sorted(
        findings,
        key=lambda one: (
            groups.index(group_of(one)),
            RANK.get(one.code, len(RANK)),
            one.code,
            one.location,
            one.pcx_id or one.subject,
            one.message,
        ),
    )


Folded: TypeAlias = tuple[Finding, tuple[Finding, ...]]
"""A finding, and others that say the same of other tables."""


def folded(findings: Iterable[Finding]) -> list[Folded]:
    """Return one entry for each code and peering, or resource, in the order in which they come."""
    kinds: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        alike = one.pcx_id if one.code not in OWN_COMMANDS else ""
        key = (one.code, one.location, alike or (one.subject, one.message))
        kinds.setdefault(key, []).append(one)
    return [(first, tuple(others)) for first, *others in kinds.values()]
