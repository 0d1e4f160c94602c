"""From EC2's replies about security groups to values. `observe` loads this file only if such a read is made.

In: one group, or one rule, as botocore gives it. Out: values of `peerkeeper.values.group_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.aws.parse import Raw
from peerkeeper.values.ec2 import Location
from peerkeeper.values.group_rules import GroupRule, NamedGroup, StaleGroup

WAYS = (("StaleIpPermissions", False), ("StaleIpPermissionsEgress", True))


def stale_group(raw: Raw, where: Location) -> StaleGroup:
    """Return a group of DescribeStaleSecurityGroups, with those rules that name a group."""
    group_id = raw["GroupId"]
    stale = tuple(
        rule
        for key, egress in WAYS
        for permission in raw.get(key) or ()
        for rule in _rules(permission, where, group_id, egress)
    )
    return StaleGroup(where, group_id, raw.get("VpcId", ""), stale)


def _rules(permission: Raw, where: Location, group_id: str, egress: bool) -> Iterator[GroupRule]:
    protocol, ports = permission.get("IpProtocol", "-1"), _ports(permission)
    for pair in permission.get("UserIdGroupPairs") or ():
        yield GroupRule(where, "", group_id, egress, protocol, ports, named(pair))


def group_rule(raw: Raw, where: Location) -> GroupRule | None:
    """Return a rule of DescribeSecurityGroupRules; None if it names no group."""
    told = raw.get("ReferencedGroupInfo")
    if not told:
        return None
    key = (where, raw["SecurityGroupRuleId"], raw["GroupId"], bool(raw.get("IsEgress")))
    return GroupRule(*key, raw.get("IpProtocol", "-1"), _ports(raw), named(told))


def named(raw: Raw) -> NamedGroup:
    """Return the group that a rule names. In its own VPC a rule tells only the id."""
    return NamedGroup(
        raw.get("GroupId", ""),
        raw.get("VpcId", ""),
        raw.get("VpcPeeringConnectionId", ""),
        raw.get("PeeringStatus", ""),
    )


def _ports(raw: Raw) -> tuple[int, int]:
    return raw.get("FromPort", -1), raw.get("ToPort", -1)
