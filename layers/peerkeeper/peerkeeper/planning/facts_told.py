"""What a notice tells beside its reason, from what was read already: no call is made for it.

In: the snapshot, a peering or a VPC, findings. Out: `NoticeFacts`. What was not read is left out. A peering
has its own tags in each location. Our view's name comes first, then the name of the other view.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from peerkeeper.planning.agreement import objections
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location, PeeringConnection, Tags
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import NoticeFacts, Said
from peerkeeper.values.people_tags import name_said, owner_said
from peerkeeper.values.snapshot import Key, Snapshot


def facts_of_peering(seen: Snapshot, pcx: PeeringConnection) -> NoticeFacts:
    """Return names and owners of a peering and of its two VPCs."""
    sides = (pcx.requester, pcx.accepter)
    views = [pcx, *(v for s in sides if (v := seen.peerings.get((s.location, pcx.id))))]
    named = [(pcx.id, view.tags) for view in views]
    vpcs = _vpc_tags(seen, ((side.location, side.vpc_id) for side in sides))
    return NoticeFacts(names=_names(named + vpcs), owners=_owners(vpcs))


def other_side_lacks(seen: Snapshot, settings: Settings, pcx: PeeringConnection) -> str:
    """Return the VPC of the requester if its side was read, and its tags do not agree to this request.

    The request is our view of it. If both sides share a location, they share the view.
    """
    own, peer = pcx.requester, pcx.accepter
    view = seen.peerings.get((own.location, pcx.id))
    vpc = seen.vpcs.get((own.location, own.vpc_id))
    if not view or not vpc:
        return ""
    checks = objections(view, own, peer, vpc, settings, accepting=False)
    return own.vpc_id if any(one.code is Code.HELD_APPROVAL for one in checks) else ""


def facts_of_vpc(seen: Snapshot, where: Location, vpc_id: str, *pcx_ids: str) -> NoticeFacts:
    """Return the name and the owner of our VPC, and the names of these peerings of its location."""
    vpcs = _vpc_tags(seen, [(where, vpc_id)])
    named = [(pcx_id, seen.peerings[where, pcx_id].tags) for pcx_id in sorted(pcx_ids)]
    return NoticeFacts(names=_names(vpcs + named), owners=_owners(vpcs))


def with_findings(seen: Snapshot, facts: NoticeFacts, why: Sequence[Finding]) -> NoticeFacts:
    """Return the facts with the causes that these findings name, their remedies, and their tables."""
    places = ((one.location, one.subject) for one in why)
    tables = {key: table for key in places if (table := seen.route_tables.get(key))}
    named = [(table.id, table.tags) for table in tables.values()]
    return replace(
        facts,
        names=facts.names + _names(named),
        causes=tuple(one.message for one in why),
        remedies=tuple(one.remedy for one in why if one.remedy),
        tables=tuple(table.id for table in tables.values()),
    )


def _vpc_tags(seen: Snapshot, keys: Iterable[Key]) -> list[tuple[str, Tags]]:
    return [(key[1], vpc.tags) for key in keys if (vpc := seen.vpcs.get(key))]


def _names(tagged: Iterable[tuple[str, Tags]]) -> Said:
    return _first_said((id_, name_said(tags)) for id_, tags in tagged)


def _owners(tagged: Iterable[tuple[str, Tags]]) -> Said:
    return _first_said((id_, owner_said(tags)) for id_, tags in tagged)


def _first_said(told: Iterable[tuple[str, str]]) -> Said:
    """Return the first words of each id that has any."""
    found: dict[str, str] = {}
    for id_, words in told:
        if words:
            found.setdefault(id_, words)
    return tuple(found.items())
