"""The hop of the security groups of one interface: the union of all their rules, which only allow.

In: a flow, and whether it leaves or enters the interface. Out: `Passed`. None where the question names a
subnet.

| the packets                                             | hop             |
|---------------------------------------------------------|-----------------|
| are all allowed by rules that certainly match           | passed          |
| are all allowed if those rules match that may match     | unknown         |
| are partly allowed, or may be, and partly not           | blocked in part |
| are not allowed by any rule                             | blocked         |
| belong to an interface whose groups are not known       | unknown         |

A group that was not read may allow everything. Groups keep state, so no group judges a reply. Source: VPC
User Guide, security groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_

from peerkeeper.planning.reachability.flows import Flow, Passed
from peerkeeper.planning.reachability.group_openings import opening
from peerkeeper.planning.reachability.group_rules import Admitted, admitted
from peerkeeper.planning.reachability.packet_names import named
from peerkeeper.planning.reachability.slices import slices
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.intervals import Intervals, union
from peerkeeper.values.reachability import Hop, HopKind, State
from peerkeeper.values.surroundings import Kind


def hop_of_groups(flow: Flow, leaving: bool) -> Passed | None:
    """Return what the groups of one end do: the sender's as the packets leave, else the receiver's."""
    end, other = (flow.sender, flow.receiver) if leaving else (flow.receiver, flow.sender)
    if end.any_of_subnet:
        return None
    kind = HopKind.GROUPS_OUT if leaving else HopKind.GROUPS_IN
    if end.group_ids is None:
        why = f"the security groups of {end} are not known"
        return Passed(Hop(kind, False, State.UNKNOWN, "", why), flow.packets)
    rules = list(_admitted(flow, end, other, leaving))
    by_slice = _by_slice(flow, other, [one for _, one in rules if not one.doubt])
    passing = reduce(and_, by_slice)
    missing = flow.packets - passing
    where, toward = " ".join(end.group_ids), "to" if leaving else "from"
    if not missing:
        words = f"{_allowing(rules)} {named(passing)} {toward} {other}"
        return Passed(Hop(kind, False, State.PASSED, where, words), passing)
    perhaps = union(one.packets for _, one in rules if one.doubt)
    if missing <= perhaps:
        words = "; ".join(sorted({one.doubt for _, one in rules if one.doubt}))
        return Passed(Hop(kind, False, State.UNKNOWN, where, words), flow.packets)
    words = (
        f"no rule of {', '.join(end.group_ids)} allows {named(missing - perhaps)} {toward} {other}"
    )
    advice = opening(end, leaving, other.network, missing - perhaps)
    part = bool(union((*by_slice, perhaps)))
    return Passed(Hop(kind, False, State.BLOCKED, where, words, "", part, advice), passing)


def _admitted(
    flow: Flow, end: Endpoint, other: Endpoint, leaving: bool
) -> Iterator[tuple[str, Admitted]]:
    """Yield what each rule of each group allows, or may allow."""
    for group_id in end.group_ids or ():
        group = flow.around.group(end.location, group_id)
        if group is None:
            why = flow.around.why_unread(end.location, Kind.SECURITY_GROUPS)
            yield group_id, Admitted(flow.packets, doubt=f"{group_id}: {why}")
            continue
        for rule in group.egress if leaving else group.ingress:
            for one in admitted(flow, rule, end, other):
                yield group_id, one


def _by_slice(flow: Flow, other: Endpoint, sure: Sequence[Admitted]) -> list[Intervals]:
    """Return what is allowed for each slice of the other end's addresses."""
    everywhere = union(one.packets for one in sure if one.network is None)
    some = [(one.network, one.packets) for one in sure if one.network is not None]
    cut = slices(other.network, some, lambda each: each[0])
    return [everywhere | union(packets for _, packets in held) for _, held in cut]


def _allowing(rules: Sequence[tuple[str, Admitted]]) -> str:
    """Return which groups have a rule for the packets, with their verb."""
    groups = sorted({group_id for group_id, one in rules if not one.doubt})
    return f"{', '.join(groups)} {'allows' if len(groups) == 1 else 'allow'}"
