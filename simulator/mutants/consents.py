"""Seeded bugs in who agrees to whom, in other accounts, and in what an end of consent leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from peerkeeper.followups import follow_ups
from peerkeeper.planning import agreement
from peerkeeper.reading import connect
from peerkeeper.reporting import call_findings
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import inside
from peerkeeper.values.tag_keys import APPROVED

from simulator.mutants.registry import mutant, no_guard, patched


@mutant("any-word-approves", "every value of peerkeeper:approved approves a peering")
def _any_word_approves() -> Iterator[None]:
    return patched(
        patch.object(agreement, "is_approved", lambda tags: APPROVED in dict(tags)), no_guard()
    )


@mutant("excluded-is-allowed", "networks that AllowedDestinations excludes are routed")
def _excluded_is_allowed() -> Iterator[None]:
    def allows(settings: Any, to: Any) -> bool:
        return any(inside(to, wide) for wide in settings.allowed_destinations)

    return patched(patch.object(Settings, "allows_destination", allows), no_guard())


@mutant("unreachable-is-silent", "people get no finding about an account that STS keeps closed")
def _unreachable_is_silent() -> Iterator[None]:
    return patched(patch.object(call_findings, "_out_of_reach", lambda *_: ()))


@mutant("an-end-wakes-nobody", "what a peering held back waits for a sweep once it has ended")
def _an_end_wakes_nobody() -> Iterator[None]:
    return patched(patch.object(follow_ups, "room_for_others", lambda ended: ()))


@mutant("no-claim-is-left", "what a peering held back waits for a sweep once it is not approved")
def _no_claim_is_left() -> Iterator[None]:
    real = connect._other_claimants

    def read(seen: Any, pcx: Any, settings: Any) -> Any:
        return real(replace(seen, tag_acts=frozenset()), pcx, settings)

    return patched(
        patch.object(connect, "GAP", frozenset()), patch.object(connect, "_other_claimants", read)
    )
