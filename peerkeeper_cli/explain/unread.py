"""What could not be read of what bears on a peering. In: a snapshot, the peering. Out: lines.

Once the peering is seen, only the locations of its two sides bear on it: a route to it can stand in no other.
Source: VPC Peering Guide, route tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.explain.line import Line
from peerkeeper_cli.reader.access import NO_CREDENTIALS

OF_GROUPS = frozenset({Describe.GROUPS, Describe.GROUP_RULES})
NO_GROUPS = "So this does not list the security group rules that go stale with the peering"
NAME_IT = (
    "nothing of this account was read: name a --profile of it as well, after the hub's, or with --role-name "
    "a role that may read it"
)


def unread(seen: Snapshot, pcx_id: str) -> Iterator[Line]:
    """Yield each read that failed. An account without access gives the same line for all its reads."""
    views = seen.views_of(pcx_id)
    sides = {side.location for view in views for side in (view.requester, view.accepter)}
    for read, trouble in seen.unread.items():
        where = read.location
        if sides and where not in sides:
            continue
        words = f"{trouble.action} says {trouble.code}: {trouble.message}"
        if trouble is NO_CREDENTIALS:
            yield Line(where.account_id, "reading", "credentials", "unknown", NAME_IT)
        elif trouble.unreachable:
            yield Line(where.account_id, "reading", "role", "unknown", words)
        elif read.kind in OF_GROUPS:  # no test needs them
            yield Line(str(where), "reading", str(read.kind), "-", f"{words}. {NO_GROUPS}")
        else:
            yield Line(str(where), "reading", str(read.kind), "unknown", words)
