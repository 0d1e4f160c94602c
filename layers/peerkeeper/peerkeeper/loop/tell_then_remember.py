"""Tell people of a peering, then remember on its tag that they were told.

In: a status to be set, the edge. Out: what came of it. Pure: the edge makes the calls.

    news    the tag takes `telling`    the bus takes it    verdict
    none    not asked                  not asked           the tag is set
    some    no                         not asked           failed: not told, since each sweep would tell it
    some    its turn came too late     not asked           not begun
    some    yes                        yes                 the tag is set
    some    yes, and time is up        yes                 not begun: `telling` stays, so it is told again
    some    yes                        no                  failed, told again later: `telling` stays

A crash between telling and remembering tells people twice, never not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from peerkeeper.reporting.announcements import Announcement, notices
from peerkeeper.values.changes import Change, TagStatus
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.tags import Status


class Teller(Protocol):
    """The edge, as far as people are told. Trouble comes back as a value, never raised."""

    def apply(self, change: Change) -> Outcome | None:
        """Make one change; None: it was not begun, since that would have been too late."""

    def tell(self, told: Sequence[Announcement]) -> tuple[str, ...]:
        """Put announcements on the bus; return a line for each that did not get there."""


def tell_then_remember(
    change: TagStatus, edge: Teller, in_time: Callable[[], bool] = lambda: True
) -> Outcome | None:
    """Say on the tag that people are being told, tell them, then say what they were told.

    One task of a wave: its calls come one after another. A tag that EC2 does not take means that nobody is
    told, or they would be told at each look. `telling` that is seen later means: told again.
    """
    if news := notices(change):
        first = edge.apply(replace(change, status=Status.TELLING))
        if first is None or first.result is Result.FAILED:
            return first and replace(
                first,
                change=change,
                detail=f"not told, since it cannot be remembered: {first.detail}",
            )
        for trouble in edge.tell(news):
            return Outcome(change, Result.FAILED, f"not told, so not remembered: {trouble}")
        if not in_time():
            return None
    return edge.apply(change)
