"""Seeded bugs in the notices about a peering, and in what its status tag remembers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from peerkeeper.loop import tell_then_remember
from peerkeeper.planning import connectivity, status_tag
from peerkeeper.planning.rules import consent_withdrawn
from peerkeeper.reporting.notices import notices
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.ec2 import ROUTABLE, PeeringStatus
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.tags import Status

from simulator.mutants.registry import mutant, no_guard, patched


@mutant("tells-and-forgets", "people get a notice, and the tag is not set")
def _tells_and_forgets() -> Iterator[None]:
    def told(change: Any, edge: Any, in_time: Any = None) -> Any:
        if news := notices(change):
            edge.tell(news)
            return Outcome(change, Result.APPLIED)
        return edge.apply(change)

    return patched(patch.object(tell_then_remember, "tell_then_remember", told))


@mutant("tells-at-every-look", "people get a notice even if the tag says that they know")
def _tells_at_every_look() -> Iterator[None]:
    return patched(patch.object(status_tag, "told", lambda tags: None))


@mutant(
    "tells-of-the-pending", "a notice says of a peering still to be accepted that it does not carry"
)
def _tells_of_the_pending() -> Iterator[None]:
    live = ROUTABLE | {PeeringStatus.PENDING_ACCEPTANCE}
    return patched(patch.object(connectivity, "ROUTABLE", live), no_guard())


@mutant("blocked-is-well", "the tag says ok although routes are blocked")
def _blocked_is_well() -> Iterator[None]:
    return patched(
        patch.object(SideVerdict, "blocked", ()), patch.object(SideVerdict, "whole", True)
    )


@mutant("telling-is-told", "a tag that a broken run left at `telling` counts as reported")
def _telling_is_told() -> Iterator[None]:
    known = {
        status: status_tag.KNOWN.get(status, frozenset({status})) | {Status.TELLING}
        for status in Status
    }
    return patched(patch.object(status_tag, "KNOWN", known))


@mutant("gap-left-at-telling", "people get no notice of a gap if a run broke between news and tag")
def _gap_left_at_telling() -> Iterator[None]:
    known = {**status_tag.KNOWN}
    known[Status.NOT_CARRYING] |= {Status.TELLING}
    return patched(patch.object(status_tag, "KNOWN", known))


@mutant("withdrawn-at-any-change", "any change of a tag that agrees counts as withdrawn consent")
def _withdrawn_at_any_change() -> Iterator[None]:
    def routed(seen: Any, settings: Any) -> Any:
        found: Any = {}
        for pcx in seen.peerings.values():
            for own, _ in pcx.own_sides():
                found.setdefault((own.location, own.vpc_id), {})[pcx.id] = ()
        return found

    return patched(patch.object(consent_withdrawn, "routed_without_consent", routed))
