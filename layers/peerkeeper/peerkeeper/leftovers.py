"""What an invocation leaves for later or for another function: its hand-offs.

In: the scopes it was woken by, and what came of them. Out: hand-offs, and what could not be handed on.

    left over                                   goes to             after
    a change another function has the right to  that function       at once; not in mode observe
    a deferral, an unmet expectation            its function        30, 60, 120, 300 s, then the sweep
    a write or a read that failed in passing    the same function   30, 60, 120, 300 s, then see `failed`
    something absent, seen once                 clean_routes        a good five minutes
    what the deadline cut off                   the same function   at once
    routes are cleaned, and a create waits      who asked for it    at once
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from peerkeeper.changes import Change, DeleteRoute
from peerkeeper.findings import Code, Finding
from peerkeeper.guard import allowed_by
from peerkeeper.handoff import LOOKS, MAX_HOPS, MOST_HINTS, SECOND_LOOK, HandOff
from peerkeeper.model import TERMINAL, Location, PeeringStatus
from peerkeeper.outcomes import Outcome, Result
from peerkeeper.plan import Plan
from peerkeeper.reads import By, Read
from peerkeeper.rights import RIGHTS, hint_for, owner_of
from peerkeeper.scope import Expectation, Expected, Function, Hint, Scope
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot
from peerkeeper.trouble import Meaning

LOOK_AGAIN = frozenset({Meaning.PASSING, Meaning.ABSENT, Meaning.STATE, Meaning.ALREADY_SO})


@dataclass(frozen=True, slots=True)
class Ended:
    """How an invocation ended: all that its leftovers are made of."""

    function: Function
    settings: Settings
    scopes: Sequence[Scope]
    seen: Snapshot
    plan: Plan
    outcomes: Sequence[Outcome] = ()
    late: frozenset[Change] = frozenset()
    """Changes the deadline cut off."""


@dataclass(slots=True)
class Leftovers:
    """Hand-offs to send, and what is left to the sweep or to the queue's own retries."""

    hand_offs: list[HandOff] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)


def leftovers(ended: Ended) -> Leftovers:
    """Return what is left over, one hand-off for each function, reason and delay."""
    found = Leftovers()
    for hand_off in _to_owners(ended):
        _keep(found, ended, hand_off)
    for hand_off in (*_second_looks(ended), *_back(ended), *_cut_off(ended)):
        _keep(found, ended, hand_off)
    for hand_off in _look_again(ended):
        _keep(found, ended, hand_off)
    _unread(ended, found)
    return found


def _keep(found: Leftovers, ended: Ended, hand_off: HandOff) -> bool:
    """Add the hand-off, its hops counted; or leave it to the sweep where the chain has grown too long."""
    before = _behind(ended.scopes, hand_off.scope)
    scope = replace(hand_off.scope, hops=max(scope.hops for scope in before) + 1)
    if hand_off.function is ended.function:
        # A re-look of our own still answers to whoever waits for it.
        scope = replace(scope, then=max(one.then for one in before))
    if scope.hops > MAX_HOPS:
        for hint in sorted(scope.hints):
            found.findings.append(
                Finding(
                    Code.LEFT_TO_SWEEP,
                    hint.location,
                    hint.id or str(hint.location),
                    f"after {MAX_HOPS} hand-offs it is left to the sweep: {scope.why}",
                )
            )
        return False
    hints = iter(sorted(scope.hints))
    while part := frozenset(islice(hints, MOST_HINTS)):
        found.hand_offs.append(replace(hand_off, scope=replace(scope, hints=part)))
    return True


def _behind(scopes: Sequence[Scope], next_scope: Scope) -> Sequence[Scope]:
    """Return the scopes that led to this one; all of them where none names the same ids."""
    return [scope for scope in scopes if scope.touches(next_scope)] or list(scopes) or [Scope()]


def _to_owners(ended: Ended) -> Iterator[HandOff]:
    hints: dict[Function, set[Hint]] = {}
    for change in ended.plan.changes:
        due = allowed_by(ended.settings.mode, change)
        if due and type(change) not in RIGHTS[ended.function]:
            hints.setdefault(owner_of(change), set()).add(hint_for(change))
    for function, found in sorted(hints.items()):
        then = Function.CONNECT.value if ended.function is Function.CONNECT else ""
        why = f"{ended.function} found changes that are {function}'s to make"
        yield HandOff(function, Scope(frozenset(found), then=then, why=why))


def _second_looks(ended: Ended) -> Iterator[HandOff]:
    absent: dict[Location, set[str]] = {}
    for item in ended.plan.deferrals:
        if item.absent:
            absent.setdefault(item.hint.location, set()).add(item.absent)
    for where, ids in sorted(absent.items()):
        scope = Scope(
            frozenset({Hint(where)}),
            absent=frozenset((where, pcx_id) for pcx_id in ids),
            then=Function.CONNECT.value if ended.function is Function.CONNECT else "",
            why="seen absent once; routes go only when absent twice",
        )
        yield HandOff(Function.CLEAN, scope, SECOND_LOOK)


def _back(ended: Ended) -> Iterator[HandOff]:
    """Yield the create back to who waits for it, if a delete was made."""
    tables = {
        (outcome.change.location, outcome.change.route_table_id)
        for outcome in ended.outcomes
        if isinstance(outcome.change, DeleteRoute) and outcome.result is Result.APPLIED
    }
    waiting = {scope.then for scope in ended.scopes if scope.then}
    hints = frozenset(
        Hint(location, ended.seen.route_tables[location, table].vpc_id)
        for location, table in tables
    )
    for function in sorted(waiting) if hints else ():
        yield HandOff(Function(function), Scope(hints, why="stale routes are out of the way"))


def _cut_off(ended: Ended) -> Iterator[HandOff]:
    hints = frozenset(hint_for(change) for change in ended.late)
    if hints and ended.function is not Function.SWEEP:
        yield HandOff(ended.function, Scope(hints, why="the deadline came first"))


def _look_again(ended: Ended) -> Iterator[HandOff]:
    """Yield one re-look for each function: deferrals, unmet expectations, writes that failed in passing."""
    drafts: dict[Function, Scope] = {}

    def add(function: Function, hint: Hint, why: str, *expect: Expectation) -> None:
        draft = drafts.get(function, Scope(why=why))
        drafts[function] = replace(
            draft, hints=draft.hints | {hint}, expect=draft.expect | frozenset(expect)
        )

    for deferral in ended.plan.deferrals:
        if not deferral.absent:
            add(deferral.function, deferral.hint, deferral.why)
    if ended.function is not Function.SWEEP:
        for item in _unmet(ended):
            why = f"the event says {item.state} of {item.id}, the read does not (yet)"
            add(ended.function, Hint(item.location, item.id), why, item)
        for outcome in ended.outcomes:
            if _to_try_again(ended, outcome):
                add(ended.function, hint_for(outcome.change), outcome.detail)
    for function, scope in sorted(drafts.items()):
        yield from _after(ended, function, scope)


def _after(ended: Ended, function: Function, scope: Scope) -> Iterator[HandOff]:
    """Yield the re-look with its delay; after the last one nothing: the sweep takes over."""
    looks = max(before.looks for before in _behind(ended.scopes, scope))
    if looks < len(LOOKS):
        yield HandOff(function, replace(scope, looks=looks + 1), LOOKS[looks])


def _to_try_again(ended: Ended, outcome: Outcome) -> bool:
    trouble = outcome.trouble
    return bool(trouble and trouble.meaning in LOOK_AGAIN and outcome.change in ended.plan.changes)


def _unmet(ended: Ended) -> Iterator[Expectation]:
    """Yield what the reads contradict; a location that was not read whole contradicts nothing."""
    unread = {read.location for read in ended.seen.unread}
    for item in sorted({item for scope in ended.scopes for item in scope.expect}):
        if item.location not in unread and not _met(ended.seen, item):
            yield item


def _met(seen: Snapshot, item: Expectation) -> bool:
    """Tell whether what was read agrees with the message."""
    key = (item.location, item.id)
    pcx = seen.peerings.get(key)
    match item.state:
        case Expected.GONE:
            return pcx is None or pcx.status in TERMINAL or pcx.status is PeeringStatus.DELETING
        case Expected.ACCEPTED:
            waiting = (PeeringStatus.INITIATING_REQUEST, PeeringStatus.PENDING_ACCEPTANCE)
            return pcx is not None and pcx.status not in waiting
        case Expected.VISIBLE:
            return any(
                key in found
                for found in (seen.peerings, seen.vpcs, seen.subnets, seen.route_tables)
            )


def _unread(ended: Ended, found: Leftovers) -> None:
    """Send again what could not be read in passing; where that is no longer possible, fail its messages."""
    if ended.function is Function.SWEEP:
        return
    broken = {
        location: [read for read in ended.seen.unread if read.location == location]
        for location in {
            read.location
            for read, trouble in ended.seen.unread.items()
            if trouble.meaning is Meaning.PASSING
        }
    }
    for location, reads in sorted(broken.items()):
        hints = frozenset(_hints_for(ended.scopes, location, reads))
        claims = frozenset(
            item for one in ended.scopes for item in one.expect if item.location == location
        )
        scope = Scope(hints, claims, why=f"{location} could not be read")
        again = list(_after(ended, ended.function, scope))
        if not sum(_keep(found, ended, hand_off) for hand_off in again):
            found.failed.update(
                index for index, scope in enumerate(ended.scopes) if location in scope.locations
            )


def _hints_for(
    scopes: Iterable[Scope], location: Location, reads: Iterable[Read]
) -> Iterator[Hint]:
    ours = {hint for scope in scopes for hint in scope.hints if hint.location == location}
    yield from ours
    for read in reads if not ours else ():
        yield Hint(location, "" if read.by in (By.ALL, By.TAG_KEY) else read.value)
