"""Plan = what the functions do: one estate, foreseen, then worked on, then read and foreseen again.

In: an estate, a mode. Out: `Compared`: every difference in words, and what was foreseen.

    compared                                         must be
    writes that EC2 took, but for status tags        those foreseen, no more and no less
    those from the second look on, five minutes on   those foreseen as `later`
    writes that EC2 refused                          requests for two VPCs that are peered: held-twin
    the second plan                                  without a write, and without one that the guard refuses
    the estate as it is then                         the estate as it was foreseen
    findings and verdicts then                       those foreseen, none of them unexplained

If a request is only being made, or was just withdrawn, its end cannot be foreseen. There the functions may
write more than was foreseen, and the comparison leaves the end out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerkeeper.loop.run import TWIN
from peerkeeper.settings import Mode
from peerkeeper.values.changes import Change, DeleteRoute, SetMapPublicIpOnLaunch
from peerkeeper.values.findings import Code

from peerkeeper_cli.foresight.foresee import Foreseen
from simulator.estates.deed import Deed, made, planned
from simulator.estates.estate import Estate
from simulator.estates.shown import shown
from simulator.estates.stand import Stand
from simulator.scheduler import START
from simulator.world import Call

SECOND = 300.0
"""Seconds from the first look to the second at the least."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The result of one estate."""

    differences: tuple[str, ...]
    kinds: Counter[str]
    """How many writes of each kind there were, `later` among them, and findings of each code."""
    unsettled: bool
    """A request was only being made, or just withdrawn."""


def compared(estate: Estate, mode: Mode) -> Compared:
    """Let the functions work on the estate; return what was foreseen otherwise."""
    stand = Stand(estate, mode)
    unsettled, first = stand.unsettled, stand.foreseen()
    stand.work()
    second = stand.foreseen()
    found = [
        *_writes(first, stand.written),
        *_refused(stand.written, second),
        *(f"the second plan has {change}" for change in second.changes),
        *(f"the guard would refuse {change}" for change, _ in (*first.refused, *second.refused)),
    ]
    if not unsettled:
        found += [*_not_foreseen(first, stand.written), *_ends(first, second)]
    return Compared(tuple(sorted(found)), _kinds(first), bool(unsettled))


def _not_foreseen(first: Foreseen, written: Iterable[Call]) -> Iterator[str]:
    done = {made(call) for call in written if not call.error}
    yield from (f"not foreseen: {deed}" for deed in done - _deeds(first.changes))


def _writes(first: Foreseen, written: Iterable[Call]) -> Iterator[str]:
    taken = [call for call in written if not call.error]
    early = {made(call) for call in taken if call.at < START + SECOND}
    late = {made(call) for call in taken if call.at >= START + SECOND}
    now, later = _deeds(first.now), _deeds(first.later)
    yield from (f"foreseen and not done: {deed}" for deed in (now | later) - early - late)
    yield from (f"foreseen as later and done at once: {deed}" for deed in early & later)
    yield from (f"foreseen at once and done later: {deed}" for deed in late & now)


def _deeds(changes: Iterable[Change]) -> frozenset[Deed]:
    return frozenset(planned(change) for change in changes)


def _refused(written: Iterable[Call], second: Foreseen) -> Iterator[str]:
    held = {finding.subject for finding in second.findings if finding.code is Code.HELD_TWIN}
    for call in written:
        if call.error and (call.error[0] != TWIN or call.params[PCX] not in held):
            yield f"EC2 refused {made(call)}: {call.error[0]}"


PCX = "VpcPeeringConnectionId"


def _ends(first: Foreseen, second: Foreseen) -> Iterator[str]:
    foreseen, there = shown(first.seen), shown(second.seen)
    for key in foreseen.keys() | there.keys():
        before, after = foreseen.get(key, frozenset()), there.get(key, frozenset())
        yield from (f"{key}: foreseen, and not there: {one}" for one in before - after)
        yield from (f"{key}: there, and not foreseen: {one}" for one in after - before)
    names, names_there = first.seen.dns_hostnames, second.seen.dns_hostnames
    for where in names.keys() & names_there.keys():  # which are read where they matter alone
        if names[where] is not names_there[where]:
            yield f"{where}: DNS hostnames foreseen as {names[where]}"
    for name in ("findings", "verdicts", "withheld"):
        said, so = set(getattr(first, name)), set(getattr(second, name))
        yield from (f"{name} only foreseen: {one}" for one in said - so)
        yield from (f"{name} only in the end: {one}" for one in so - said)
    for finding in first.findings:
        if finding.code is Code.UNEXPLAINED:
            yield f"there is no known reason: {finding.message}"


def _kinds(first: Foreseen) -> Counter[str]:
    counted = Counter(kind_of(change) for change in first.changes)
    counted["later"] = len(first.later)
    counted["withheld by the mode"] = len(first.withheld)
    return counted + Counter(finding.code.value for finding in first.findings)


def kind_of(change: Change) -> str:
    """Return the change's kind, in as many words as it takes to tell unlike ones apart."""
    name = type(change).__name__
    match change:
        case DeleteRoute(by_absence=True):
            return f"{name} by absence"
        case SetMapPublicIpOnLaunch(value=value):
            return f"{name} {'on' if value else 'off'}"
    return name
