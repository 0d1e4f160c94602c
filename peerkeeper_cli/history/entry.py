"""One thing that happened to a peering. In: nothing. Out: `Entry`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from peerkeeper_cli.page.moment import iso


class Kind(StrEnum):
    """What happened."""

    SEEN = "seen"
    """The first line that names it."""
    ACCEPTED = "accepted"
    ROUTED = "routed"
    REMOVED = "route removed"
    DNS = "dns"
    TOLD = "told"
    """Peerkeeper reported it, and the tag peerkeeper:status says so."""
    FOUND = "found"
    """A finding: what stood in the way, or what to know."""
    WOULD = "would"
    """What the mode kept back."""
    LOOKS = "looked at again"
    """It was put off: what it waited for."""
    CARRIES = "carries"
    """How much of it our side carries."""
    FAILED = "failed"
    REFUSED = "refused"
    UNDONE = "undone"
    """Somebody undid what was written, again and again."""
    NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, once or at each look."""

    at: float
    kind: Kind
    words: str
    place: str = ""
    """account/region; empty where the line does not say."""
    why: str = ""
    consent: str = ""
    """The tag that agreed."""
    again: bool = False
    """The same route was written before: somebody had deleted it in between."""
    by: str = ""
    """Our function. For what was undone: the person or tool that undid it."""
    times: int = 1
    last: float = 0.0
    """When it was said last, where it was said at several looks."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        times = {"at": iso(self.at), "last": iso(self.last or self.at)}
        return {**asdict(self), "kind": self.kind.value, **times}
