"""Count what is used of a quota: routes of a table, peerings of a VPC. Never decides to write.

In: the snapshot, a table or a VPC. Out: numbers; None where something was not read.

    a route of the table             counts
    propagated                       no
    of a prefix list                 as the list's MaxEntries, in the list's address family
    the local one, or any other      1, in its address family

EC2 does not say whether the local route counts, so it does here. Source: VPC User Guide, prefix lists;
Service Quotas L-93826ACB.
"""

from __future__ import annotations

from collections import Counter

from peerkeeper.values.ec2 import ROUTABLE, Location, PeeringStatus, RouteTable
from peerkeeper.values.quotas import Quota
from peerkeeper.values.snapshot import Key, Snapshot


def routes_used(seen: Snapshot, table: RouteTable, version: int) -> int | None:
    """Return how many routes of an address family (4 or 6) count; None if a list's size is not known."""
    own = (one for one in table.routes if one.destination and not one.prefix_list)
    used = sum(
        one.destination.version == version and (one.static or one.target == "local")
        for one in own
        if one.destination
    )
    for list_id in table.prefix_lists:
        known = seen.list_sizes.get((table.location, list_id))
        if known is None:
            return None
        used += known.most if known.ipv6 == (version == 6) else 0
    return used


def peerings_used(seen: Snapshot) -> Counter[Key]:
    """Return how many active peerings of each of our VPCs were read."""
    return Counter(
        (own.location, own.vpc_id)
        for pcx in seen.peerings.values()
        if pcx.status in ROUTABLE
        for own, _ in pcx.own_sides()
    )


def requests_used(seen: Snapshot, location: Location) -> int:
    """Return how many requests that this account made in this Region are outstanding."""
    return sum(
        pcx.location == location == pcx.requester.location
        for pcx in seen.peerings.values()
        if pcx.status in (PeeringStatus.PENDING_ACCEPTANCE, PeeringStatus.INITIATING_REQUEST)
    )


def quota(seen: Snapshot, location: Location, which: Quota) -> int | None:
    """Return the value in force; None if it was not read."""
    found = seen.quotas.get((location, which.value))
    return found.value if found else None
