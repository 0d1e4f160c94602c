"""Report security group rules that are stale. This is information: Peerkeeper revokes no rule.

the peering to the group that it names   the finding says
is active                                the group was deleted: the rule never matches again
is in another state, as EC2 tells it     the rule matches again once the same VPCs are peered again
is not named by EC2                      no more than that the rule matches nothing

its group's rules    the finding
were read            names the rule, and the command that revokes it
could not be read    names the group alone
are not read yet     comes later

Source: VPC Peering Guide, security groups (stale rules).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from peerkeeper.settings import Settings
from peerkeeper.values.aws_commands import aws_ec2
from peerkeeper.values.ec2 import PeeringStatus
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot

if TYPE_CHECKING:
    from peerkeeper.values.security_groups import GroupRule, SecurityGroup


def stale_group_rule(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each stale rule of our groups, as far as these were read."""
    for key, group in seen.stale_groups.items():
        read = Read(group.location, Describe.GROUP_RULES, By.GROUP, group.id)
        if read not in seen.done and read not in seen.unread:
            continue
        if seen.is_exempt(group.location, group.vpc_id) is False:
            yield from _of(group, ids_of(seen.groups_with_ids.get(key)))


def ids_of(group: SecurityGroup | None) -> Mapping[tuple[object, ...], str]:
    """Return the ids of a group's rules by what the rules say. EC2 takes no two alike. Source: observed."""
    if group is None:
        return {}
    return {says(rule, egress): rule.id for rule, egress in both_ways(group)}


def both_ways(group: SecurityGroup) -> Iterator[tuple[GroupRule, bool]]:
    """Yield each rule of a group, and whether it is an outbound one."""
    yield from ((rule, False) for rule in group.ingress)
    yield from ((rule, True) for rule in group.egress)


def says(rule: GroupRule, egress: bool) -> tuple[object, ...]:
    """Return what tells a rule from the other rules of its group."""
    return egress, rule.protocol, rule.first, rule.last, rule.group_id


def _of(group: SecurityGroup, ids: Mapping[tuple[object, ...], str]) -> Iterator[Finding]:
    for rule, egress in both_ways(group):
        rule_id = ids.get(says(rule, egress), "")
        about = f"{rule_id} of {group.id}" if rule_id else f"a rule of {group.id}"
        words = f"{about} {_why(group, rule, egress)}"
        remedy = _how_to_revoke(group, egress, rule_id) if rule_id else None
        if remedy:
            words += f"; {remedy.clause}"
        subject = rule_id or group.id
        yield Finding(Code.STALE_RULE, group.location, subject, words, rule.peering_id, remedy)


def _why(group: SecurityGroup, rule: GroupRule, egress: bool) -> str:
    """Return what the rule names, why it matches nothing, and whether that can change."""
    way = "outbound" if egress else "inbound"
    says = f"is stale: it names {rule.group_id} ({way}) and matches nothing"
    if not rule.peering_id:
        return f"{says}, because EC2 finds no way to that group"
    if rule.peering_status == PeeringStatus.ACTIVE:
        return (
            f"{says}, because that group of {rule.group_vpc} was deleted. It never matches again, although "
            f"{rule.peering_id} is active"
        )
    return (
        f"{says}, because {rule.peering_id} is {rule.peering_status or 'gone'}. It matches again once "
        f"{group.vpc_id} and {rule.group_vpc or 'its VPC'} are peered again"
    )


def _how_to_revoke(group: SecurityGroup, egress: bool, rule_id: str) -> Remedy:
    """Return the command that revokes the rule, by its id: by its properties it may miss.

    Source: AWS CLI reference, ec2 revoke-security-group-ingress and -egress.
    """
    named = f"--group-id {group.id} --security-group-rule-ids {rule_id}"
    if egress:
        command = aws_ec2("revoke-security-group-egress", group.location.region, named)
    else:
        command = aws_ec2("revoke-security-group-ingress", group.location.region, named)
    return Remedy(f"to revoke it: {command}")
