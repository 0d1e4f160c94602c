"""What one rule of a security group admits, of the packets to or from the other end.

In: a flow, a rule, the two ends. Out: `Admitted`, where the rule matches or may match.

| the rule names                                       | it matches                        |
|------------------------------------------------------|-----------------------------------|
| a CIDR                                               | addresses inside it               |
| a prefix list that was read                          | addresses inside an entry         |
| a prefix list of AWS: it holds public addresses      | never                             |
| a prefix list that was not read                      | perhaps                           |
| a group by a peering that is not active: it is stale | never                             |
| a group, and the other end is in another Region      | never                             |
| a group, and the peering of the ends is not active   | never                             |
| a group, and those of the other end are not known    | perhaps                           |
| a group that the other end does not have             | never                             |
| a group that the other end has, in the same VPC      | every address of the other end    |
| the same, over an active peering in the Region       | every address of the other end    |
| the same, and the peering is not known               | perhaps                           |

Source: VPC Peering Guide, security groups; VPC User Guide, security group rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peerkeeper.planning.reachability.flows import Flow
from peerkeeper.planning.reachability.packets import of_rule
from peerkeeper.values.ec2 import Location, Network, PeeringStatus
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.intervals import Intervals
from peerkeeper.values.security_groups import GroupRule
from peerkeeper.values.surroundings import Kind


class Admitted(NamedTuple):
    """Packets that one rule allows, or may allow."""

    packets: Intervals
    network: Network | None = None
    """The addresses that it allows them for; None where it allows them for all of the other end."""
    doubt: str = ""
    """Why it may not match."""


def admitted(flow: Flow, rule: GroupRule, end: Endpoint, other: Endpoint) -> Iterator[Admitted]:
    """Yield what the rule allows of the packets. `end`: the interface that has the group."""
    packets = of_rule(rule) & flow.packets
    if not packets:
        return
    if rule.network:
        yield Admitted(packets, rule.network)
    elif rule.prefix_list:
        yield from _by_list(flow, rule.prefix_list, end.location, packets)
    elif _may_be_named(flow, rule, end, other):
        doubt = _doubt(flow, rule, other)
        if doubt or rule.group_id in (other.group_ids or ()):
            yield Admitted(packets, doubt=doubt)


def _by_list(flow: Flow, list_id: str, where: Location, packets: Intervals) -> Iterator[Admitted]:
    found = flow.around.prefix_list(where, list_id)
    if found is None:
        yield Admitted(
            packets, doubt=f"{list_id}: {flow.around.why_unread(where, Kind.PREFIX_LISTS)}"
        )
    elif not found.of_aws:
        for entry in found.networks:
            yield Admitted(packets, entry)


def _may_be_named(flow: Flow, rule: GroupRule, end: Endpoint, other: Endpoint) -> bool:
    """Tell whether a rule can match a group of the other end at all."""
    if rule.peering_status not in ("", PeeringStatus.ACTIVE):
        return False
    if end.location.region != other.location.region:
        return False
    return flow.same_vpc or flow.via is None or flow.via.status in _MAY_CARRY


def _doubt(flow: Flow, rule: GroupRule, other: Endpoint) -> str:
    """Return why it is not known whether the rule matches; nothing where it is known."""
    if other.group_ids is None:
        return f"{rule.group_id}: whether the other end has this group is not known"
    if flow.same_vpc or rule.group_id not in other.group_ids:
        return ""
    if flow.via is None or flow.via.status is PeeringStatus.UNKNOWN:
        return f"{rule.group_id}: the peering that leads to this group is not known"
    return ""


_MAY_CARRY = frozenset({PeeringStatus.ACTIVE, PeeringStatus.UNKNOWN})
