"""Consent that goes while a peering is routed: told at once, by the event of the tag change.

    the event changed a tag that agrees    our VPC routes peerings without consent    verdict
    on the VPC                             yes                                        Finding: who, when
    on a peering                           yes, this one                              Finding: who, when
    any other                              any                                        nothing

Who and when come from the event. They are told, and nothing is decided by them: the tags of now decide.
The event alone tells it, once; `routed-not-approved` says at each look what is so.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.rules.routed_not_approved import listed, routed_without_consent
from peerkeeper.settings import Settings
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.tag_keys import APPROVED, is_peers


def consent_withdrawn(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each change of a tag after which routed peerings are not agreed to."""
    acts = [act for act in seen.tag_acts if _agrees(act)]
    if not acts:
        return
    for (where, vpc_id), ids in routed_without_consent(seen, settings).items():
        for act in acts:
            about = ids if act.resource == vpc_id else ids & {act.resource}
            if act.location == where and about:
                words = (
                    f"{vpc_id} routes {listed(about)} and its side does not agree to that any more: {act}; "
                    "Peerkeeper leaves the routes alone; delete the peering if it is to end, or agree again: "
                    "`peerkeeper explain` of it names the tag"
                )
                yield Finding(Code.WITHDRAWN, where, act.resource, words)


def _agrees(act: TagAct) -> bool:
    """Tell whether the change was one of a tag that can agree."""
    if act.taken and not act.keys:
        return True
    return any(key == APPROVED or is_peers(key) for key in act.keys)
