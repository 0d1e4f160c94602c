"""The parts of a notice: about one peering, many of one location, or a VPC that withdrew its consent.

In: a `TagStatus`, several, or a finding. Out: `NoticeParts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peerkeeper.reporting.bus_events import DetailType
from peerkeeper.reporting.notice_parts import NoticeParts, parts, so_and_advice
from peerkeeper.reporting.plain_text import called
from peerkeeper.values.aws_commands import explain
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.findings import Finding, first_of
from peerkeeper.values.notice_facts import NoticeFacts, Remedy
from peerkeeper.values.tag_keys import APPROVED, PEERS

WHAT = {
    DetailType.HELD: "Peering request held",
    DetailType.EXPIRING: "Peering request expires soon",
    DetailType.EXPIRED: "Peering request expired",
    DetailType.NOT_CARRYING: "Peering does not carry all it should",
    DetailType.CONFLICT: "Peering not routed everywhere",
}
MOST_OWNERS, MOST_LISTED = 5, 20
SHORT = 24
"""Characters of a name in a subject, which has room for a hundred."""
UNSAID = NoticeFacts()


def peering_parts(change: TagStatus, kind: DetailType, until: str) -> NoticeParts:
    """Return the notice of one peering. `until` says when it expires, or nothing."""
    facts, pcx_id = change.facts, change.pcx_id
    ends = (change.requester, change.accepter)
    vpcs = [end.partition(" ")[0] for end in ends]
    why = "; ".join(so_and_advice(cause, pcx_id)[0] for cause in facts.causes or (change.reason,))
    why += f". It expires on {until} unless somebody accepts it" if until else ""
    return parts(
        kind.value,
        change.location,
        WHAT[kind],
        of=pcx_id,
        title=_title(facts, pcx_id, vpcs),
        why=why,
        ends=[
            f"{role}: {end}{_owner(facts, vpc)}{_lacks(facts, vpc)}"
            for role, end, vpc in zip(ROLES, ends, vpcs, strict=True)
        ],
        names=facts.names,
        to_run=_to_run(facts, pcx_id, change.location.region),
        page=facts.tables[0] if facts.tables else pcx_id,
        ids=tuple(filter(None, (pcx_id, *vpcs, *facts.tables))),
        codes=change.codes,
    )


ROLES = ("requester", "accepter")


def _title(facts: NoticeFacts, pcx_id: str, vpcs: Sequence[str]) -> str:
    """Return how a subject calls the peering: by its name, else by the names of its VPCs."""
    names = {id_: quoted for id_, name in facts.names if (quoted := called(name, SHORT))}
    if pcx_id in names:
        return names[pcx_id]
    both = " to ".join(names.get(vpc, vpc) for vpc in vpcs)
    return f"({both})" if names.keys() & {*vpcs} else ""


def _owner(facts: NoticeFacts, vpc_id: str) -> str:
    """Return the owner of a VPC, where a tag names one."""
    owner = called(dict(facts.owners).get(vpc_id, ""))
    return f", owner {owner}" if owner else ""


def _lacks(facts: NoticeFacts, vpc_id: str) -> str:
    """Return what the other side of a held request still needs, if that was read."""
    lacks = f" (needs {PEERS} on its VPC, or {APPROVED} on the peering there)"
    return lacks if vpc_id == facts.not_agreed else ""


def _to_run(facts: NoticeFacts, pcx_id: str, region: str) -> tuple[str, str]:
    """Return what to do, and the command to run first. Without a remedy it is `peerkeeper explain`."""
    if facts.remedies:
        first = facts.remedies[0]
        many = f" (this fixes one of {len(facts.causes)} causes)" if facts.causes[1:] else ""
        return f"{first.does}{many}:", first.command
    advice = so_and_advice(facts.causes[0], pcx_id)[1] if facts.causes else ""
    does = f"{advice}. This command says more:" if advice else "see how to fix it:"
    return does, explain(pcx_id, region)


def digest_parts(changes: Sequence[TagStatus], kinds: Mapping[DetailType, int]) -> NoticeParts:
    """Return the notice of many peerings of one location. `kinds` counts them."""
    where = changes[0].location
    ids = sorted(change.pcx_id for change in changes)
    owners = {called(words) for change in changes for _, words in change.facts.owners} - {""}
    told = ", ".join(f"{WHAT[kind]}: {count}" for kind, count in sorted(kinds.items()))
    whose = f"owners of their VPCs: {first_of(sorted(owners), MOST_OWNERS)}"
    return parts(
        DetailType.DIGEST.value,
        where,
        f"{len(changes)} peerings want a person",
        of=str(where),
        title="",
        why=f"{told}. They are {first_of(ids, MOST_LISTED)}",
        ends=[whose] if owners else ["their VPCs have no tag of an owner"],
        names=tuple(name for change in changes for name in change.facts.names),
        to_run=("see how to fix each, this one first:", explain(ids[0], where.region)),
        page="",
        ids=tuple(ids[:MOST_LISTED]),
        thread=f"{where.account_id}-{where.region}",
        codes=tuple(dict.fromkeys(code for change in changes for code in change.codes)),
    )


def withdrawn_parts(finding: Finding) -> NoticeParts:
    """Return the notice of consent that went while our tables route the peering still."""
    facts, where, about = finding.facts or UNSAID, finding.location, finding.subject
    remedy = finding.remedy or Remedy("see who peers with whom")
    owner = next((_owner(facts, vpc_id) for vpc_id, _ in facts.owners), "")
    return parts(
        DetailType.WITHDRAWN.value,
        where,
        "Consent withdrawn, routes stay",
        of=about,
        title=called(dict(facts.names).get(about, ""), SHORT),
        why=so_and_advice(finding.message)[0],
        ends=[f"{about} in {where}{owner}"],
        names=facts.names,
        to_run=(f"{remedy.does}:", remedy.command),
        page=about,
        ids=(about,),
        codes=(finding.code.value,),
    )
