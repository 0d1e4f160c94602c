"""What to tell people about a peering, once: its state, beside what its status tag says they know.

In: the snapshot with `now`, settings, findings; at the end of a run the verdicts as well. Out: `TagStatus`,
which tells and then remembers. The tag `peerkeeper:status` on our view of the peering is the only memory.

    the peering            findings about it    left until it expires   the tag says         verdict
    pending-acceptance     held-…               more than a day         held, expiring       nothing
    pending-acceptance     held-…               more than a day         else                 held
    pending-acceptance     held-…               a day, or less          expiring             nothing
    pending-acceptance     held-…               a day, or less          else                 expiring
    pending-acceptance     none                 any                     any                  nothing
    expired                request-expired      -                       expired              nothing
    expired                request-expired      -                       else                 expired
    provisioning, active   something blocked    -                       not-carrying,        nothing
                                                                        route-conflict
    provisioning, active   something blocked    -                       else                 not-carrying
    provisioning, active   no gap               -                       ok, or none of ours  nothing
    provisioning, active   no gap               -                       else                 ok
    the same, and no side of ours is judged     -                       held, expiring       ok
    any other              any                  -                       any                  nothing

What only the mode blocks is no news, and a gap that is due or waits is none yet. In one location one tag
stands for both sides. A side that has not agreed, or whose VPC is exempt, has no verdict and keeps no tag. A
side that was not read has one, and keeps it.

People learn of a request's end once, not once a side. The accepter's side tells it. The requester's side
tells it only where the accepter's side is not covered or not reachable. In an organization, only the call to
an account shows whether it has a spoke. So there, between two accounts, each covered side tells its own. If
the time is not known, nothing is about to expire.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from peerkeeper.planning.facts_told import facts_of_peering, other_side_lacks, with_findings
from peerkeeper.planning.lagging_tags import lagging
from peerkeeper.settings import Settings
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.ec2 import ROUTABLE, PeeringConnection, PeeringStatus, Side
from peerkeeper.values.findings import HELD, Code, Finding
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import Status, told

DAY = 86_400
MOST_REASONS = 20
"""Findings whose words are the reason of a tag."""
WAITS = frozenset({Status.HELD, Status.EXPIRING})
KNOWN: dict[Status, frozenset[Status | None]] = {
    Status.HELD: frozenset({Status.HELD, Status.EXPIRING}),
    Status.NOT_CARRYING: frozenset({Status.NOT_CARRYING, Status.CONFLICT}),
    Status.CLEAR: frozenset({Status.CLEAR, None}),
}
"""What the tag may say already where there is nothing new to tell; by default, the same."""


def status_tags(
    seen: Snapshot, settings: Settings, findings: Iterable[Finding]
) -> Iterator[TagStatus]:
    """Yield what to tell and to remember about each request that waits or has ended.

    While a read does not show the tag by which somebody just agreed, it is no news that the request waits.
    """
    about = _by_peering(findings)
    given = {(act.location, act.resource) for act in lagging(seen) if not act.taken}
    for key, pcx in seen.peerings.items():
        found = _of_request(seen, settings, pcx, about.get(key, []))
        if not found:
            continue
        waits = found[0] in WAITS
        if waits and given & {key, (pcx.location, pcx.accepter.vpc_id)}:
            continue
        for tag in _news(seen, pcx, *found):
            lacks = other_side_lacks(seen, settings, pcx) if waits else ""
            yield replace(tag, facts=replace(tag.facts, not_agreed=lacks)) if lacks else tag


def carrying_tags(
    seen: Snapshot, verdicts: Iterable[SideVerdict], findings: Iterable[Finding]
) -> Iterator[TagStatus]:
    """Yield what to tell and to remember about each live peering, from the verdicts of a run."""
    about = _by_peering(findings)
    judged: dict[Key, list[SideVerdict]] = {}
    for verdict in verdicts:
        judged.setdefault((verdict.location, verdict.pcx_id), []).append(verdict)
    for key, sides in judged.items():
        pcx = seen.peerings[key]
        if any(side.blocked for side in sides):
            why = [one for one in about.get(key, []) if one.code in BLOCKS]
            yield from _news(seen, pcx, Status.NOT_CARRYING, why)
        elif all(side.whole for side in sides):
            yield from _news(seen, pcx, Status.CLEAR, [])
    for key, pcx in seen.peerings.items():
        accepted = key not in judged and seen.status_of(pcx.location, pcx.id) in ROUTABLE
        if accepted and pcx.own_sides() and told(pcx.tags) in (Status.HELD, Status.EXPIRING):
            well = f"{pcx.id} was accepted, so it is held no more"
            yield _change(seen, pcx, Status.CLEAR, [], well)


BLOCKS = frozenset(
    {
        Code.CONFLICT,
        Code.CLAIMED_TWICE,
        Code.PREFIX_LIST,
        Code.DEAD_ROUTE,
        Code.NOT_CARRYING,
        Code.UNEXPLAINED,
        Code.OVERLAP,
    }
)
"""Findings that say why a peering does not carry."""


def _by_peering(findings: Iterable[Finding]) -> dict[Key, list[Finding]]:
    about: dict[Key, list[Finding]] = {}
    for finding in findings:
        about.setdefault((finding.location, finding.pcx_id or finding.subject), []).append(finding)
    return about


def _news(
    seen: Snapshot, pcx: PeeringConnection, status: Status, why: list[Finding]
) -> Iterator[TagStatus]:
    """Yield the change where the tag does not say already that people know."""
    if told(pcx.tags) not in KNOWN.get(status, {status}):
        yield _change(seen, pcx, status, sorted(why))


def _of_request(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, about: list[Finding]
) -> tuple[Status, list[Finding]] | None:
    """Return the state of this view of a request, and the findings behind it."""
    status = seen.status_of(pcx.location, pcx.id)  # the other side may have seen it end
    if status is PeeringStatus.PENDING_ACCEPTANCE:
        held = [one for one in about if one.code in HELD]
        late = 0 < pcx.expires <= seen.now + DAY
        return (Status.EXPIRING if late else Status.HELD, held) if held else None
    if pcx.status is PeeringStatus.EXPIRED:
        ended = [one for one in about if one.code is Code.REQUEST_EXPIRED]
        return (Status.EXPIRED, ended) if ended and _tells(seen, pcx, settings) else None
    return None


def _tells(seen: Snapshot, pcx: PeeringConnection, settings: Settings) -> bool:
    accepter = pcx.accepter.location
    if pcx.location == accepter or not settings.covers(accepter) or seen.is_unreachable(accepter):
        return True
    elsewhere = accepter.account_id not in (pcx.location.account_id, settings.account)
    return settings.organization and elsewhere


def _change(
    seen: Snapshot, pcx: PeeringConnection, status: Status, why: list[Finding], well: str = ""
) -> TagStatus:
    return TagStatus(
        pcx.location,
        pcx.id,
        status,
        reason=_reason(why) or well or f"{pcx.id} carries all that is wanted",
        requester=_named(pcx.requester),
        accepter=_named(pcx.accepter),
        codes=tuple(dict.fromkeys(one.code.value for one in why)),
        expires=pcx.expires if status in WAITS else 0,
        facts=with_findings(seen, facts_of_peering(seen, pcx), why),
    )


def _reason(why: list[Finding]) -> str:
    """Return what the first findings say: a report lists all of them, and a log line has a limit."""
    said = "; ".join(one.message for one in why[:MOST_REASONS])
    more = len(why) - MOST_REASONS
    return f"{said}; and {more} more findings about it" if more > 0 else said


def _named(side: Side) -> str:
    return f"{side.vpc_id} in {side.location}"
