"""The news about a peering before its tag says that people know it: one by one, or many at once.

In: `TagStatus`es about to be made. Out: `Announcement`s.

    to be tagged    announcement          one for each
    held            PeeringHeld           peering, once
    expiring        RequestExpiring       peering, once
    expired         RequestExpired        peering, once
    not-carrying    PeeringNotCarrying    peering, until it carries again
                    RouteConflict         the same, a route being in the way; until the next release
    more than ten   NoticeDigest          location, in place of all of these
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from peerkeeper.reporting.bus_events import Announcement, DetailType, announcement
from peerkeeper.reporting.peering_notice import digest_parts, peering_parts
from peerkeeper.reporting.plain_text import plain
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.findings import Code, first_of
from peerkeeper.values.tags import Status

MOST_NAMED = 20
"""Peerings named in its message."""
NOTICES = {
    Status.HELD: (DetailType.HELD, "is held"),
    Status.EXPIRING: (DetailType.EXPIRING, "is still held and about to expire"),
    Status.EXPIRED: (DetailType.EXPIRED, "has expired"),
    Status.NOT_CARRYING: (DetailType.NOT_CARRYING, "does not carry all that it should"),
    Status.CONFLICT: (DetailType.CONFLICT, "is not routed everywhere"),
}


def notices(change: TagStatus) -> tuple[Announcement, ...]:
    """Return the news to send before the tag says that people know it; empty if the status is no news.

    A route in the way is announced under its former name as well, for one release.
    """
    if change.status not in NOTICES:
        return ()
    taken = {Code.CONFLICT.value, Code.CLAIMED_TWICE.value} & {*change.codes}
    former = change.status is Status.NOT_CARRYING and taken
    told = (change.status, *([Status.CONFLICT] if former else []))
    return tuple(_notice(change, *NOTICES[status]) for status in told)


def _notice(change: TagStatus, kind: DetailType, what: str) -> Announcement:
    until = _when(change.expires)
    ends = f" It expires on {until} unless somebody accepts it." if until else ""
    said = f"The peering {change.pcx_id} of {change.requester} to {change.accepter} {what}. "
    return announcement(
        kind,
        change.location,
        plain(f"{said}{change.reason}.{ends}", 1500),
        key=f"{kind}/{change.location}/{change.pcx_id}",
        peering=change.pcx_id,
        requester=change.requester,
        accepter=change.accepter,
        codes=list(change.codes),
        expires=until,
        notice=peering_parts(change, kind, until or "").to_dict(),
    )


def digest(changes: Sequence[TagStatus]) -> Announcement:
    """Return the one announcement of many notices of one location."""
    where = changes[0].location
    told = sorted((NOTICES[one.status][0], one.pcx_id, one.codes) for one in changes)
    kinds = Counter(kind for kind, _, _ in told)
    sums = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    named = first_of((pcx_id for _, pcx_id, _ in told), MOST_NAMED)
    words = (
        f"{len(told)} peerings want a person at once ({sums}): {named}. "
        "peerkeeper explain of one says what is in its way and what would fix it."
    )
    return announcement(
        DetailType.DIGEST,
        where,
        plain(words, 1500),
        count=len(told),
        kinds=dict(sorted(kinds.items())),
        notice=digest_parts(changes, kinds).to_dict(),
        peerings=[
            {
                "key": f"{kind}/{where}/{pcx_id}",
                "kind": kind,
                "peering": pcx_id,
                "codes": list(codes),
            }
            for kind, pcx_id, codes in told
        ],
    )


def _when(expires: int) -> str | None:
    return datetime.fromtimestamp(expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if expires else None
