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
    from peerkeeper.values.group_rules import GroupRule, StaleGroup


def stale_group_rule(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each stale rule of our groups, as far as these were read."""
    ids: dict[tuple[object, ...], str] = {
        (rule.location, rule.group_id, rule.says): rule.id for rule in seen.group_rules.values()
    }
    for group in seen.stale_groups.values():
        read = Read(group.location, Describe.GROUP_RULES, By.GROUP, group.id)
        if read not in seen.done and read not in seen.unread:
            continue
        if seen.is_exempt(group.location, group.vpc_id) is False:
            yield from _of(group, ids)


def _of(group: StaleGroup, ids: Mapping[tuple[object, ...], str]) -> Iterator[Finding]:
    for rule in group.stale:
        rule_id = ids.get((group.location, group.id, rule.says), "")
        about = f"{rule_id} of {group.id}" if rule_id else f"a rule of {group.id}"
        words = f"{about} {_why(group, rule)}"
        remedy = _how_to_revoke(rule, rule_id) if rule_id else None
        if remedy:
            words += f"; {remedy.clause}"
        subject = rule_id or group.id
        pcx_id = rule.named.pcx_id
        yield Finding(Code.STALE_RULE, group.location, subject, words, pcx_id, remedy)


def _why(group: StaleGroup, rule: GroupRule) -> str:
    """Return what the rule names, why it matches nothing, and whether that can change."""
    named, way = rule.named, "outbound" if rule.egress else "inbound"
    says = f"is stale: it names {named.id} ({way}) and matches nothing"
    if not named.pcx_id:
        return f"{says}, because EC2 finds no way to that group"
    if named.pcx_status == PeeringStatus.ACTIVE:
        return (
            f"{says}, because that group of {named.vpc_id} was deleted. It never matches again, although "
            f"{named.pcx_id} is active"
        )
    return (
        f"{says}, because {named.pcx_id} is {named.pcx_status or 'gone'}. It matches again once "
        f"{group.vpc_id} and {named.vpc_id or 'its VPC'} are peered again"
    )


def _how_to_revoke(rule: GroupRule, rule_id: str) -> Remedy:
    """Return the command that revokes the rule, by its id: by its properties it may miss.

    Source: AWS CLI reference, ec2 revoke-security-group-ingress and -egress.
    """
    named = f"--group-id {rule.group_id} --security-group-rule-ids {rule_id}"
    if rule.egress:
        command = aws_ec2("revoke-security-group-egress", rule.location.region, named)
    else:
        command = aws_ec2("revoke-security-group-ingress", rule.location.region, named)
    return Remedy(f"to revoke it: {command}")
