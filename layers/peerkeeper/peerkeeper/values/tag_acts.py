"""Who changed which of our tags, as the event of the change tells it. It is news and decides nothing.

In: nothing. Out: `TagAct`. `messages.ec2_events` reads it of a record.
"""

from __future__ import annotations

from typing import NamedTuple

from peerkeeper.values.ec2 import Location


class TagAct(NamedTuple):
    """One change of tags on one resource."""

    location: Location
    resource: str
    keys: tuple[str, ...]
    """The keys that were set or taken; empty where all were taken."""
    taken: bool
    """DeleteTags, not CreateTags."""
    actor: str
    """Who did it, in IAM's words."""
    at: str
    """When, in CloudTrail's words."""

    def __str__(self) -> str:
        what = ", ".join(self.keys) or "all tags"
        done = "took" if self.taken else "set"
        where = "off" if self.taken else "on"
        return f"{self.actor} {done} {what} {where} {self.resource} at {self.at}"
