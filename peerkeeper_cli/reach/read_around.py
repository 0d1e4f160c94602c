"""Read what judges the packets between two ends. In: ends, `Ask`. Out: `Surroundings`, `Unread`.

| what                | where                | by which filter                          |
|---------------------|----------------------|------------------------------------------|
| route tables, ACLs  | each end's location  | `vpc-id`                                 |
| security groups     | each end's location  | `group-id`: those of the interfaces      |
| peerings            | the first location that answers | both VPCs, one on each side   |
| prefix list entries | each end's location  | each list that a table or a rule names   |

The tables and the groups show the ids of the lists, so the lists take a second wave. A location that both
ends have is asked once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from peerkeeper.aws import parse
from peerkeeper.aws.parse_reachability import network_acl, security_group
from peerkeeper.values.ec2 import Location, PrefixList
from peerkeeper.values.surroundings import Kind, Surroundings

from peerkeeper_cli.reach.call import Ask, Call, Reply, filtered
from peerkeeper_cli.reach.end import End, Unread, said

KIND_OF = {
    "DescribeRouteTables": Kind.ROUTE_TABLES,
    "DescribeNetworkAcls": Kind.NETWORK_ACLS,
    "DescribeSecurityGroups": Kind.SECURITY_GROUPS,
    "DescribeVpcPeeringConnections": Kind.PEERINGS,
    "GetManagedPrefixListEntries": Kind.PREFIX_LISTS,
}


def read_around(ends: Sequence[End], ask: Ask) -> tuple[Surroundings, list[Unread]]:
    """Return what is around the ends, and each read that failed. An end of an unread account is left out."""
    readable = [end for end in ends if end.readable]
    places = sorted({end.location for end in readable})
    vpcs = sorted({end.vpc_id for end in ends})
    peerings = [peerings_of(place, vpcs, vpcs) for place in places if len(vpcs) > 1]
    calls = [call for place in places for call in _calls(readable, place)]
    replies = [*ask([*peerings[:1], *calls])]
    if peerings and replies[0].trouble:  # either location shows a peering
        replies += ask(peerings[1:])
    around = _put_together(replies, places)
    lists = [*_lists(around)]
    if lists:
        replies += ask(lists)
    around = _with_lists(around, replies)
    troubles = {(one.call.location, one.trouble) for one in replies if one.trouble}
    return around, [Unread(where, trouble) for where, trouble in sorted(troubles, key=str)]


def _calls(ends: Iterable[End], place: Location) -> Iterator[Call]:
    here = [end for end in ends if end.location == place]
    vpcs = sorted({end.vpc_id for end in here})
    yield filtered(place, "DescribeRouteTables", vpc_id=vpcs)
    yield filtered(place, "DescribeNetworkAcls", vpc_id=vpcs)
    groups = {id_ for end in here for point in end.points for id_ in point.group_ids or ()}
    if groups:
        yield filtered(place, "DescribeSecurityGroups", group_id=sorted(groups))


def peerings_of(
    place: Location, requesters: Sequence[str] = (), accepters: Sequence[str] = ()
) -> Call:
    """Return the call for the peerings whose requester and accepter are among these VPCs."""
    asked = {
        "requester_vpc_info__vpc_id": requesters,
        "accepter_vpc_info__vpc_id": accepters,
    }
    given = {name: values for name, values in asked.items() if values}
    return filtered(place, "DescribeVpcPeeringConnections", **given)


def _put_together(replies: Sequence[Reply], places: Sequence[Location]) -> Surroundings:
    shown: dict[Kind, list[tuple[Location, parse.Raw]]] = {kind: [] for kind in Kind}
    for reply in replies:
        kind = KIND_OF[reply.call.action]
        shown[kind] += [(reply.call.location, raw) for raw in reply.items]
    peerings = [one for one in replies if KIND_OF[one.call.action] is Kind.PEERINGS]
    # Both sides show a peering, so one read of those between the two VPCs speaks for either location.
    read = not peerings or any(not one.trouble for one in peerings)
    return Surroundings(
        tuple(parse.route_table(raw, where) for where, raw in shown[Kind.ROUTE_TABLES]),
        tuple(network_acl(raw, where) for where, raw in shown[Kind.NETWORK_ACLS]),
        tuple(security_group(raw, where) for where, raw in shown[Kind.SECURITY_GROUPS]),
        tuple(parse.peering(raw, where) for where, raw in shown[Kind.PEERINGS]),
        peerings_read_in=frozenset(places if read else ()),
        unread=_unread(replies),
    )


def _unread(replies: Iterable[Reply]) -> Mapping[tuple[Location, Kind], str]:
    return {
        (one.call.location, KIND_OF[one.call.action]): said(one.trouble)
        for one in replies
        if one.trouble
    }


def _lists(around: Surroundings) -> Iterator[Call]:
    """Yield a call for each prefix list whose entries matter. A gateway endpoint's list is AWS's own."""
    named = {
        (table.location, route.prefix_list)
        for table in around.route_tables
        for route in table.routes
        if route.prefix_list and not route.target.startswith("vpce-")
    }
    named |= {
        (group.location, rule.prefix_list)
        for group in around.security_groups
        for rule in (*group.ingress, *group.egress)
        if rule.prefix_list
    }
    for where, list_id in sorted(named):
        yield Call(where, "GetManagedPrefixListEntries", prefix_list=list_id)


def _with_lists(around: Surroundings, replies: Sequence[Reply]) -> Surroundings:
    asked = [one for one in replies if one.call.prefix_list]
    found = [
        parse.prefix_list(one.call.prefix_list, [*one.items], one.call.location)
        for one in asked
        if not one.trouble
    ]
    return replace(around, prefix_lists=(*found, *_of_aws(around)), unread=_unread(replies))


def _of_aws(around: Surroundings) -> Iterator[PrefixList]:
    for table in around.route_tables:
        for route in table.routes:
            if route.prefix_list and route.target.startswith("vpce-"):
                yield PrefixList(table.location, route.prefix_list, of_aws=True)
