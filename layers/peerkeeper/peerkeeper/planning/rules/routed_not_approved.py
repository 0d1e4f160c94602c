"""Peerings that our tables route and our side does not agree to: one finding a VPC, and nothing is done.

The reads do not show whether consent was withdrawn or never given: a network that was peered by hand looks
the same.

    our side agrees    a table of ours routes it    verdict
    no                 yes                          counted in the one finding of its VPC
    any other                                       nothing

The finding says what is missing: a tag, or an account in AllowedAccounts, or both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from peerkeeper.planning.agreement import not_allowed, objections
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import ROUTABLE
from peerkeeper.values.findings import Check, Code, Finding, first_of
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import is_exempt

MOST = 10
"""Peerings that the finding names; it says how many there are."""


def routed_not_approved(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each of our VPCs that routes peerings without consent."""
    for (where, vpc_id), objected in routed_without_consent(seen, settings).items():
        words = (
            f"{vpc_id} routes {len(objected)} live peerings without consent of its side: "
            f"{listed(objected.keys())}. Peerkeeper keeps their routes"
        )
        ways = _ways(seen, settings, (where, vpc_id), objected)
        yield Finding(Code.ROUTED_NOT_APPROVED, where, vpc_id, "; ".join((words, *ways)))


def _ways(
    seen: Snapshot, settings: Settings, key: Key, objected: Mapping[str, Sequence[Check]]
) -> Iterator[str]:
    """Yield what would make the side agree: a tag, and one list with all accounts that are not allowed."""
    where, vpc_id = key
    if any(check.code is Code.HELD_APPROVAL for checks in objected.values() for check in checks):
        yield "`peerkeeper explain` with the id of one names the tag that agrees"
    peers = {
        peer.location.account_id
        for view, own, peer in seen.peerings_of(where, vpc_id)
        if view.id in objected
    }
    shut = sorted(one for one in peers if not settings.allows_account(one, where))
    if shut:
        yield not_allowed(shut, where, settings)


def listed(ids: Set[str]) -> str:
    """Return the first of these ids, and how many more there are."""
    return first_of(sorted(ids), MOST)


def routed_without_consent(
    seen: Snapshot, settings: Settings
) -> Mapping[Key, Mapping[str, Sequence[Check]]]:
    """Return the live peerings that each of our VPCs routes without consent, with the tests that fail."""
    found: dict[Key, dict[str, Sequence[Check]]] = {}
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            vpc = seen.vpcs.get((own.location, own.vpc_id))
            if not vpc or is_exempt(vpc.tags):
                continue
            if seen.status_of(own.location, pcx.id) not in ROUTABLE:
                continue
            objected = objections(pcx, own, peer, vpc, settings, accepting=False)
            if not objected:
                continue  # as most are: their tables need not be looked at
            tables = seen.tables_of(own.location, own.vpc_id)
            if any(table.routes_to(pcx.id) for table in tables):
                found.setdefault((own.location, own.vpc_id), {})[pcx.id] = objected
    return found
