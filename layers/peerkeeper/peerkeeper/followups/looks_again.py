"""What must be looked at again, later: deferrals, claims the reads contradict, trouble that may pass.

In: how an invocation ended. Out: hand-offs after 30, 60, 120 and 300 s. After the last one the sweep takes
over, and a finding says so. If a location could not be read at all, its messages fail instead, and SQS
redrives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from peerkeeper.followups.ended_run import EndedRun
from peerkeeper.messages.hand_off import LOOKS, HandOff
from peerkeeper.safety.rights import hint_for
from peerkeeper.values.ec2 import TERMINAL, Location, PeeringStatus
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.outcomes import Outcome
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Expectation, Expected, Function, Hint, Scope
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.trouble import Meaning

SHOWN_BY = {
    "pcx": Describe.PEERINGS,
    "vpc": Describe.VPCS,
    "subnet": Describe.SUBNETS,
    "rtb": Describe.ROUTE_TABLES,
    "vpce": Describe.VPC_ENDPOINTS,
}
"""The read that shows an id, by its prefix."""
LOOK_AGAIN = frozenset({Meaning.PASSING, Meaning.ABSENT, Meaning.STATE, Meaning.ALREADY_SO})


@dataclass(frozen=True, slots=True)
class _Wait:
    """What one function must look at again, why, and the claims that go with it."""

    function: Function
    hint: Hint
    why: str
    claims: tuple[Expectation, ...] = ()


def looks_again(ended: EndedRun) -> Iterator[HandOff]:
    """Yield a re-look for each function and number of looks behind it."""
    drafts: dict[tuple[Function, int], list[_Wait]] = {}
    for wait in (*_waits(ended), *_unread_waits(ended)):
        drafts.setdefault((wait.function, ended.looks(wait.hint)), []).append(wait)
    for (function, looks), waits in sorted(drafts.items(), key=lambda item: item[0]):
        if looks < len(LOOKS):
            hints = frozenset(wait.hint for wait in waits)
            claims = frozenset(claim for wait in waits for claim in wait.claims)
            own = function is ended.function
            scope = Scope(
                hints,
                claims,
                acts=_untold(ended) if own else frozenset(),
                then="" if own else ended.then,
                looks=looks + 1,
                why=waits[0].why,
            )
            yield HandOff(function, scope, LOOKS[looks])


def _untold(ended: EndedRun) -> frozenset[TagAct]:
    """Return who removed tags, where this run has not reported it; a message carries it for its own hints."""
    told = {one.subject for one in ended.plan.findings if one.code is Code.WITHDRAWN}
    acts = (act for scope in ended.scopes for act in scope.acts)
    return frozenset(act for act in acts if act.taken and act.resource not in told)


def still_waiting(ended: EndedRun) -> Iterator[Finding]:
    """Yield a finding for each wait whose re-looks are used up: their delays add up to over eight minutes.

    No clock decides: what has lasted through all re-looks has lasted so long. The sweep starts the
    re-looks again, so the finding comes again until the wait is over.
    """
    if all(scope.looks < len(LOOKS) for scope in ended.scopes):
        return
    minutes = sum(LOOKS) // 60
    for wait in _waits(ended):
        if ended.looks(wait.hint) >= len(LOOKS):
            words = (
                f"unchanged after {len(LOOKS)} more looks in over {minutes} minutes: {wait.why}; "
                "the sweep looks again. If nothing changes, see still-waiting in docs/operate/findings.md"
            )
            yield Finding(
                Code.STILL_WAITING,
                wait.hint.location,
                wait.hint.id or str(wait.hint.location),
                words,
            )


def _waits(ended: EndedRun) -> Iterator[_Wait]:
    """Yield what should be so in a while: deferrals, claims not met, writes that may pass."""
    for deferral in ended.plan.deferrals:
        if not deferral.absent and not deferral.sight:
            yield _Wait(deferral.function, deferral.hint, deferral.why)
    if ended.function is Function.SWEEP:
        return
    for item in _unmet(ended):
        why = f"the event says {item.state} of {item.id}, the read does not (yet)"
        for hint in ended.named(item.location, item.id) or (Hint(item.location, item.id),):
            yield _Wait(ended.function, hint, why, (item,))
    for outcome in ended.outcomes:
        if _to_try_again(ended, outcome):
            yield _Wait(ended.function, hint_for(outcome.change), outcome.detail)
    for hint in _half_visible(ended):
        yield _Wait(ended.function, hint, f"{hint.id} is there, its attributes are not (yet)")


def _unread_waits(ended: EndedRun) -> Iterator[_Wait]:
    """Yield what could not be read in passing; when its re-looks are used up, its messages fail."""
    if ended.function is not Function.SWEEP:
        for location, hint, said in _unread(ended):
            yield _Wait(ended.function, hint, f"{location} could not be read", said)


def given_up(ended: EndedRun, sent: Iterable[HandOff]) -> set[int]:
    """Return the indices of the scopes whose location could not be read and is not looked at again.

    Their messages fail: SQS brings them again, and at last to the dead-letter queue. A proven second look
    fails and is not sent again, since SQS's stamps on the old message are its proof.
    """
    if ended.function is Function.SWEEP:
        return set()
    own = (hand_off for hand_off in sent if hand_off.function is ended.function)
    again = {hint for hand_off in own for hint in hand_off.scope.hints}
    down = {read.location for read in _passing(ended)}
    lost = [hint for _, hint, _ in _unread(ended) if hint not in again]
    behind = [scope for hint in lost for scope in ended.behind(hint)]
    return {
        index
        for index, scope in enumerate(ended.scopes)
        if scope in behind or (scope.proven and scope.locations & down)
    }


def _to_try_again(ended: EndedRun, outcome: Outcome) -> bool:
    trouble = outcome.trouble
    return bool(trouble and trouble.meaning in LOOK_AGAIN and outcome.change in ended.planned)


def _unmet(ended: EndedRun) -> Iterator[Expectation]:
    """Yield what the reads contradict. What was not read, or not read whole, contradicts nothing.

    A denied read hides only its own kind: a role without the right to subnets still sees peerings.
    """
    seen = ended.seen
    failed = {
        (read.location, None if trouble.meaning is Meaning.PASSING else read.kind)
        for read, trouble in seen.unread.items()
        if trouble.meaning is not Meaning.ABSENT
    }
    looked = {read.location for read in (*seen.done, *seen.unread)}
    for item in sorted({item for scope in ended.scopes for item in scope.expect}):
        shows = SHOWN_BY.get(item.id.partition("-")[0])
        blind = failed & {(item.location, None), (item.location, shows)}
        if item.location in looked and not blind and not _met(seen, item):
            yield item


def _met(seen: Snapshot, item: Expectation) -> bool:
    """Tell whether what was read agrees with the message.

    An end that one side shows ends the waiting on both: the accepter's never shows a request that failed.
    """
    if seen.status_of(item.location, item.id) in TERMINAL:
        return True
    key = (item.location, item.id)
    pcx = seen.peerings.get(key)
    match item.state:
        case Expected.GONE:
            return pcx is None
        case Expected.ACCEPTED:
            waiting = (PeeringStatus.INITIATING_REQUEST, PeeringStatus.PENDING_ACCEPTANCE)
            return pcx is not None and pcx.status not in waiting
        case Expected.VISIBLE:
            return any(
                key in found
                for found in (
                    *(seen.peerings, seen.vpcs, seen.subnets, seen.route_tables),
                    seen.vpc_endpoints,
                )
            )


def _passing(ended: EndedRun) -> list[Read]:
    return [
        read for read, trouble in ended.seen.unread.items() if trouble.meaning is Meaning.PASSING
    ]


def _unread(ended: EndedRun) -> Iterator[tuple[Location, Hint, tuple[Expectation, ...]]]:
    """Yield each location that could not be read, with what to look at again, and the claims about it."""
    reads = _passing(ended)
    for location in sorted({read.location for read in reads}):
        hints = sorted(_hints_in(ended, location, reads))
        ids = {hint.id for hint in hints}
        said: dict[str, list[Expectation]] = {}
        for item in sorted({item for one in ended.scopes for item in one.expect}):
            if hints and item.location == location:
                # A claim goes with the hint of its id, else with the first.
                said.setdefault(item.id if item.id in ids else hints[0].id, []).append(item)
            elif item.state is Expected.GONE and item.id in ids:
                # The end of a peering is its end on both sides.
                said.setdefault(item.id, []).append(replace(item, location=location))
        for hint in hints:
            yield location, hint, tuple(said.get(hint.id, ()))


def _half_visible(ended: EndedRun) -> Iterator[Hint]:
    """Yield each VPC that one read shows and another does not know yet. Source: EC2, eventual consistency."""
    for read, trouble in ended.seen.unread.items():
        if trouble.meaning is Meaning.ABSENT and (read.location, read.value) in ended.seen.vpcs:
            yield Hint(read.location, read.value)


def _hints_in(ended: EndedRun, location: Location, reads: list[Read]) -> set[Hint]:
    """Return the messages' own hints there, and the ids that were to be read on the way.

    A proven second look is left out: its message fails instead, and keeps its proof.
    """
    here = [scope for scope in ended.scopes if location in scope.locations]
    fresh = [scope for scope in here if not scope.proven]
    named = {hint for scope in fresh for hint in scope.hints if hint.location == location}
    found = {
        Hint(location, read.value)
        for read in reads
        if read.location == location and read.by not in (By.ALL, By.PREFIX_LIST)
    }
    ids = {id_ for hint in named for id_ in (hint.id, hint.vpc_id)}
    both = named | {hint for hint in found if hint.id not in ids}
    if both or here:
        return both
    # A read on the way, of no id. A single message led there, and leads there again.
    alone = ended.scopes[0].hints if len(ended.scopes) == 1 else ()
    return {*alone} or {Hint(location)}
