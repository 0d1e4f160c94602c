"""The snapshot as the judge of reachability wants it. In: the snapshot. Out: `Surroundings`.

Tables have the entries of their prefix lists as routes already. What was not read stays unknown.
"""

from __future__ import annotations

from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.surroundings import Kind, Surroundings

KINDS = {
    Describe.ROUTE_TABLES: Kind.ROUTE_TABLES,
    Describe.ACLS: Kind.NETWORK_ACLS,
    Describe.GROUPS: Kind.SECURITY_GROUPS,
    Describe.PEERINGS: Kind.PEERINGS,
    Describe.PREFIX_LIST: Kind.PREFIX_LISTS,
}


def surroundings(seen: Snapshot) -> Surroundings:
    """Return what was read around all VPCs of the snapshot."""
    return Surroundings(
        tuple(seen.route_tables.values()),
        tuple(seen.network_acls.values()),
        tuple(seen.security_groups.values()),
        tuple(seen.peerings.values()),
        tuple(seen.prefix_lists.values()),
        frozenset(
            one.location for one in seen.done if one.kind is Describe.PEERINGS and one == one.whole
        ),
        {
            (read.location, KINDS[read.kind]): f"{trouble.action} says {trouble.code}"
            for read, trouble in seen.unread.items()
            if read.kind in KINDS
        },
    )
