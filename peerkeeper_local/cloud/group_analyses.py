"""What EC2 finds out about security groups: which rules are stale, who names whom.

In: the world. Out: documents.
"""

from collections.abc import Iterable
from typing import Any

from peerkeeper_local.cloud.documents import Document, tags_of
from peerkeeper_local.cloud.group_documents import permissions
from peerkeeper_local.cloud.groups import Kept, groups_of, named_by, rules_kept
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.group_references import stale
from peerkeeper_local.semantics.location import Location


def groups_for_vpc(world: World, location: Location, vpc_id: str) -> list[Document]:
    """Return the groups that interfaces of a VPC may carry. Source: EC2 API, GetSecurityGroupsForVpc."""
    backend = world.backend(location)
    return [
        {
            "Description": group.description,
            "GroupName": group.name,
            "OwnerId": group.owner_id,
            "GroupId": group.id,
            "Tags": tags_of(backend, group.id),
            "PrimaryVpcId": group.vpc_id,
        }
        for group in groups_of(backend)
        if group.vpc_id == vpc_id
    ]


def stale_groups(world: World, location: Location, vpc_id: str) -> list[Document]:
    """Return the groups of a VPC that have stale rules, with only these rules.

    Source: EC2 API, DescribeStaleSecurityGroups; StaleIpPermission (ranges and lists are texts).
    """
    found = []
    for group in groups_of(world.backend(location)):
        rules = [
            kept
            for kept in rules_kept(group)
            if group.vpc_id == vpc_id and kept.rule.group and _stale(world, location, group, kept)
        ]
        if rules:
            ways = [[kept for kept in rules if kept.rule.egress == way] for way in (False, True)]
            inward, outward = (permissions(world, location, group, way) for way in ways)
            found.append(
                {
                    "Description": group.description,
                    "GroupId": group.id,
                    "GroupName": group.name,
                    "StaleIpPermissions": inward,
                    "StaleIpPermissionsEgress": outward,
                    "VpcId": vpc_id,
                }
            )
    # IpRanges, Ipv6Ranges and PrefixListIds are empty: a stale rule names a group.
    for each in found:
        for permission in (*each["StaleIpPermissions"], *each["StaleIpPermissionsEgress"]):
            permission.pop("Ipv6Ranges")
    return found


def references(world: World, location: Location, group_ids: Iterable[str]) -> list[Document]:
    """Return the peer VPCs whose groups name one of `group_ids`, over a peering that is active.

    Source: EC2 API, DescribeSecurityGroupReferences; assumed (that the peering has to be active).
    """
    wanted = set(group_ids)
    found: dict[tuple[str, ...], Document] = {}
    for where in sorted(each for each in world.locations if each.region == location.region):
        for group in groups_of(world.backend(where)):
            for kept in rules_kept(group):
                if kept.rule.group not in wanted or kept.rule.owner != location.account:
                    continue
                named = named_by(world, where, group, kept)
                if named.vpc_id != group.vpc_id and named.link and named.link.alive:
                    found[kept.rule.group, group.vpc_id] = {
                        "GroupId": kept.rule.group,
                        "ReferencingVpcId": group.vpc_id,
                        "VpcPeeringConnectionId": named.link.pcx_id,
                    }
    return list(found.values())


def _stale(world: World, location: Location, group: Any, kept: Kept) -> bool:  # noqa: ANN401
    named = named_by(world, location, group, kept)
    return stale(named.vpc_id == group.vpc_id, named.there, named.link)
