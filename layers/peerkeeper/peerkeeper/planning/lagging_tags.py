"""Tags that agree to peerings and that somebody just changed, while the read does not show it yet.

In: the snapshot, whose `tag_acts` are the event's. Out: these acts. They decide only to look again.
Source: EC2 User Guide, eventual consistency.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.tag_keys import APPROVED, is_peers


def agrees(act: TagAct) -> bool:
    """Tell whether the change was one of a tag that can agree; without keys all tags were taken."""
    return not act.keys or any(map(_can_agree, act.keys))


def lagging(seen: Snapshot) -> Iterator[TagAct]:
    """Yield each change of a tag that can agree, where a read of its resource shows the state before."""
    for act in seen.tag_acts:
        key = (act.location, act.resource)
        found = seen.vpcs.get(key) or seen.peerings.get(key)
        if found and agrees(act):
            shown = {name for name, _ in found.tags}
            before = {*act.keys} & shown if act.taken else {*filter(_can_agree, act.keys)} - shown
            if before:
                yield act


def _can_agree(key: str) -> bool:
    return key == APPROVED or is_peers(key)
