"""What stands in the way and no step removes, and what a person should know. In: nothing. Out: values."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location


@dataclass(frozen=True, slots=True, order=True)
class Blocker:
    """Something that this list cannot delete, and what to do about it."""

    location: Location
    resource: str
    words: str
    remedy: str


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something that stays, or that somebody else does. It blocks no step."""

    location: Location
    resource: str
    words: str
