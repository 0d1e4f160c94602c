"""What must be looked at again, later: deferrals, claims the reads contradict, trouble that may pass.

In: how an invocation ended. Out: hand-offs after 30, 60, 120 and 300 s; after the last one the sweep takes
over, or, where a location could not be read at all, the messages fail and SQS redrives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from peerkeeper.ended import Ended
from peerkeeper.handoff import LOOKS, HandOff
from peerkeeper.model import TERMINAL, Location, PeeringStatus
from peerkeeper.outcomes import Outcome
from peerkeeper.reads import By, Read
from peerkeeper.rights import hint_for
from peerkeeper.scope import Expectation, Expected, Function, Hint, Scope
from peerkeeper.snapshot import Snapshot
from peerkeeper.trouble import Meaning

LOOK_AGAIN = frozenset({Meaning.PASSING, Meaning.ABSENT, Meaning.STATE, Meaning.ALREADY_SO})


def relooks(ended: Ended) -> Iterator[HandOff]:
    """Yield a re-look for each function and number of looks behind it."""
    drafts: dict[tuple[Function, int], Scope] = {}

    def add(function: Function, hint: Hint, why: str, *expect: Expectation) -> None:
        key = function, ended.looks(hint)
        draft = drafts.get(key, Scope(why=why))
        drafts[key] = replace(
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
        for hint, claims in _unread(ended):
            add(ended.function, hint, f"{hint.location} could not be read", *claims)
        for hint in _half_visible(ended):
            add(ended.function, hint, f"{hint.id} is there, its attributes are not (yet)")
    for (function, looks), scope in sorted(drafts.items(), key=lambda item: item[0]):
        if looks < len(LOOKS):
            yield HandOff(function, replace(scope, looks=looks + 1), LOOKS[looks])


def given_up(ended: Ended, sent: Iterable[HandOff]) -> set[int]:
    """Return the indices of the scopes whose location could not be read and is not looked at again.

    Their messages fail: SQS brings them again, and at last to the dead-letter queue. A proven second look
    fails rather than being sent anew, since SQS's stamps on the old message are its proof.
    """
    if ended.function is Function.SWEEP:
        return set()
    again = {hint for hand_off in sent for hint in hand_off.scope.hints}
    down = {read.location for read in _passing(ended)}
    lost = {hint for hint, _ in _unread(ended) if hint not in again}
    return {
        index
        for index, scope in enumerate(ended.scopes)
        if scope.hints & lost or (scope.proven and scope.locations & down)
    }


def _to_try_again(ended: Ended, outcome: Outcome) -> bool:
    trouble = outcome.trouble
    return bool(trouble and trouble.meaning in LOOK_AGAIN and outcome.change in ended.plan.changes)


def _unmet(ended: Ended) -> Iterator[Expectation]:
    """Yield what the reads contradict; a location that was not read whole contradicts nothing."""
    troubles = ended.seen.unread.items()
    unread = {read.location for read, trouble in troubles if trouble.meaning is not Meaning.ABSENT}
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


def _passing(ended: Ended) -> list[Read]:
    return [
        read for read, trouble in ended.seen.unread.items() if trouble.meaning is Meaning.PASSING
    ]


def _unread(ended: Ended) -> Iterator[tuple[Hint, tuple[Expectation, ...]]]:
    """Yield what to look at again in each location that could not be read, with the claims about it."""
    reads = _passing(ended)
    for location in sorted({read.location for read in reads}):
        claims = [item for one in ended.scopes for item in one.expect if item.location == location]
        for hint in sorted(_hints_in(ended, location, reads)):
            yield hint, tuple(claims)


def _half_visible(ended: Ended) -> Iterator[Hint]:
    """Yield each VPC that one read shows and another does not know yet. Source: EC2, eventual consistency."""
    for read, trouble in ended.seen.unread.items():
        if trouble.meaning is Meaning.ABSENT and (read.location, read.value) in ended.seen.vpcs:
            yield Hint(read.location, read.value)


def _hints_in(ended: Ended, location: Location, reads: list[Read]) -> set[Hint]:
    """Return the messages' own hints there; where there are none, what was to be read on the way."""
    here = [scope for scope in ended.scopes if location in scope.locations]
    if here:
        fresh = [scope for scope in here if not scope.proven]
        return {hint for scope in fresh for hint in scope.hints if hint.location == location}
    return {
        Hint(location, "" if read.by in (By.ALL, By.TAG_KEY) else read.value)
        for read in reads
        if read.location == location
    }
