"""Security groups and their rules as describes show them. In: the world. Out: documents.

What is said of a group that a rule names follows the peering and that group: nothing is kept of it.
"""

from collections.abc import Iterable
from typing import Any

from peerkeeper_local.cloud.documents import Document, tags_of
from peerkeeper_local.cloud.groups import Kept, groups_of, named_by, referenced, rules_kept
from peerkeeper_local.cloud.world import World
from peerkeeper_local.partitions import partition_of
from peerkeeper_local.semantics.location import Location


def described_groups(world: World, location: Location) -> list[Document]:
    """Return every security group of a location as DescribeSecurityGroups shows it."""
    return [_group(world, location, group) for group in groups_of(world.backend(location))]


def described_rules(world: World, location: Location) -> list[Document]:
    """Return every rule of a location as DescribeSecurityGroupRules shows it."""
    return [
        rule_document(world, location, group, kept)
        for group in groups_of(world.backend(location))
        for kept in rules_kept(group)
    ]


def rule_document(world: World, location: Location, group: Any, kept: Kept) -> Document:  # noqa: ANN401
    """Return one rule as DescribeSecurityGroupRules shows it: -1 stands for all ports.

    Source: EC2 API, SecurityGroupRule; observed (-1).
    """
    rule = kept.rule
    start, end = rule.ports or (-1, -1)
    place = f"{partition_of(location.region)}:ec2:{location.region}:{location.account}"
    told: Document = {
        "SecurityGroupRuleId": kept.id,
        "GroupId": group.id,
        "GroupOwnerId": group.owner_id,
        "IsEgress": rule.egress,
        "IpProtocol": rule.protocol,
        "FromPort": start,
        "ToPort": end,
        "Tags": tags_of(group.ec2_backend, kept.id),
        "SecurityGroupRuleArn": f"arn:{place}:security-group-rule/{kept.id}",
    }
    if rule.description:
        told["Description"] = rule.description
    if rule.cidr:
        told["CidrIpv6" if ":" in rule.cidr else "CidrIpv4"] = rule.cidr
    if rule.prefix_list:
        told["PrefixListId"] = rule.prefix_list
    if rule.group:
        told["ReferencedGroupInfo"] = _pair(world, location, group, kept, name=False)
    return told


def _group(world: World, location: Location, group: Any) -> Document:  # noqa: ANN401 - moto's
    ways = [
        [kept for kept in rules_kept(group) if kept.rule.egress == way] for way in (False, True)
    ]
    inward, outward = (permissions(world, location, group, way) for way in ways)
    return {
        "GroupId": group.id,
        "GroupName": group.name,
        "Description": group.description,
        "OwnerId": group.owner_id,
        "VpcId": group.vpc_id,
        "SecurityGroupArn": group.arn,
        "Tags": tags_of(group.ec2_backend, group.id),
        "IpPermissions": inward,
        "IpPermissionsEgress": outward,
    }


def permissions(
    world: World,
    location: Location,
    group: Any,  # noqa: ANN401 - moto is not typed
    rules: Iterable[Kept],
) -> list[Document]:
    """Return rules of one way. Rules of a protocol and the same ports share one permission."""
    found: dict[tuple[object, ...], Document] = {}
    for kept in rules:
        rule = kept.rule
        empty: Document = {
            "IpProtocol": rule.protocol,
            **({"FromPort": rule.ports[0], "ToPort": rule.ports[1]} if rule.ports else {}),
            "IpRanges": [],
            "Ipv6Ranges": [],
            "PrefixListIds": [],
            "UserIdGroupPairs": [],
        }
        permission = found.setdefault((rule.protocol, rule.ports), empty)
        note = {"Description": rule.description} if rule.description else {}
        if rule.group:
            pair = _pair(world, location, group, kept, name=True)
            permission["UserIdGroupPairs"].append({**pair, **note})
        elif rule.prefix_list:
            permission["PrefixListIds"].append({"PrefixListId": rule.prefix_list, **note})
        else:
            key, name = ("Ipv6Ranges", "CidrIpv6") if ":" in rule.cidr else ("IpRanges", "CidrIp")
            permission[key].append({name: rule.cidr, **note})
    return list(found.values())


def _pair(world: World, location: Location, group: Any, kept: Kept, name: bool) -> Document:  # noqa: ANN401
    """Return a named group. A deleted one has no account and no name. Source: EC2 API, UserIdGroupPair."""
    named = named_by(world, location, group, kept)
    pair: Document = {"GroupId": kept.rule.group, **referenced(named, group)}
    if named.there:
        pair["UserId"] = kept.rule.owner
        if name and named.vpc_id != group.vpc_id:
            pair["GroupName"] = named.name
    return pair
