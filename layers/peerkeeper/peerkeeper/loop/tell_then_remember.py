"""Tell people of a peering, then remember on its tag that they were told.

In: a status to be set, the edge. Out: what came of it. Pure: the edge makes the calls.

    the tag may be set    news          the bus takes it    verdict
    no                    any           not asked           failed: not told, since each sweep would tell it
    yes, or not known     none          not asked           the tag is set
    yes, or not known     some          yes                 the tag is set
    yes, or not known     some          no                  failed: not told, so not remembered

A crash between telling and remembering tells people twice, never not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from peerkeeper.reporting.announcements import Announcement, notices
from peerkeeper.values.changes import Change, TagStatus
from peerkeeper.values.outcomes import Outcome, Result


class Teller(Protocol):
    """The edge, as far as people are told. Trouble comes back as a value, never raised."""

    def apply(self, change: Change) -> Outcome | None:
        """Make one change; None: it was not begun, since that would have been too late."""

    def refused_tag(self, change: TagStatus) -> Outcome | None:
        """Ask whether we may set this tag, without setting it; None: nothing speaks against it."""

    def tell(self, told: Sequence[Announcement]) -> tuple[str, ...]:
        """Put announcements on the bus; return a line for each that did not get there."""


def tell_then_remember(change: TagStatus, edge: Teller) -> Outcome | None:
    """Tell what there is to tell, then set the tag. One task of a wave: its calls come one after another."""
    if news := notices(change):
        if refused := edge.refused_tag(change):
            return refused
        for trouble in edge.tell(news):
            return Outcome(change, Result.FAILED, f"not told, so not remembered: {trouble}")
    return edge.apply(change)
