"""Who changed which tags of Peerkeeper's on what, from the record of CreateTags or DeleteTags.

In: a record, the hints that it gave. Out: `TagAct`s. For people: nothing is decided by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.messages.cloudtrail import Record, items, text
from peerkeeper.values.scope import Hint
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.tag_keys import is_ours


def tag_keys(record: Record) -> Iterator[str]:
    """Yield the keys that the call names, in either encoding."""
    for tag in (*items(record.request, "tagSet"), *items(record.request, "tag")):
        yield text(tag, "key")


def tag_acts(record: Record, hints: Iterable[Hint]) -> Iterator[TagAct]:
    """Yield one act for each resource whose Peerkeeper tags were changed."""
    named = {*tag_keys(record)} - {""}
    ours = tuple(sorted(filter(is_ours, named)))
    taken = record.name == "DeleteTags"
    if not ours and (named or not taken):
        return
    for hint in hints:
        yield TagAct(hint.location, hint.id, ours, taken, record.actor, record.at)
