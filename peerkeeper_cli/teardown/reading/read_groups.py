"""Read the groups of VPCs, and the rules that name a group. In: an `Asking`, VPCs. Out: groups, rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    asking: Asking, groups: Iterable[Group], gaps: Gaps, kind: Kind
) -> tuple[GroupReference, ...]:
    asked = [*_few_of_a_vpc(groups)]
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
    """Return which groups are named from a peer VPC: group, VPC, peering. For peers that are not read.

    Each location is asked about its own groups: if EC2 does not know one of them, it answers
    InvalidGroup.NotFound to the whole call. A rule may name a default group too.
    Source: EC2 API reference, DescribeSecurityGroupReferences.
    """
    asked = [*_few_of_a_vpc(groups)]
    key = "SecurityGroupReferenceSet"
    answers = asking.all(
        Ask("DescribeSecurityGroupReferences", where, key, {"GroupId": ids})
        for where, _, ids in asked
    )
    return tuple(
        (one["GroupId"], one["ReferencingVpcId"], one.get("VpcPeeringConnectionId", ""))
        for (where, vpc_id, _), answer in zip(asked, answers, strict=True)
        for one in gaps.listed(answer, Kind.STALE_RULE, where, vpc_id)
    )


def _few_of_a_vpc(groups: Iterable[Group]) -> Iterator[tuple[Location, str, list[str]]]:
    """Yield the ids of each VPC's groups, as many as one call takes."""
    by_vpc: dict[tuple[Location, str], list[str]] = {}
    for one in groups:
        by_vpc.setdefault((one.location, one.vpc_id), []).append(one.id)
    for (where, vpc_id), ids in by_vpc.items():
        for start in range(0, len(ids), MOST):
            yield where, vpc_id, ids[start : start + MOST]
