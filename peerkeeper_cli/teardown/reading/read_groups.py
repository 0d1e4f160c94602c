"""Read the groups of VPCs, and the rules that name a group. In: an `Asking`, VPCs. Out: groups, rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.reading import parsed
from peerkeeper_cli.teardown.reading.asking import Ask, Asking, filters
from peerkeeper_cli.teardown.reading.gaps import Gaps
from peerkeeper_cli.teardown.seen.group import Group, GroupReference
from peerkeeper_cli.teardown.seen.kind import Kind

MOST = 200
"""Values of a filter. Source: EC2 API reference, Filter."""


def read_groups(
    asking: Asking, vpcs: Iterable[tuple[Location, str]], gaps: Gaps, kind: Kind
) -> tuple[tuple[Group, ...], tuple[GroupReference, ...]]:
    """Return the groups of the VPCs and their rules. `kind`: what rests on a read that fails."""
    asked = [*vpcs]
    answers = asking.all(
        Ask("DescribeSecurityGroups", where, "SecurityGroups", filters("vpc-id", vpc_id))
        for where, vpc_id in asked
    )
    groups = [
        parsed.group(one, where)
        for (where, vpc_id), answer in zip(asked, answers, strict=True)
        for one in gaps.listed(answer, kind, where, vpc_id)
    ]
    return tuple(groups), _rules(asking, groups, gaps, kind)


def _rules(
    asking: Asking, groups: Sequence[Group], gaps: Gaps, kind: Kind
) -> tuple[GroupReference, ...]:
    by_vpc: dict[tuple[Location, str], list[str]] = {}
    for one in groups:
        by_vpc.setdefault((one.location, one.vpc_id), []).append(one.id)
    asked = [
        (where, vpc_id, ids[start : start + MOST])
        for (where, vpc_id), ids in by_vpc.items()
        for start in range(0, len(ids), MOST)
    ]
    answers = asking.all(
        Ask("DescribeSecurityGroupRules", where, "SecurityGroupRules", filters("group-id", *ids))
        for where, _, ids in asked
    )
    return tuple(
        chain.from_iterable(
            parsed.rules(gaps.listed(answer, kind, where, vpc_id), where)
            for (where, vpc_id, _), answer in zip(asked, answers, strict=True)
        )
    )


def read_references(
    asking: Asking, groups: Iterable[Group], gaps: Gaps
) -> tuple[tuple[str, str, str], ...]:
    """Return which groups are named from a peer VPC: group, VPC, peering. For peers that are not read."""
    own = [one for one in groups if not one.default]
    if not own:
        return ()
    where, ids = own[0].location, [one.id for one in own]
    asks = (
        Ask(
            "DescribeSecurityGroupReferences",
            where,
            "SecurityGroupReferenceSet",
            {"GroupId": ids[start : start + MOST]},
        )
        for start in range(0, len(ids), MOST)
    )
    listed = [
        one
        for answer in asking.all(asks)
        for one in gaps.listed(answer, Kind.STALE_RULE, where, own[0].vpc_id)
    ]
    return tuple(
        (one["GroupId"], one["ReferencingVpcId"], one.get("VpcPeeringConnectionId", ""))
        for one in listed
    )
