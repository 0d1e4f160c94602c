"""Seeded bugs in what waits for room."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

from peerkeeper.planning import room_to_accept

from simulator.mutants.registry import mutant, no_guard, patched


@mutant("accepts-without-room", "a request is accepted although a table has no room for its routes")
def _accepts_without_room() -> Iterator[None]:
    return patched(patch.object(room_to_accept, "_short", lambda *_: []), no_guard())


@mutant("never-room", "a request waits for room that is there")
def _never_room() -> Iterator[None]:
    return patched(patch.object(room_to_accept, "_short", lambda *_: ["it is full"]))


@mutant("requester-needs-no-room", "a request is accepted although the requester's table is full")
def _requester_needs_no_room() -> Iterator[None]:
    return patched(patch.object(room_to_accept, "_is_routed", lambda *_: False), no_guard())
