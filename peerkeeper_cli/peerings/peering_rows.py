"""Every peering that was read, as a row. In: an estate, what is foreseen. Out: `PeeringRow`s, by id.

The verdict of a whole peering, the first row that fits:

    its status, or its sides                    verdict
    deleted, rejected, failed, expired          ended
    not active yet                              waits
    a side that was read carries nothing        nothing
    a side that was read carries a part         partly
    a side that was read is not known, or no
      side was read                             unknown
    all sides that were read carry all          carries
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from peerkeeper.planning.agreement import consent, objections
from peerkeeper.settings import Settings
from peerkeeper.values.connectivity import Reaches, SideVerdict
from peerkeeper.values.ec2 import TERMINAL, PeeringConnection, PeeringStatus, Side
from peerkeeper.values.findings import Finding
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import is_exempt

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.names import name_in, name_of_peering, owner_in
from peerkeeper_cli.foresight.foresee import Foreseen
from peerkeeper_cli.page.moment import minute
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.peerings.as_if_agreed import Judged, as_in_full, verdicts_of_all
from peerkeeper_cli.peerings.finding_shown import finding_shown
from peerkeeper_cli.peerings.peering_row import (
    Consented,
    PeeringRow,
    Verdict,
    VpcEnd,
)
from peerkeeper_cli.peerings.routes_shown import routes_shown

WORST = (Verdict.NOTHING, Verdict.PARTLY, Verdict.UNKNOWN, Verdict.WAITS)
LEAST_REACHED = (
    *(Reaches.BLOCKED, Reaches.SHUT, Reaches.UNKNOWN),
    *(Reaches.WAITS, Reaches.OPEN, Reaches.REACHES),
)
MOST = 1000


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a row is made of."""

    seen: Snapshot
    settings: Settings
    verdicts: Mapping[tuple[str, Key], SideVerdict]
    findings: Mapping[str, tuple[Finding, ...]]
    due: Counter[str]


def peering_rows(estate: Estate, now: Judged, ahead: Foreseen) -> tuple[PeeringRow, ...]:
    """Return a row for each peering connection that any location shows."""
    seen, settings = estate.seen, as_in_full(estate.settings)
    plan, real = now
    about: dict[str, list[Finding]] = {}
    for finding in plan.findings:
        about.setdefault(finding.pcx_id or finding.subject, []).append(finding)
    sources = _Sources(
        seen,
        settings,
        {
            (one.pcx_id, (one.location, one.vpc_id)): one
            for one in verdicts_of_all(seen, settings, real)
        },
        {id_: tuple(found) for id_, found in about.items()},
        Counter(getattr(change, "pcx_id", "") for change in ahead.changes),
    )
    ids = sorted({id_ for _, id_ in seen.peerings})
    return tuple(_row(sources, seen.views_of(id_)) for id_ in ids)


def _row(sources: _Sources, views: Iterable[PeeringConnection]) -> PeeringRow:
    views = sorted(views, key=lambda one: (one.location != one.accepter.location, one.location))
    first = next((one for one in views if one.status in TERMINAL), views[0])
    ends = [_end(sources, views, first, requester=one) for one in (True, False)]
    until = max(one.expires for one in views)
    pending = first.status is PeeringStatus.PENDING_ACCEPTANCE
    return PeeringRow(
        id=first.id,
        requester=ends[0],
        accepter=ends[1],
        status=first.status.value,
        name=name_of_peering(views),
        status_words="" if first.status is PeeringStatus.ACTIVE else shown(first.status_text, MOST),
        expires=minute(until) if until and pending else "",
        verdict=_whole(first, ends),
        due=sources.due[first.id],
        findings=tuple(finding_shown(one) for one in sources.findings.get(first.id, ())),
        reaches=next(
            (one.value for one in LEAST_REACHED if one in {end.reaches for end in ends}), ""
        ),
    )


def awaiting_consent(row: PeeringRow) -> PeeringRow:
    """Return the row where an end that has not agreed, and whose tables were not read, waits for consent.

    `explain` reads only the tables of sides that agree. Such an end carries what it carries; what Peerkeeper
    does about it waits for the end's own tags.
    """
    ends = [
        replace(end, verdict=Verdict.WAITS)
        if end.consent is Consented.NOT_AGREED and end.verdict is Verdict.UNKNOWN
        else end
        for end in (row.requester, row.accepter)
    ]
    whole = row.verdict if row.verdict is not Verdict.UNKNOWN else _worst(ends)
    return replace(row, requester=ends[0], accepter=ends[1], verdict=whole)


def _whole(pcx: PeeringConnection, ends: Iterable[VpcEnd]) -> Verdict:
    if pcx.status in TERMINAL:
        return Verdict.ENDED
    if pcx.status is not PeeringStatus.ACTIVE:
        return Verdict.WAITS
    return _worst(ends)


def _worst(ends: Iterable[VpcEnd]) -> Verdict:
    found = [end.verdict for end in ends if end.read]
    if not found:
        return Verdict.UNKNOWN
    return next((one for one in WORST if one in found), Verdict.CARRIES)


def _end(
    sources: _Sources,
    views: Iterable[PeeringConnection],
    first: PeeringConnection,
    *,
    requester: bool,
) -> VpcEnd:
    own, peer = (
        (first.requester, first.accepter) if requester else (first.accepter, first.requester)
    )
    key = (own.location, own.vpc_id)
    vpc = sources.seen.vpcs.get(key)
    view = next((one for one in views if one.location == own.location), first)
    consented, words = _consent(sources, view, own, peer)
    verdict = sources.verdicts.get((first.id, key))
    return VpcEnd(
        own.location.account_id,
        own.location.region,
        own.vpc_id,
        name_in(vpc.tags) if vpc else "",
        tuple(map(str, vpc.cidrs if vpc else own.cidrs)),
        owner_in(vpc.tags) if vpc else "",
        vpc is not None,
        consented,
        words,
        _side(first, verdict),
        routes_shown(sources.seen, first, own, verdict),
        verdict.reaches.value if verdict and verdict.reaches else "",
    )


def _side(pcx: PeeringConnection, verdict: SideVerdict | None) -> Verdict:
    if pcx.status in TERMINAL:
        return Verdict.ENDED
    if pcx.status is not PeeringStatus.ACTIVE:
        return Verdict.WAITS
    return Verdict(verdict.upshot.value) if verdict else Verdict.UNKNOWN


def _consent(
    sources: _Sources, view: PeeringConnection, own: Side, peer: Side
) -> tuple[Consented, str]:
    vpc = sources.seen.vpcs.get((own.location, own.vpc_id))
    if not vpc:
        return Consented.UNKNOWN, "this side was not read"
    if is_exempt(vpc.tags):
        return Consented.EXEMPT, f"{vpc.id} is exempt: it is out of every rule"
    accepting = view.status is PeeringStatus.PENDING_ACCEPTANCE and own == view.accepter
    wrong = objections(view, own, peer, vpc, sources.settings, accepting=accepting)
    if wrong:
        return Consented.NOT_AGREED, shown("; ".join(check.words for check in wrong), MOST)
    given = consent(view, own, peer, vpc, accepting=accepting)
    return Consented.AGREED, shown(str(given), MOST) if given else ""
