"""What people must be told of a peering, once: what is so, beside what its status tag says they know.

In: the snapshot with `now`, settings, the findings of the rules. Out: `TagStatus`, which tells and then
remembers. The tag `peerkeeper:status` on our view of the peering is the only memory.

    the peering            findings about it    left until it expires   the tag says         verdict
    pending-acceptance     held-…               more than a day         held, expiring       nothing
    pending-acceptance     held-…               more than a day         else                 held
    pending-acceptance     held-…               a day, or less          expiring             nothing
    pending-acceptance     held-…               a day, or less          else                 expiring
    pending-acceptance     none                 any                     any                  nothing
    expired                request-expired      -                       expired              nothing
    expired                request-expired      -                       else                 expired
    provisioning, active   route-conflict       -                       route-conflict       nothing
    provisioning, active   route-conflict       -                       else                 route-conflict
    provisioning, active   none, all was read   -                       ok, or none of ours  nothing
    provisioning, active   none, all was read   -                       else                 ok
    any other              any                  -                       any                  nothing

A request's end is told by the accepter's side, by the requester's only where the accepter's is not looked
after or cannot be reached: once, not once a side. Of an organization nobody knows which accounts have a spoke
before they are asked, so there, between two accounts, each side that is looked after tells its own. Where
nobody says what time it is, nothing is about to expire.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.settings import Settings
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.ec2 import ROUTABLE, PeeringConnection, PeeringStatus, Side
from peerkeeper.values.findings import HELD, Code, Finding
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import Status, told

DAY = 86_400
KNOWN: dict[Status, frozenset[Status | None]] = {
    Status.HELD: frozenset({Status.HELD, Status.EXPIRING}),
    Status.CLEAR: frozenset({Status.CLEAR, None}),
}
"""What the tag may say already where there is nothing new to tell; by default, the same."""


def status_tags(
    seen: Snapshot, settings: Settings, findings: Iterable[Finding]
) -> Iterator[TagStatus]:
    """Yield what is to be told and remembered of each peering."""
    about: dict[Key, list[Finding]] = {}
    for finding in findings:
        about.setdefault((finding.location, finding.pcx_id or finding.subject), []).append(finding)
    for key, pcx in seen.peerings.items():
        found = _verdict(seen, settings, pcx, about.get(key, []))
        if found:
            status, why = found
            if told(pcx.tags) not in KNOWN.get(status, {status}):
                yield _change(pcx, status, sorted(why))


def _verdict(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, about: list[Finding]
) -> tuple[Status, list[Finding]] | None:
    """Return what is so of this view of the peering, and the findings behind it."""
    status = seen.status_of(pcx.location, pcx.id)  # the other side may have seen it end
    if status is PeeringStatus.PENDING_ACCEPTANCE:
        held = [one for one in about if one.code in HELD]
        late = 0 < pcx.expires <= seen.now + DAY
        return (Status.EXPIRING if late else Status.HELD, held) if held else None
    if pcx.status is PeeringStatus.EXPIRED:
        ended = [one for one in about if one.code is Code.REQUEST_EXPIRED]
        return (Status.EXPIRED, ended) if ended and _tells(seen, pcx, settings) else None
    if status not in ROUTABLE:
        return None
    in_the_way = [one for one in about if one.code is Code.CONFLICT]
    if in_the_way:
        return Status.CONFLICT, in_the_way
    clear = told(pcx.tags) and all(_all_read(seen, own) for own, _ in pcx.own_sides())
    return (Status.CLEAR, []) if clear else None


def _tells(seen: Snapshot, pcx: PeeringConnection, settings: Settings) -> bool:
    accepter = pcx.accepter.location
    if pcx.location == accepter or not settings.covers(accepter) or seen.is_unreachable(accepter):
        return True
    elsewhere = accepter.account_id not in (pcx.location.account_id, settings.account)
    return settings.organization and elsewhere


def _all_read(seen: Snapshot, own: Side) -> bool:
    """Tell whether no route in the way can have gone unseen: the tables, and what they lead to, were read."""
    where = own.location
    if (where, own.vpc_id) not in seen.vpcs or not seen.has_read_tables(where, own.vpc_id):
        return False
    known = seen.peering_ids(where)
    return all(table.peering_ids <= known for table in seen.tables_of(where, own.vpc_id))


def _change(pcx: PeeringConnection, status: Status, why: list[Finding]) -> TagStatus:
    return TagStatus(
        pcx.location,
        pcx.id,
        status,
        reason="; ".join(one.message for one in why)
        or f"nothing is in the way of {pcx.id} any more",
        requester=_named(pcx.requester),
        accepter=_named(pcx.accepter),
        codes=tuple(dict.fromkeys(one.code.value for one in why)),
        expires=pcx.expires,
    )


def _named(side: Side) -> str:
    return f"{side.vpc_id} in {side.location}"
