"""Report quotas that are nearly used up, before EC2 refuses a route or a peering. Information, no write.

    used, of the quota in force          finding
    four fifths of it, or more           quota-near: what is used, and which quota to raise
    less                                 none
    the quota, or the size of a prefix
      list of the table, was not read    none here: quota-unknown names the failed read

Counted: routes of our tables by address family, active peerings of our VPCs, outstanding requests. The peer's
quotas are not ours to read. Source: Service Quotas, service `vpc`.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.room import peerings_used, quota, requests_used, routes_used
from peerkeeper.settings import QuotaCheck, Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.quotas import Quota
from peerkeeper.values.snapshot import Snapshot

NEAR = 0.8


def quota_near(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each quota that is nearly used up, as far as it was read."""
    if settings.quota_check is QuotaCheck.OFF:
        return
    for where, subject, used, which, what in _used(seen):
        most = quota(seen, where, which)
        if used is not None and most and used >= NEAR * most:
            words = (
                f"{subject} has {used} of the {most} {what} that the quota {which.value} allows in {where}; "
                "raise the quota in Service Quotas"
            )
            yield Finding(Code.QUOTA_NEAR, where, subject, words)


def _used(seen: Snapshot) -> Iterator[tuple[Location, str, int | None, Quota, str]]:
    """Yield what uses a quota up: where, by what, how much of it, which quota, and its name in words."""
    for table in seen.route_tables.values():
        where = table.location
        if table.owner_id == where.account_id:
            for version in (4, 6):
                used = routes_used(seen, table, version)
                yield where, table.id, used, Quota.ROUTES, f"IPv{version} routes"
    peerings = peerings_used(seen)
    for vpc in seen.vpcs.values():
        where = vpc.location
        if vpc.owner_id == where.account_id:
            yield where, vpc.id, peerings[where, vpc.id], Quota.PEERINGS, "active peerings"
    for where in sorted({location for location, _ in seen.quotas}):
        yield where, str(where), requests_used(seen, where), Quota.REQUESTS, "outstanding requests"
