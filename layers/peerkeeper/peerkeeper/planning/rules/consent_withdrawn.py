"""Consent that is removed while a peering is routed: a finding at once, from the event of the tag.

A consent that is given, and that the read does not show yet, is looked at again as well.

    the event took a tag that agrees    the read shows it still    our VPC routes unagreed    verdict
    off the VPC                         no                         some peering               Finding
    off a peering                       no                         this one                   Finding
    off either                          yes: it lags               any                        look again

    the event set a tag that agrees     the read shows none yet    any                        look again
    any other                           any                        any                        nothing

The finding names who and when, from the event. They decide nothing: the present tags decide. A tag that is
set again may agree to less than before, or be the first, and the event shows no difference. So that case is
left to `routed-not-approved`, which reports the present state at each look.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.facts_told import facts_of_vpc
from peerkeeper.planning.lagging_tags import agrees, lagging
from peerkeeper.planning.rules.routed_not_approved import listed, routed_without_consent
from peerkeeper.settings import Settings
from peerkeeper.values.aws_commands import explain
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Snapshot


def consent_withdrawn(seen: Snapshot, settings: Settings) -> Iterator[Finding | Deferral]:
    """Yield a finding for each tag that was taken and after which routed peerings are not agreed to."""
    for act in lagging(seen):
        why = f"no read shows yet that a tag of {act.resource} was set"
        if act.taken:
            why = f"a tag of {act.resource} was removed, and the read still shows it"
        yield Deferral(Function.CONNECT, Hint(act.location, act.resource), why)
    acts = [act for act in seen.tag_acts if act.taken and agrees(act)]
    if not acts:
        return
    for (where, vpc_id), objected in routed_without_consent(seen, settings).items():
        ids = objected.keys()
        for act in acts:
            about = ids if act.resource == vpc_id else ids & {act.resource}
            if act.location == where and about:
                words = (
                    f"{vpc_id} routes {listed(about)}, and its side no longer agrees: {act}. "
                    "Peerkeeper keeps the routes; delete the peering, or agree again with the tag that "
                    "`peerkeeper explain` names"
                )
                look = explain(min(about), where.region)
                yield Finding(
                    Code.WITHDRAWN,
                    where,
                    act.resource,
                    words,
                    remedy=Remedy(f"see which tag agrees: {look}"),
                    facts=facts_of_vpc(seen, where, vpc_id, *about),
                )
