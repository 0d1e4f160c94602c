"""Security group rules that go stale if somebody deletes the peering. In: a snapshot, an id. Out: lines.

Only a peering within a Region lets a rule name a group of the other VPC, and only its deletion makes such a
rule stale. Source: VPC Peering Guide, security groups.

    of a live peering within a Region, on a side that was read   line
    a rule names a group of the peer                             -, with the rule's id
    the same, and the rules' ids could not be read               -, with its group
    no rule does                                                 none
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.rules.stale_group_rule import both_ways, ids_of, says
from peerkeeper.values.ec2 import ROUTABLE, Side
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.security_groups import GroupRule, SecurityGroup
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.explain.line import Line

PART = "security groups"
MOST = 10
"""Rules that are listed of a side; one more line says how many there are."""


def group_reads(seen: Snapshot, pcx_id: str) -> Iterator[Read]:
    """Yield the reads of each side's groups, then of the ids of the rules that name the peer's groups."""
    for own, peer in _sides(seen, pcx_id):
        yield Read(own.location, Describe.GROUPS, By.VPC, own.vpc_id)
        for group, _, _ in _naming(seen, pcx_id, own, peer):
            yield Read(group.location, Describe.GROUP_RULES, By.GROUP, group.id)


def would_go_stale(seen: Snapshot, pcx_id: str) -> Iterator[Line]:
    """Yield a line for each rule that names a group of the peer, and one for those left out."""
    for own, peer in _sides(seen, pcx_id):
        found = [*_naming(seen, pcx_id, own, peer)]
        for group, rule, egress in found[:MOST]:
            known = ids_of(seen.groups_with_ids.get((group.location, group.id)))
            rule_id = known.get(says(rule, egress), "")
            about = f"{rule_id} of {group.id}" if rule_id else f"a rule of {group.id}"
            words = (
                f"{about} names {rule.group_id} of {peer.vpc_id} ({'outbound' if egress else 'inbound'}). "
                f"The rule goes stale if somebody deletes {pcx_id}"
            )
            yield Line(str(own.location), PART, group.id, "-", words)
        if left := found[MOST:]:
            words = f"{len(left)} more rules go stale if somebody deletes {pcx_id}"
            yield Line(str(own.location), PART, "rules", "-", words)


def _sides(seen: Snapshot, pcx_id: str) -> Iterator[tuple[Side, Side]]:
    for view in seen.views_of(pcx_id):
        for own, peer in view.own_sides():
            live = seen.status_of(own.location, pcx_id) in ROUTABLE
            if live and own.location.region == peer.location.region:
                yield own, peer


def _naming(
    seen: Snapshot, pcx_id: str, own: Side, peer: Side
) -> Iterator[tuple[SecurityGroup, GroupRule, bool]]:
    for group in seen.security_groups.values():
        if (group.location, group.vpc_id) != (own.location, own.vpc_id):
            continue
        for rule, egress in both_ways(group):
            if rule.group_id and (rule.peering_id == pcx_id or rule.group_vpc == peer.vpc_id):
                yield group, rule, egress
