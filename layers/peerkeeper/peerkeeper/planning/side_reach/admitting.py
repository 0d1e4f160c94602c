"""Our VPCs in which no security group admits anything from a peer. This is information.

In: the snapshot, our sides. Out: `Finding(no-group-admits-peer)`s, one for each VPC.

    the VPC's interfaces, groups, and the lists of their rules    an inbound rule names      verdict
    were not all read                                             any                        nothing
    were read, and there is no interface                          any                        nothing
    were read                                                     an address of the peer     nothing
    were read                                                     a live group of the peer   nothing
    were read                                                     none of these              the finding

Only groups that an interface has count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from peerkeeper.planning.reachability.slices import meet
from peerkeeper.planning.serving_tables import cidrs_of
from peerkeeper.planning.side_reach.sides import OurSide
from peerkeeper.values.ec2 import Network, PeeringStatus
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.security_groups import GroupRule
from peerkeeper.values.snapshot import Key, Snapshot

MOST = 3
"""Peerings that a finding names; it says how many there are."""
ALIVE = frozenset({"", PeeringStatus.ACTIVE.value})


def none_admits(seen: Snapshot, sides: Iterable[OurSide]) -> Iterator[Finding]:
    """Yield a finding for each VPC, with the peerings from which no group of it admits anything."""
    by_vpc: dict[Key, list[OurSide]] = {}
    for side in sides:
        by_vpc.setdefault(side.key, []).append(side)
    for (where, vpc_id), ours in by_vpc.items():
        read = (seen.has_read(where, kind, By.VPC, vpc_id) for kind in _RESTS_ON)
        interfaces = seen.interfaces_of(where, vpc_id)
        groups = {id_ for one in interfaces for id_ in one.group_ids}
        if not interfaces or not all(read):
            continue
        rules = _rules(seen, [(where, one) for one in sorted(groups)])
        shut = [side for side in ours if rules is not None and not _admits(seen, rules, side)]
        if shut:
            peers = first_of((f"{one.pcx.id} ({one.peer.vpc_id})" for one in shut), MOST)
            words = (
                f"no security group on a network interface of {vpc_id} admits anything from the peer of "
                f"{peers}"
            )
            pcx_id = shut[0].pcx.id if len(shut) == 1 else ""
            yield Finding(Code.NO_GROUP, where, vpc_id, words, pcx_id)


_RESTS_ON = (Describe.INTERFACES, Describe.GROUPS)


def _rules(seen: Snapshot, groups: Iterable[Key]) -> Sequence[tuple[Key, GroupRule]] | None:
    """Return the inbound rules of these groups; None where one is not known.

    A group of another VPC, or of another account in a shared subnet, is not among those that were read.
    """
    found: list[tuple[Key, GroupRule]] = []
    for key in groups:
        group = seen.security_groups.get(key)
        if group is None:
            return None
        found += [(key, rule) for rule in group.ingress]
    return found


def _admits(seen: Snapshot, rules: Iterable[tuple[Key, GroupRule]], side: OurSide) -> bool:
    """Tell whether a rule admits something of the peer, or may: a list that was not read may name it."""
    networks = cidrs_of(seen, side.peer)
    return not networks or any(_admits_one(seen, key, rule, side, networks) for key, rule in rules)


def _admits_one(
    seen: Snapshot, key: Key, rule: GroupRule, side: OurSide, networks: Sequence[Network]
) -> bool:
    if rule.group_id:
        theirs = side.pcx.id == rule.peering_id or side.peer.vpc_id == rule.group_vpc
        return theirs and rule.peering_status in ALIVE
    named: Sequence[Network] = (rule.network,) if rule.network else ()
    if rule.prefix_list:
        listed = seen.prefix_lists.get((key[0], rule.prefix_list))
        if listed is None:
            return True
        named = () if listed.of_aws else listed.networks
    return any(meet(one, network) for one in named for network in networks)
