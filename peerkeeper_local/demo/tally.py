"""What Peerkeeper did, counted from what it reported. Pure.

In: reports, in order. Out: `Tally`, with ids as the reports have them. A route that is written twice was
repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Report = Mapping[str, Any]


class Route(NamedTuple):
    """A route of a peering."""

    table: str
    destination: str
    peering: str


@dataclass
class Tally:
    """Counts of one story."""

    accepted: list[str] = field(default_factory=list)
    """Peerings whose request Peerkeeper accepted."""
    routed: list[Route] = field(default_factory=list)
    """Routes written for the first time, or again after Peerkeeper deleted them."""
    repaired: list[tuple[Route, bool]] = field(default_factory=list)
    """Routes written again, and whether a sweep found the gap."""
    cleaned: list[Route] = field(default_factory=list)
    settings: list[Mapping[str, Any]] = field(default_factory=list)
    """Changes of VPCs, subnets and DNS options."""
    held: dict[str, list[str]] = field(default_factory=dict)
    """By peering: why its request was held."""
    failed: dict[str, str] = field(default_factory=dict)
    """By peering: why its request failed."""
    blocked: list[Route] = field(default_factory=list)
    """Routes that were wanted, and another route was in the way."""
    foretold: set[tuple[str, ...]] = field(default_factory=set)
    """Changes that the mode forbade."""


def tally(reports: Iterable[Report]) -> Tally:
    """Return what these reports say that Peerkeeper did and held."""
    counted, standing, missed = Tally(), set[Route](), set[Route]()
    for report in reports:
        for outcome in report["outcomes"]:
            if outcome["result"] == "applied":
                _count(counted, outcome, standing, missed)
        for change in report["would"]:
            counted.foretold.add(_what(change))
        for finding in report["findings"]:
            _found(counted, finding)
        _gaps(counted, report, missed)
    return counted


def _count(
    counted: Tally, outcome: Mapping[str, Any], standing: set[Route], missed: set[Route]
) -> None:
    """Count one change. `standing` are the routes as written, `missed` those that a sweep found missing."""
    match outcome["change"]:
        case "AcceptPeering":
            counted.accepted.append(outcome["pcx_id"])
        case "CreateRoute":
            route = _route(outcome)
            if route in standing:
                counted.repaired.append((route, route in missed))
            else:
                counted.routed.append(route)
            standing.add(route)
            missed.discard(route)
        case "DeleteRoute":
            counted.cleaned.append(_route(outcome))
            standing.discard(_route(outcome))
        case "TagStatus":
            pass
        case _:
            counted.settings.append(outcome)


def _found(counted: Tally, finding: Mapping[str, str]) -> None:
    peering, reason = finding["subject"], _reason(finding["message"])
    if finding["code"].startswith("held-"):
        reasons = counted.held.setdefault(peering, [])
        if reason not in reasons:
            reasons.append(reason)
    elif finding["code"] == "request-failed":
        counted.failed[peering] = reason


def _gaps(counted: Tally, report: Report, missed: set[Route]) -> None:
    for side in report["not_carrying"]:
        for gap in side["gaps"]:
            route = Route(gap["route_table"], gap["destination"], side["peering"])
            if gap["way"] == "blocked" and route not in counted.blocked:
                counted.blocked.append(route)
            if gap["way"] == "due" and report["function"] == "sweep":
                missed.add(route)


def _reason(message: str) -> str:
    """Return the first clause of a finding, without what it is about."""
    clause = message.partition(";")[0]
    return clause.partition(": ")[2] or clause


def _route(change: Mapping[str, Any]) -> Route:
    return Route(change["route_table_id"], change["destination"], change["pcx_id"])


def _what(change: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what makes a change this one: its kind and place, and all of its ids."""
    told = ("change", "location", "route_table_id", "destination", "pcx_id", "vpc_id", "subnet_id")
    return tuple(str(change.get(name, "")) for name in told)
