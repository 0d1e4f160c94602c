"""From EC2's replies to what further looks read.

In: reads, and what all pages list. Out: `Observed`. `observe` loads this file only if such a read is made, so
that no writing function pays for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.aws.parse import Raw
from peerkeeper.aws.parse_reachability import (
    interface,
    network_acl,
    protocol_number,
    rules_of,
    security_group,
)
from peerkeeper.aws.parse_vpc_endpoints import vpc_endpoint
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.security_groups import ANY, GroupRule, SecurityGroup


def observed(reads: tuple[Read, ...], raw: list[Raw]) -> Observed:
    """Return what these reads showed; they share location and kind."""
    where = reads[0].location
    match reads[0].kind:
        case Describe.STALE_GROUPS:
            return Observed(reads, stale_groups=tuple(stale_group(one, where) for one in raw))
        case Describe.GROUP_RULES:
            return Observed(reads, groups_with_ids=groups_of_rules(raw, where))
        case Describe.INTERFACES:
            return Observed(reads, interfaces=tuple(interface(one, where) for one in raw))
        case Describe.GROUPS:
            return Observed(reads, security_groups=tuple(security_group(one, where) for one in raw))
        case Describe.VPC_ENDPOINTS:
            return Observed(reads, vpc_endpoints=tuple(vpc_endpoint(one, where) for one in raw))
        case _:
            return Observed(reads, network_acls=tuple(network_acl(one, where) for one in raw))


def stale_group(raw: Raw, where: Location) -> SecurityGroup:
    """Return a group of DescribeStaleSecurityGroups, with its stale rules."""
    return SecurityGroup(
        where,
        raw["GroupId"],
        raw.get("VpcId", ""),
        where.account_id,
        raw.get("GroupName", ""),
        tuple(_naming(raw.get("StaleIpPermissions") or ())),
        tuple(_naming(raw.get("StaleIpPermissionsEgress") or ())),
    )


def _naming(permissions: Iterable[Raw]) -> Iterator[GroupRule]:
    """Yield the rules that name a group. Networks are texts in this reply, and never go stale."""
    for one in permissions:
        kept = {
            key: value for key, value in one.items() if key not in ("IpRanges", "PrefixListIds")
        }
        yield from (rule for rule in rules_of(kept) if rule.group_id)


def groups_of_rules(raw: Iterable[Raw], where: Location) -> tuple[SecurityGroup, ...]:
    """Return the groups of DescribeSecurityGroupRules, with the rules that name a group and their ids."""
    ways: dict[str, tuple[list[GroupRule], list[GroupRule]]] = {}
    for one in raw:
        both = ways.setdefault(one["GroupId"], ([], []))
        if one.get("ReferencedGroupInfo"):
            both[bool(one.get("IsEgress"))].append(_rule(one))
    return tuple(
        SecurityGroup(where, id_, "", where.account_id, "", tuple(inward), tuple(outward))
        for id_, (inward, outward) in ways.items()
    )


def _rule(raw: Raw) -> GroupRule:
    named = raw["ReferencedGroupInfo"]
    return GroupRule(
        protocol_number(raw.get("IpProtocol", "-1")),
        raw.get("FromPort", ANY),
        raw.get("ToPort", ANY),
        group_id=named.get("GroupId", ""),
        group_owner=named.get("UserId", ""),
        group_vpc=named.get("VpcId", ""),
        peering_id=named.get("VpcPeeringConnectionId", ""),
        peering_status=named.get("PeeringStatus", ""),
        id=raw["SecurityGroupRuleId"],
    )
