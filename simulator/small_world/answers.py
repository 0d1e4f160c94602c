"""What EC2, SQS or the bus answered to a call: one object for all answers that say the same.

In: documents, refusals. Out: answers that are equal if they are the same object.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_local.semantics.refusal import Refusal
from simulator.documents import Document


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A reply, or a refusal. `changed`: whether anything is different after the call."""

    reply: Document | None
    refusal: tuple[str, str] | None = None
    changed: bool = False

    def result(self) -> Document:
        """Return the reply. Raises Refusal."""
        if self.refusal:
            raise Refusal(*self.refusal)
        assert self.reply is not None
        return self.reply


_shown: dict[int, Answer] = {}
_all: dict[tuple[str, object, bool], Answer] = {}


def shown(reply: Document) -> Answer:
    """Return the answer of a read. Its document is one that is never changed, and often the same object."""
    found = _shown.get(id(reply))
    if found is None:
        # The answer holds a document, so that no other gets its identity; this one is held by `_kept`.
        found = _shown[id(reply)] = made(reply)
        _kept.append(reply)
    return found


_kept: list[Document] = []


def made(reply: Document, *, changed: bool = False) -> Answer:
    key = (repr(reply), None, changed)
    return _all.setdefault(key, Answer(reply, None, changed))


def refused(refusal: Refusal) -> Answer:
    said = (refusal.code, refusal.message)
    return _all.setdefault(("", said, False), Answer(None, said))


def forget() -> None:
    """Let go of all answers: another world begins."""
    _shown.clear()
    _all.clear()
    _kept.clear()
