"""What stops traffic of every kind: routes that lead one way, network ACLs, groups that admit no peer.

In: the snapshot, settings, the plan of the run. Out: findings. No tag says what should pass, so only what
stops everything is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.plan import Plan
from peerkeeper.planning.side_reach.acl_gaps import acl_gaps
from peerkeeper.planning.side_reach.admitting import none_admits
from peerkeeper.planning.side_reach.around import surroundings
from peerkeeper.planning.side_reach.sides import our_sides
from peerkeeper.planning.side_reach.way_back import one_way
from peerkeeper.settings import Settings
from peerkeeper.values.findings import Finding
from peerkeeper.values.snapshot import Snapshot


def structural_findings(seen: Snapshot, settings: Settings, plan: Plan) -> Iterator[Finding]:
    """Yield what stops all traffic of our sides."""
    sides = tuple(our_sides(seen, settings))
    yield from one_way(seen, sides, plan)
    yield from acl_gaps(seen, surroundings(seen), sides)
    yield from none_admits(seen, sides)
