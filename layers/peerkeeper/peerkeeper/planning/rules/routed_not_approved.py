"""Peerings that our tables route and our tags do not agree to: one finding a VPC, and nothing is done.

The reads do not show whether consent was withdrawn or never given: a network that was peered by hand looks
the same.

    our side agrees    a table of ours routes it    verdict
    no                 yes                          counted in the one finding of its VPC
    any other                                       nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from peerkeeper.planning.agreement import objections
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import ROUTABLE
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import is_exempt

MOST = 10
"""Peerings that the finding names; it says how many there are."""


def routed_not_approved(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each of our VPCs that routes peerings without consent."""
    for (where, vpc_id), ids in routed_without_consent(seen, settings).items():
        words = (
            f"{vpc_id} routes {len(ids)} live peerings without consent of its side: {listed(ids)}. "
            "Peerkeeper keeps their routes; `peerkeeper explain` with the id of one names the tag that agrees"
        )
        yield Finding(Code.ROUTED_NOT_APPROVED, where, vpc_id, words)


def listed(ids: Set[str]) -> str:
    """Return the first of these ids, and how many more there are."""
    return first_of(sorted(ids), MOST)


def routed_without_consent(seen: Snapshot, settings: Settings) -> Mapping[Key, Set[str]]:
    """Return the live peerings that each of our VPCs routes and that its side does not agree to."""
    found: dict[Key, set[str]] = {}
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            vpc = seen.vpcs.get((own.location, own.vpc_id))
            if not vpc or is_exempt(vpc.tags):
                continue
            if seen.status_of(own.location, pcx.id) not in ROUTABLE:
                continue
            if not objections(pcx, own, peer, vpc, settings, accepting=False):
                continue  # as most are: their tables need not be looked at
            tables = seen.tables_of(own.location, own.vpc_id)
            if any(table.routes_to(pcx.id) for table in tables):
                found.setdefault((own.location, own.vpc_id), set()).add(pcx.id)
    return found
