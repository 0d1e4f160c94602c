"""The hop of a network ACL: its entries of one direction, by number, of which the first match decides.

In: a flow, and whether it leaves or enters the ACL's subnet. Out: `Passed`.

| the first entry that holds address and packet  | hop                                       |
|------------------------------------------------|-------------------------------------------|
| allows                                         | passed                                    |
| denies                                         | blocked by this entry                     |
| does not exist                                 | blocked by the closing deny, `entry *`    |
| allows some packets or addresses, denies some  | blocked in part, by all entries that deny |
| is not known, as the ACL was not read          | unknown                                   |

An entry of the other address family never applies. ACLs keep no state, so they judge replies as well. They do
not judge packets within one subnet. Source: VPC User Guide, network ACLs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import NamedTuple

from peerkeeper.planning.reachability.acl_openings import opening
from peerkeeper.planning.reachability.flows import Flow, Passed
from peerkeeper.planning.reachability.packet_names import named
from peerkeeper.planning.reachability.packets import of_entry
from peerkeeper.planning.reachability.slices import slices
from peerkeeper.values.ec2 import Network
from peerkeeper.values.intervals import NOTHING, Intervals, union
from peerkeeper.values.network_acls import CLOSING, AclEntry, NetworkAcl
from peerkeeper.values.reachability import Hop, HopKind, State
from peerkeeper.values.surroundings import Kind


class Walk(NamedTuple):
    """What the entries do with packets to or from one slice of addresses."""

    open: Intervals
    allowing: tuple[int, ...]
    denying: tuple[int, ...]
    """The numbers of the entries that stop a packet; 32767 where none matched."""


def hop_of_acl(flow: Flow, leaving: bool) -> Passed:
    """Return what the ACL of one end does: the sender's as the packets leave, else the receiver's."""
    end, other = (flow.sender, flow.receiver) if leaving else (flow.receiver, flow.sender)
    kind = HopKind.ACL_OUT if leaving else HopKind.ACL_IN
    acl = flow.around.acl_of(end)
    if acl is None:
        why = flow.around.why_unread(end.location, Kind.NETWORK_ACLS)
        return Passed(Hop(kind, flow.back, State.UNKNOWN, "", why), flow.packets)
    walks = _walks(acl, leaving, other.network, flow.packets)
    passing = reduce(and_, (walk.open for walk in walks))
    missing = flow.packets - passing
    rule = _entries(walk.denying if missing else walk.allowing for walk in walks)
    direction, toward = ("egress", "to") if leaving else ("ingress", "from")
    verb = "does not allow" if missing else "allows"
    words = f"{acl.id}, {direction} {rule}, {verb} {named(missing or passing)} {toward} {other}"
    if not missing:
        return Passed(Hop(kind, flow.back, State.PASSED, acl.id, words, rule), passing)
    part = bool(union(walk.open for walk in walks))
    before = min(number for walk in walks for number in walk.denying)
    advice = opening(acl, leaving, other.network, missing, before)
    hop = Hop(kind, flow.back, State.BLOCKED, acl.id, words, rule, part, advice)
    return Passed(hop, passing)


def _walks(acl: NetworkAcl, egress: bool, other: Network, packets: Intervals) -> list[Walk]:
    """Return what the entries of one direction do, for each slice of the other end's addresses."""
    matching = [
        (entry, matched)
        for entry in acl.entries
        if entry.egress is egress and (matched := of_entry(entry) & packets)
    ]
    matching.sort(key=lambda each: each[0].number)
    cut = slices(other, matching, lambda each: each[0].network)
    return [_walk(holding, packets) for _, holding in cut]


def _walk(entries: Iterable[tuple[AclEntry, Intervals]], packets: Intervals) -> Walk:
    left, stopped = packets, NOTHING
    numbers: dict[bool, list[int]] = {True: [], False: []}
    for entry, about in entries:
        matched = left & about
        if matched:
            left -= matched
            stopped = stopped if entry.allow else stopped | matched
            numbers[entry.allow].append(entry.number)
        if not left:
            break
    else:
        numbers[False].append(CLOSING)
    return Walk(packets - (stopped | left), tuple(numbers[True]), tuple(numbers[False]))


def _entries(numbers: Iterable[tuple[int, ...]]) -> str:
    """Return the entries in words, each once, the closing deny as the console shows it."""
    each = sorted({min(number, CLOSING) for some in numbers for number in some})
    shown = ", ".join("*" if number == CLOSING else str(number) for number in each)
    return f"{'entry' if len(each) == 1 else 'entries'} {shown}"
