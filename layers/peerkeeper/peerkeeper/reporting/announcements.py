"""What Peerkeeper announces of its work: events on the hub bus, of source `peerkeeper`.

In: a report. Out: `Announcement`s. With the announcements of `notices.py` they are a closed set.

    what happened                              announcement         one for each
    a request was accepted                     PeeringAccepted      peering
    routes were created                        RoutesChanged        peering, in a location
    routes to a gone peering were deleted      StaleRoutesRemoved   peering, in a location
    a peering carries by what this run did     PeeringCarries       peering, in a location
    finding consent-withdrawn                  ConsentWithdrawn     VPC and change of a tag
    the sweep handed changes on                DriftFound           location
    a direct sweep ended                       SweepFinished        sweep
    the fleet's sweep ended                    FleetSweepFinished   sweep, put by the state machine
    finding account-unreachable                AccountUnreachable   account, each time; not in part of
                                                                    a sweep, nor a met stranger's,
                                                                    nor of a role for endpoints only
    finding deletes-withheld                   DeletesWithheld      location, each time
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

from peerkeeper.reporting.bus_events import MOST_ROUTES, Announcement, DetailType, announcement
from peerkeeper.reporting.peering_notice import withdrawn_parts
from peerkeeper.reporting.plain_text import plain
from peerkeeper.reporting.report import Report
from peerkeeper.safety.rights import owner_of
from peerkeeper.settings import Mode
from peerkeeper.values.changes import (
    AcceptPeering,
    CreateRoute,
    DeleteRoute,
    TagStatus,
)
from peerkeeper.values.connectivity import reached, upshots
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import LACKS, Code
from peerkeeper.values.outcomes import Result
from peerkeeper.values.scope import Function

RouteChange: TypeAlias = CreateRoute | DeleteRoute
MAKE_IT_CARRY = (AcceptPeering, CreateRoute, TagStatus)
"""Changes that can make a peering carry. The status tag is for a peering that a person fixed."""
MEET_OTHERS = frozenset({Function.CONNECT, Function.CLEAN})
"""They follow a peering to its other side, in any account and Region."""


def announcements(
    report: Report, *, part: bool = False, organization: bool = False
) -> tuple[Announcement, ...]:
    """Return the announcements of one invocation, in a stable order. If they are too many, the last are cut.

    `part`: the invocation is part of a sweep of the fleet. The state machine announces the end of the sweep
    itself, once, with the unreachable accounts. `organization`: the other side of a peering may be in another
    organization, so its unreachable account is no news.
    """
    told = [*_withdrawn(report), *_withheld(report)]  # first what nothing repeats
    sweeps = report.function is Function.SWEEP
    told += [_swept(report)] if sweeps and not part else []
    strangers = organization and report.function in MEET_OTHERS
    if not part and not strangers and report.function is not Function.KEEP:
        told += _unreachable(report)
    told += [*_accepted(report), *_routes(report), *_carries(report)]
    told += _drift(report) if sweeps else ()
    return tuple(told)


def _accepted(report: Report) -> Iterator[Announcement]:
    for outcome in report.outcomes:
        change = outcome.change
        if isinstance(change, AcceptPeering) and outcome.result is Result.APPLIED:
            words = f"The peering {change.pcx_id} to {change.vpc_id} was accepted: {change.reason}."
            yield announcement(
                DetailType.ACCEPTED,
                change.location,
                plain(words),
                peering=change.pcx_id,
                vpc=change.vpc_id,
                consent=change.consent.to_dict() if change.consent else None,
            )


def _routes(report: Report) -> Iterator[Announcement]:
    """Yield one announcement for the routes of a peering that were created or deleted in a location."""
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
        facts: dict[str, Any] = {"peering": pcx_id, "count": len(made), "routes": listed}
        if kind is DetailType.ROUTES:
            given = {one.consent for one in made if isinstance(one, CreateRoute) and one.consent}
            facts["consents"] = [one.to_dict() for one in sorted(given)]
            words += "".join(f" {one}." for one in sorted(given))
        yield announcement(kind, where, plain(words), **facts)


def _carries(report: Report) -> Iterator[Announcement]:
    """Yield one announcement for each peering that our side carries by what this run did."""
    done = {
        (one.change.location, one.change.pcx_id)
        for one in report.outcomes
        if one.result is Result.APPLIED and isinstance(one.change, MAKE_IT_CARRY)
    }
    whole: dict[tuple[Location, str], list[bool]] = {}
    for side in report.verdicts:
        whole.setdefault((side.location, side.pcx_id), []).append(side.carries)
    waited = report.awaited if report.mode is not Mode.OBSERVE else frozenset()
    for where, pcx_id in sorted(done | waited):
        if all(whole.get((where, pcx_id), [False])):
            words = f"The peering {pcx_id} carries all that is wanted, on the side of {where}."
            key = f"{DetailType.CARRIES}/{where}/{pcx_id}"
            yield announcement(DetailType.CARRIES, where, words, key=key, peering=pcx_id)


def _withdrawn(report: Report) -> Iterator[Announcement]:
    """Yield what was found where somebody changed a tag that agreed; mode observe announces nothing."""
    for finding in report.findings if report.mode is not Mode.OBSERVE else ():
        if finding.code is Code.WITHDRAWN:
            yield announcement(
                DetailType.WITHDRAWN,
                finding.location,
                plain(finding.message, 1500),
                resource=finding.subject,
                notice=withdrawn_parts(finding).to_dict(),
            )


def _withheld(report: Report) -> Iterator[Announcement]:
    for finding in report.findings:
        if finding.code is Code.BRAKE:
            yield announcement(DetailType.WITHHELD, finding.location, plain(finding.message))


def _unreachable(report: Report) -> Iterator[Announcement]:
    seen: set[str] = set()
    for finding in report.findings:
        if finding.code is Code.UNREACHABLE and finding.location.account_id not in seen:
            seen.add(finding.location.account_id)
            words = plain(finding.message, 1500)
            yield announcement(DetailType.UNREACHABLE, finding.location, words)


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
        yield announcement(DetailType.DRIFT, where, words, changes=changes, handed_to=handed[where])


def _swept(report: Report) -> Announcement:
    codes = Counter(finding.code.value for finding in report.findings)
    carried = upshots(report.verdicts)
    said = "".join(f", {count} {upshot}" for upshot, count in carried.items())
    words = (
        f"The sweep ended. Findings: {codes.total()}. Hand-offs: {len(report.hand_offs)}. "
        f"Sides of agreed peerings: {sum(carried.values())}{said}."
    )
    facts: dict[str, Any] = {
        "mode": report.mode.value,
        "findings": codes,
        "hand_offs": len(report.hand_offs),
        "verdicts": carried,
        "unread": bool(LACKS & {*codes}),
        **({"reaches": looked} if (looked := reached(report.verdicts)) else {}),
    }
    return announcement(DetailType.SWEPT, None, words, **facts)
