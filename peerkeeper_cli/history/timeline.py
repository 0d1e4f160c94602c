"""One timeline of a peering. In: log lines. Out: entries in the order of time.

    a line, or a part of it                          entry
    the first that names the peering                 seen
    an outcome or a kept back change of it           as `done` says
    a finding about it                               found, once for as long as it is said in the same words
    what our side carries                            carries, once for as long as it is the same
    a hand-off of it with a delay                    looked at again, and what it waits for
    `written again and again`, of a route of it      undone, with who did it
    `announcement not sent`                          not told

A sweep says the same each quarter of an hour: such entries count how often and until when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from peerkeeper_cli.history.done import done, kept_back
from peerkeeper_cli.history.entry import Entry, Kind
from peerkeeper_cli.history.log_line import LogLine

FLAP, UNSENT = "written again and again", "announcement not sent"
REPEATED = frozenset({Kind.FOUND, Kind.CARRIES, Kind.WOULD, Kind.FAILED, Kind.REFUSED, Kind.LOOKS})


def timeline(lines: Iterable[LogLine], pcx: str) -> tuple[Entry, ...]:
    """Return what happened to the peering, as far as the lines say."""
    ordered = sorted(lines, key=lambda line: line.at)
    return tuple(_in_order(_again(_counted(_entries(ordered, pcx)))))


def _entries(lines: Sequence[LogLine], pcx: str) -> Iterator[Entry]:
    routes = {
        (str(one.get("route_table_id")), str(one.get("destination")))
        for line in lines
        for one in line.report.get("outcomes") or ()
        if one.get("pcx_id") == pcx
    }
    seen = False
    for line in lines:
        if line.report:
            found = [*_of_report(line, pcx)]
            if not seen and (found or pcx in str(line.said)):
                seen = True
                yield _seen(line)
            yield from found
        elif line.message == FLAP:
            yield from _undone(line, routes)
        elif line.message == UNSENT and pcx in str(line.said.get("trouble")):
            yield Entry(line.at, Kind.NOT_TOLD, str(line.said["trouble"]))


def _seen(line: LogLine) -> Entry:
    heard = line.said.get("heard") or ()
    function = str(line.report.get("function"))
    how = f"woken by EC2 calls in {', '.join(heard)}" if heard else "by the sweep, or a second look"
    if function == "sweep":
        how = "by the sweep"
    return Entry(line.at, Kind.SEEN, f"first named in this log, {how}", by=function)


def _of_report(line: LogLine, pcx: str) -> Iterator[Entry]:
    report, at = line.report, line.at
    function = str(report.get("function"))
    for outcome in report.get("outcomes") or ():
        entry = done(at, function, outcome) if outcome.get("pcx_id") == pcx else None
        if entry:
            yield entry
    for change in report.get("would") or ():
        if change.get("pcx_id") == pcx:
            yield kept_back(at, function, change)
    for finding in report.get("findings") or ():
        if _about(finding, pcx):
            words, place = str(finding.get("code")), str(finding.get("location"))
            yield Entry(at, Kind.FOUND, words, place, why=str(finding.get("message")), by=function)
    yield from _put_off(at, function, report, pcx)
    for verdict in report.get("not_carrying") or ():
        if verdict.get("peering") == pcx:
            yield Entry(
                at,
                Kind.CARRIES,
                str(verdict.get("verdict")),
                str(verdict.get("location")),
                why=_gaps(verdict),
                by=function,
            )


def _put_off(at: float, function: str, report: Mapping[str, Any], pcx: str) -> Iterator[Entry]:
    for one in report.get("hand_offs") or ():
        named = [hint for hint in one.get("hints") or () if hint.get("id") == pcx]
        if one.get("delay") and named:
            place = f"{named[0].get('account')}/{named[0].get('region')}"
            words = f"looked at again after {one['delay']} seconds"
            yield Entry(at, Kind.LOOKS, words, place, why=str(one.get("why")), by=function)


def _about(finding: Mapping[str, Any], pcx: str) -> bool:
    return pcx in (finding.get("subject"), finding.get("peering")) or pcx in str(
        finding.get("message")
    )


def _gaps(verdict: Mapping[str, Any]) -> str:
    said = [
        f"{gap.get('destination')} in {gap.get('route_table')}: {gap.get('cause') or gap.get('way')}"
        for gap in verdict.get("gaps") or ()
    ]
    return "; ".join(said)


def _undone(line: LogLine, routes: set[tuple[str, str]]) -> Iterator[Entry]:
    flap = line.said.get("flap")
    if not isinstance(flap, Mapping) or (flap.get("resource"), flap.get("what")) not in routes:
        return
    words = f"route {flap['what']} in {flap['resource']}, written {flap.get('times')} times within an hour"
    why = (
        f"{flap.get('call')} with {flap.get('agent') or 'an unnamed tool'} at {flap.get('at')}"
        if flap.get("call")
        else "no event says who deletes it"
    )
    yield Entry(
        line.at,
        Kind.UNDONE,
        words,
        str(flap.get("location")),
        why=why,
        by=str(flap.get("actor") or "unknown"),
    )


def _counted(entries: Iterable[Entry]) -> list[Entry]:
    """Fold what is said again and again into its first entry, until something else is said there."""
    kept: list[Entry] = []
    latest: dict[tuple[str, Kind, str], int] = {}
    for entry in entries:
        key = (entry.place, entry.kind, entry.words if entry.kind is not Kind.CARRIES else "")
        at = latest.get(key)
        if entry.kind in REPEATED and at is not None and _same(kept[at], entry):
            kept[at] = replace(kept[at], times=kept[at].times + 1, last=entry.at)
            continue
        latest[key] = len(kept)
        kept.append(entry)
    return kept


def _again(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Mark each route that is written although it was written before, and not taken out by us."""
    there: set[tuple[str, str]] = set()
    for entry in entries:
        key = (entry.place, entry.words.replace(" out of ", " in "))
        if entry.kind is Kind.ROUTED:
            yield replace(entry, again=key in there)
            there.add(key)
            continue
        if entry.kind is Kind.REMOVED:
            there.discard(key)
        yield entry


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Put together what one function did in one place at one time; else as it was logged."""
    return sorted(entries, key=lambda one: (one.at, one.by, one.place))


def _same(one: Entry, other: Entry) -> bool:
    return (one.words, one.why) == (other.words, other.why)
