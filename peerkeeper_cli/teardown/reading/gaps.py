"""A failed read is not an empty read. In: answers. Out: lists, and `Unread` values."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.teardown.reading.asking import Answer, Raw
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.unread import Unread


@dataclass
class Gaps:
    """The reads that failed so far."""

    found: list[Unread] = field(default_factory=list)

    def listed(self, answer: Answer, kind: Kind, where: Location, resource: str) -> list[Raw]:
        """Return what was listed; nothing where the read failed, which is noted."""
        if not isinstance(answer, Trouble):
            return answer
        self.note(kind, where, resource, said(answer))
        return []

    def note(self, kind: Kind, where: Location, resource: str, words: str) -> None:
        """Note a read that failed."""
        self.found.append(Unread(kind, where, resource, words))


def said(trouble: Trouble) -> str:
    """Return a trouble in words."""
    return f"not read: {trouble.action} says {trouble.code}: {trouble.message}"
