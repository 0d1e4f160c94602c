"""What others are told of Peerkeeper's work: events on the hub bus, of source `peerkeeper`.

In: a report, or a `TagStatus` about to be made. Out: `Announcement`s. A closed set; docs/events.md explains
each, docs/schemas/ holds its schema.

    what happened                              announcement         one for each
    a request was accepted                     PeeringAccepted      peering
    routes were created                        RoutesChanged        peering, in a location
    routes to a gone peering were deleted      StaleRoutesRemoved   peering, in a location
    to be tagged held                          PeeringHeld          peering, once
    to be tagged expiring                      RequestExpiring      peering, once
    to be tagged expired                       RequestExpired       peering, once
    to be tagged not-carrying                  PeeringNotCarrying   peering, until it carries again
    the same, a route being in the way         RouteConflict        the same; until the next release
    the sweep handed changes on                DriftFound           location
    a direct sweep ended                       SweepFinished        sweep
    the fleet's sweep ended                    FleetSweepFinished   sweep, put by the state machine
    finding account-unreachable                AccountUnreachable   account, each time; not in part of
                                                                    a sweep, nor a met stranger's
    finding deletes-withheld                   DeletesWithheld      location, each time
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from peerkeeper.reporting.plain_text import plain
from peerkeeper.reporting.report import Report
from peerkeeper.safety.rights import owner_of
from peerkeeper.values.changes import AcceptPeering, CreateRoute, DeleteRoute, TagStatus
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Result
from peerkeeper.values.scope import Function
from peerkeeper.values.tags import Status

SOURCE = "peerkeeper"
MOST = 200
"""Announcements of one invocation; the rest is in the log alone."""
MOST_ROUTES = 100
"""Routes listed in one announcement; it says how many there were."""


class DetailType(StrEnum):
    """Every announcement: the detail-type of its event."""

    ACCEPTED = "PeeringAccepted"
    HELD = "PeeringHeld"
    EXPIRING = "RequestExpiring"
    EXPIRED = "RequestExpired"
    NOT_CARRYING = "PeeringNotCarrying"
    CONFLICT = "RouteConflict"
    ROUTES = "RoutesChanged"
    STALE = "StaleRoutesRemoved"
    DRIFT = "DriftFound"
    SWEPT = "SweepFinished"
    FLEET_SWEPT = "FleetSweepFinished"
    UNREACHABLE = "AccountUnreachable"
    WITHHELD = "DeletesWithheld"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One event for the bus: its kind, and its detail as JSON."""

    kind: DetailType
    detail: str


RouteChange: TypeAlias = CreateRoute | DeleteRoute
MEET_OTHERS = frozenset({Function.CONNECT, Function.CLEAN})
"""They follow a peering to its other side, wherever that is."""
NOTICES = {
    Status.HELD: (DetailType.HELD, "is held"),
    Status.EXPIRING: (DetailType.EXPIRING, "is still held and about to expire"),
    Status.EXPIRED: (DetailType.EXPIRED, "has expired"),
    Status.NOT_CARRYING: (DetailType.NOT_CARRYING, "does not carry all that it should"),
    Status.CONFLICT: (DetailType.CONFLICT, "is not routed everywhere"),
}


def notices(change: TagStatus) -> tuple[Announcement, ...]:
    """Return what is told before the tag says that it was; nothing where there is no news.

    A route in the way is told under its former name as well, for one release.
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
    return _announcement(
        kind,
        change.location,
        plain(f"{said}{change.reason}.{ends}", 1500),
        key=f"{kind}/{change.location}/{change.pcx_id}",
        peering=change.pcx_id,
        requester=change.requester,
        accepter=change.accepter,
        codes=list(change.codes),
        expires=until,
    )


def announcements(
    report: Report, *, part: bool = False, organization: bool = False
) -> tuple[Announcement, ...]:
    """Return what is to be told of one invocation, in a stable order.

    `part`: of a sweep of the fleet, whose state machine announces its end itself, once, with the accounts
    out of reach. `organization`: whoever is met may be of another one, so that his account out of reach is
    no news.
    """
    told = [*_accepted(report), *_routes(report)]
    if not part and not (organization and report.function in MEET_OTHERS):
        told += _unreachable(report)
    told += _withheld(report)
    if report.function is Function.SWEEP:
        told += _drift(report)
        told += [] if part else [_swept(report)]
    return tuple(told)


def _announcement(
    kind: DetailType, where: Location | None, message: str, **facts: object
) -> Announcement:
    place = {"account": where.account_id, "region": where.region} if where else {}
    return Announcement(kind, json.dumps({"message": message, **place, **facts}, sort_keys=True))


def _accepted(report: Report) -> Iterator[Announcement]:
    for outcome in report.outcomes:
        change = outcome.change
        if isinstance(change, AcceptPeering) and outcome.result is Result.APPLIED:
            words = f"The peering {change.pcx_id} to {change.vpc_id} was accepted: {change.reason}."
            yield _announcement(
                DetailType.ACCEPTED,
                change.location,
                plain(words),
                peering=change.pcx_id,
                vpc=change.vpc_id,
            )


def _routes(report: Report) -> Iterator[Announcement]:
    """Yield one announcement for the routes of a peering that were made, or taken away, in a location."""
    groups: dict[tuple[DetailType, Location, str], list[RouteChange]] = {}
    for outcome in report.outcomes:
        change = outcome.change
        if outcome.result is Result.APPLIED and isinstance(change, (CreateRoute, DeleteRoute)):
            kind = DetailType.ROUTES if isinstance(change, CreateRoute) else DetailType.STALE
            groups.setdefault((kind, change.location, change.pcx_id), []).append(change)
    for (kind, where, pcx_id), made in sorted(groups.items()):
        what = "created" if kind is DetailType.ROUTES else "deleted"
        listed = [
            {"route_table": one.route_table_id, "destination": str(one.destination)}
            for one in made[:MOST_ROUTES]
        ]
        words = f"Routes to {pcx_id} that were {what}: {len(made)}."
        yield _announcement(kind, where, words, peering=pcx_id, count=len(made), routes=listed)


def _withheld(report: Report) -> Iterator[Announcement]:
    for finding in report.findings:
        if finding.code is Code.BRAKE:
            yield _announcement(DetailType.WITHHELD, finding.location, plain(finding.message))


def _unreachable(report: Report) -> Iterator[Announcement]:
    seen: set[str] = set()
    for finding in report.findings:
        if finding.code is Code.UNREACHABLE and finding.location.account_id not in seen:
            seen.add(finding.location.account_id)
            yield _announcement(DetailType.UNREACHABLE, finding.location, plain(finding.message))


def _drift(report: Report) -> Iterator[Announcement]:
    found: dict[Location, Counter[str]] = {}
    handed: dict[Location, Counter[str]] = {}
    for change in report.handed_on:
        if isinstance(change, TagStatus):
            continue  # people are told; nothing has drifted
        found.setdefault(change.location, Counter())[type(change).__name__] += 1
        handed.setdefault(change.location, Counter())[owner_of(change).value] += 1
    for where, changes in sorted(found.items()):
        words = f"Changes the sweep found due in {where} and handed on: {changes.total()}."
        yield _announcement(
            DetailType.DRIFT, where, words, changes=changes, handed_to=handed[where]
        )


def _swept(report: Report) -> Announcement:
    codes = Counter(finding.code.value for finding in report.findings)
    unread = Code.UNREAD.value in codes or Code.DENIED.value in codes
    words = f"The sweep ended. Findings: {codes.total()}; hand-offs: {len(report.hand_offs)}."
    facts: dict[str, Any] = {
        "mode": report.mode.value,
        "findings": codes,
        "hand_offs": len(report.hand_offs),
        "unread": unread,
    }
    return _announcement(DetailType.SWEPT, None, words, **facts)


def _when(expires: int) -> str | None:
    return datetime.fromtimestamp(expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if expires else None
