"""What an invocation leaves for later or for another function: its hand-offs.

In: how it ended. Out: hand-offs to send, findings about what is left to the sweep, messages that fail.

    left over                                   goes to             after
    a change another function has the right to  that function       at once; not in mode observe
    a deferral, an unmet expectation            its function        30, 60, 120, 300 s, then a finding
    a write that failed in passing              the same function   30, 60, 120, 300 s, then a finding
    a read that failed in passing               the same function   30, 60, 120, 300 s, then the message fails
    something absent, seen once                 clean_routes        a good five minutes
    a subnet to switch, seen so once            configure_vpcs      a good five minutes
    what the deadline cut off                   the same function   at once
    what would have rested on old reads, or     the same function   10 s: EC2's bucket is full again
    had to wait for its turn
    a delete by absence that came too late      clean_routes        a good five minutes: absent once more
    routes are cleaned, and a create waits      who asked for it    at once
    a peering has ended that had no route       connect_peerings    at once; not in mode observe
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from peerkeeper.followups.ended_peerings import room_for_others
from peerkeeper.followups.ended_run import EndedRun
from peerkeeper.followups.looks_again import given_up, looks_again, still_waiting
from peerkeeper.messages.hand_off import MAX_HOPS, MOST_HINTS, SECOND_LOOK, HandOff
from peerkeeper.safety.guard import allowed_by
from peerkeeper.safety.rights import RIGHTS, hint_for, owner_of
from peerkeeper.values.changes import AT_ONCE, Change, DeleteRoute, rests_on_absence
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Function, Hint, Scope

REFILLED = 10
"""Seconds in which EC2 refills a bucket of 50 at 5 a second. Source: EC2 developer guide, throttling."""


@dataclass(slots=True)
class FollowUps:
    """Hand-offs to send, and what is left to the sweep or to the queue's own retries."""

    hand_offs: list[HandOff] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)


def follow_ups(ended: EndedRun) -> FollowUps:
    """Return what is left over, one hand-off for each function, reason, delay and age of its chain."""
    found = FollowUps()
    for hand_off in (
        *_to_owners(ended),
        *_second_looks(ended),
        *_second_sights(ended),
        *_back(ended),
        *room_for_others(ended),
        *_cut_off(ended),
        *looks_again(ended),
    ):
        _keep(found, ended, hand_off)
    found.findings += still_waiting(ended)
    found.failed = given_up(ended, found.hand_offs)
    return found


def _keep(found: FollowUps, ended: EndedRun, hand_off: HandOff) -> None:
    """Add the hand-off, hops counted hint by hint: one tired chain in a batch tires no other.

    A fresh message about the same begins again, and its chain is as short as any. Where a chain has grown
    too long its hints are left to the sweep.
    """
    chains: dict[tuple[int, str], set[Hint]] = {}
    for hint in hand_off.scope.hints:
        before = ended.behind(hint)
        # A re-look of our own still answers to whoever waits for it.
        waiting = max(one.then for one in before) if hand_off.function is ended.function else ""
        hops = min(scope.hops for scope in before) + 1
        chains.setdefault((hops, hand_off.scope.then or waiting), set()).add(hint)
    for (hops, then), hints in sorted(chains.items()):
        if hops > MAX_HOPS:
            found.findings += [_left_to_sweep(hint, hand_off.scope.why) for hint in sorted(hints)]
            continue
        scope = replace(hand_off.scope, hops=hops, then=then)
        found.hand_offs += [replace(hand_off, scope=part) for part in _parts(scope, hints)]


def _parts(scope: Scope, hints: set[Hint]) -> Iterator[Scope]:
    """Yield the scope for only these hints, in parts that fit a message; each claim goes in one of them.

    A claim goes with the hint of its id, else with any hint of its location.
    """
    others = {(hint.location, hint.id) for hint in scope.hints - hints}
    by_key = {(hint.location, hint.id): hint for hint in hints}
    by_place = {hint.location: hint for hint in sorted(hints)}
    claims = [
        (by_key.get((item.location, item.id), by_place[item.location]), item)
        for item in scope.expect
        if item.location in by_place and (item.location, item.id) not in others
    ]
    silent = hints - {hint for hint, _ in claims}
    rest = iter([*sorted(claims), *((hint, None) for hint in sorted(silent))])
    while part := tuple(islice(rest, MOST_HINTS)):
        ids = {(hint.location, hint.id) for hint, _ in part}
        yield replace(
            scope,
            hints=frozenset(hint for hint, _ in part),
            expect=frozenset(item for _, item in part if item),
            absent=frozenset(key for key in scope.absent if key[0] in by_place),
            sights=frozenset(s for s in scope.sights if (s.location, s.subnet_id) in ids),
            acts=frozenset(a for a in scope.acts if (a.location, a.resource) in ids),
        )


def _left_to_sweep(hint: Hint, why: str) -> Finding:
    words = f"after {MAX_HOPS} hand-offs Peerkeeper leaves it to the sweep: {why}"
    return Finding(Code.LEFT_TO_SWEEP, hint.location, hint.id or str(hint.location), words)


def _to_owners(ended: EndedRun) -> Iterator[HandOff]:
    hints: dict[Function, set[Hint]] = {}
    for change in ended.plan.changes:
        due = allowed_by(ended.settings.mode, change)
        if due and type(change) not in RIGHTS[ended.function]:
            hints.setdefault(owner_of(change), set()).update(_where(ended, change))
    for function, found in sorted(hints.items()):
        why = f"{ended.function} found work for {function}"
        yield HandOff(function, Scope(frozenset(found), then=ended.then, why=why))


def _where(ended: EndedRun, change: Change) -> Iterator[Hint]:
    """Yield where its owner finds it due: for a delete, also where a peering that ended is (still) shown.

    EC2 shows one that ended to the side that ended it for two hours, and to the other account for two days:
    the table's own location may show no proof any more. Source: VPC Peering Guide, lifecycle.
    """
    yield hint_for(change)
    if isinstance(change, DeleteRoute):
        yield from (Hint(view.location, view.id) for view in ended.seen.views_of(change.pcx_id))


def _second_looks(ended: EndedRun) -> Iterator[HandOff]:
    """Yield the second looks at what was seen absent: just now, or before and its delete came too late."""
    absent: dict[Location, set[str]] = {}
    for item in ended.plan.deferrals:
        if item.absent:
            absent.setdefault(item.hint.location, set()).add(item.absent)
    for late in filter(rests_on_absence, ended.late & ended.planned):
        absent.setdefault(late.location, set()).add(late.pcx_id)
    for where, ids in sorted(absent.items()):
        rest = iter(sorted(ids))
        while part := frozenset(islice(rest, MOST_HINTS)):
            scope = Scope(
                frozenset({Hint(where)}),
                absent=frozenset((where, pcx_id) for pcx_id in part),
                then=ended.then,
                why="seen absent once; Peerkeeper deletes routes only after a second look",
            )
            yield HandOff(Function.CLEAN, scope, SECOND_LOOK)


def _second_sights(ended: EndedRun) -> Iterator[HandOff]:
    found = sorted((one.sight, one.hint) for one in ended.plan.deferrals if one.sight)
    why = "seen once; Peerkeeper switches a subnet only after two equal looks"
    for _, here in groupby(found, lambda one: one[1].location):
        while part := tuple(islice(here, MOST_HINTS)):
            hints = frozenset(hint for _, hint in part)
            sights = frozenset(sight for sight, _ in part)
            yield HandOff(Function.CONFIGURE, Scope(hints, sights=sights, why=why), SECOND_LOOK)


def _back(ended: EndedRun) -> Iterator[HandOff]:
    """Yield the create back to who waits for it, if a delete was made."""
    waiting = {scope.then for scope in ended.scopes if scope.then}
    hints = frozenset(Hint(*vpc) for vpc in ended.cleaned)
    for function in sorted(waiting) if hints else ():
        yield HandOff(Function(function), Scope(hints, why="stale routes were deleted"))


def _cut_off(ended: EndedRun) -> Iterator[HandOff]:
    if ended.function is Function.SWEEP:
        return
    late = {change for change in ended.late if not rests_on_absence(change)}
    again = {change for change in late if isinstance(change, AT_ONCE)} | (ended.old & late)
    for changes, delay, why in (
        (late - again, 0, "the deadline came first"),
        (again, REFILLED, "the reads behind it are old"),
    ):
        if hints := frozenset(hint_for(change) for change in changes):
            yield HandOff(ended.function, Scope(hints, why=why), delay)
