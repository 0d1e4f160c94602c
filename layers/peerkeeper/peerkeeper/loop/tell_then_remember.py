"""Tell people about a peering, then remember on its tag that they know.

In: a status to be set, the edge. Out: its outcome. Pure: the edge makes the calls.

    news    the tag takes `telling`    the bus takes it    verdict
    none    not asked                  not asked           the tag is set
    some    no                         not asked           failed: not told, since each sweep would tell it
    some    its turn came too late     not asked           not begun
    some    yes                        yes                 the tag is set
    some    yes, and time is up        yes                 not begun: `telling` stays, so it is told again
    some    yes                        no                  failed, told again later: `telling` stays

After a crash between telling and remembering, people get the news twice, so it is not lost. More than ten
notices of one location at once make one digest: the same steps, for all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from peerkeeper.loop.outside import Gather, Teller
from peerkeeper.reporting.notices import digest, notices
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.tags import Status

MOST_ALONE = 10
"""Notices of one location that people get one by one."""
MOST_TOGETHER = 100
"""Notices of one digest: it lists all of them, and there is time for their tags. The rest comes later."""


def tell_all(
    changes: Sequence[TagStatus],
    edge: Teller,
    gather: Gather,
    in_time: Callable[[], bool] = lambda: True,
) -> dict[TagStatus, Outcome | None]:
    """Tell and remember all of these; more than ten of a location share one announcement.

    None: not begun, or not remembered, since that would have been too late.
    """
    together, alone = _grouped(changes)
    done = gather([partial(tell_then_remember, one, edge, in_time) for one in alone])
    told: dict[TagStatus, Outcome | None] = dict.fromkeys(changes)
    told |= dict(zip(alone, done, strict=True))
    for many in together:
        told |= _tell_together(many, edge, gather, in_time)
    return told


def _grouped(changes: Sequence[TagStatus]) -> tuple[list[list[TagStatus]], list[TagStatus]]:
    """Return those that go together, by location, and those that go one by one."""
    by_place: dict[Location, list[TagStatus]] = {}
    for change in changes:
        if notices(change):
            by_place.setdefault(change.location, []).append(change)
    together = [many for _, many in sorted(by_place.items()) if len(many) > MOST_ALONE]
    grouped = {one for many in together for one in many}
    together = [many[:MOST_TOGETHER] for many in together]
    return together, [one for one in changes if one not in grouped]


def _tell_together(
    changes: Sequence[TagStatus], edge: Teller, gather: Gather, in_time: Callable[[], bool]
) -> dict[TagStatus, Outcome | None]:
    """Write `telling` on each tag, tell people once, then write on each tag what they know."""
    began = gather([partial(_begin, change, edge, in_time) for change in changes])
    told: dict[TagStatus, Outcome | None] = {}
    ready: list[TagStatus] = []
    for change, (first, begun) in zip(changes, began, strict=True):
        if begun:
            ready.append(change)
        else:
            told[change] = first
    if not in_time():  # nothing could be remembered: `telling` stays, and they are told later
        return told | dict.fromkeys(ready)
    for trouble in edge.tell((digest(ready),)) if ready else ():
        return told | {one: _untold(one, trouble) for one in ready}
    done = gather([partial(_remember, one, edge, in_time) for one in ready])
    return told | dict(zip(ready, done, strict=True))


def tell_then_remember(
    change: TagStatus, edge: Teller, in_time: Callable[[], bool] = lambda: True
) -> Outcome | None:
    """Write `telling` on the tag, tell people, then write on the tag what they know.

    One task of a wave: its calls come one after another. If EC2 refuses the tag, Peerkeeper does not tell
    people, since each look would tell them again. A later look that sees `telling` tells them again.
    """
    if news := notices(change):
        first, begun = _begin(change, edge, in_time)
        if not begun:
            return first
        for trouble in edge.tell(news):
            return _untold(change, trouble)
    return _remember(change, edge, in_time)


def _untold(change: TagStatus, trouble: str) -> Outcome:
    return Outcome(change, Result.FAILED, f"not told, so not remembered: {trouble}")


def _remember(change: TagStatus, edge: Teller, in_time: Callable[[], bool]) -> Outcome | None:
    return edge.apply(change) if in_time() else None


def _begin(
    change: TagStatus, edge: Teller, in_time: Callable[[], bool]
) -> tuple[Outcome | None, bool]:
    """Write `telling`; return what is to be reported where it was not taken, and whether it was."""
    if not in_time():
        return None, False
    first = edge.apply(replace(change, status=Status.TELLING))
    if first is None or first.result is not Result.FAILED:
        return first, first is not None
    words = f"not told, since it cannot be remembered: {first.detail}"
    return replace(first, change=change, detail=words), False
