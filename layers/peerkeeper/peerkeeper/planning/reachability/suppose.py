"""The same surroundings as if the peering were accepted and routed, to ask whether traffic reaches then.

In: `Surroundings`, two ends. Out: `Surroundings`. Nothing changes on AWS.

| what is there                                     | what is supposed                                       |
|---------------------------------------------------|--------------------------------------------------------|
| a peering of the two VPCs, in life or asked for   | it is active                                           |
| no peering, or only ones that have ended          | a new one is active: `pcx-supposed`                    |
| a group's rule that went stale with a peering     | it matches again                                       |
| a table that was read, without the route          | a route to the CIDR that holds the other end          |
| a dead route of the same destination              | the route to the peering in its place                  |
| any other route of the same destination           | the same: it stays in the way                          |
| a table that was not read                         | the same: not known                                    |

A rule that went stale comes alive when the same VPCs are peered again. Source: VPC Peering Guide, security
groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from peerkeeper.planning.reachability.peer_network import peer_network
from peerkeeper.planning.reachability.peerings import taken
from peerkeeper.values.ec2 import (
    ENDING,
    Location,
    Network,
    PeeringConnection,
    PeeringStatus,
    Route,
    RouteTable,
    Side,
)
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.security_groups import GroupRule, SecurityGroup
from peerkeeper.values.surroundings import Surroundings

SUPPOSED = "pcx-supposed"


def accepted_and_routed(around: Surroundings, one: Endpoint, other: Endpoint) -> Surroundings:
    """Return the surroundings as if a peering of the two VPCs were active, with its routes on both sides.

    Two ends in one VPC need no peering: then nothing is supposed.
    """
    if one.vpc_id == other.vpc_id:
        return around
    pcx = _active(around, one, other)
    there = {(one.location, one.vpc_id): (one, other), (other.location, other.vpc_id): (other, one)}
    vpcs = frozenset((one.vpc_id, other.vpc_id))
    return replace(
        around,
        peerings=(pcx, *(each for each in around.peerings if each.id != pcx.id)),
        route_tables=tuple(_tables(around, pcx, there)),
        security_groups=tuple(_revived(group, vpcs) for group in around.security_groups),
    )


def _active(around: Surroundings, one: Endpoint, other: Endpoint) -> PeeringConnection:
    found = taken(around, one, other)
    if found and found.status not in ENDING:
        return replace(found, status=PeeringStatus.ACTIVE)
    ours, theirs = Side(one.location, one.vpc_id), Side(other.location, other.vpc_id)
    return PeeringConnection(one.location, SUPPOSED, PeeringStatus.ACTIVE, ours, theirs)


def _tables(
    around: Surroundings,
    pcx: PeeringConnection,
    ends: Mapping[tuple[Location, str], tuple[Endpoint, Endpoint]],
) -> Iterator[RouteTable]:
    """Yield the tables, with the route in the one that each end's subnet has."""
    for table in around.route_tables:
        here, there = ends.get((table.location, table.vpc_id), (None, None))
        used = around.table_of(here) if here else None
        if there and used and used.id == table.id:
            yield _routed(table, peer_network(around, pcx, there), pcx.id)
        else:
            yield table


def _routed(table: RouteTable, wanted: Network, pcx_id: str) -> RouteTable:
    same = [one for one in table.routes if one.static and one.destination == wanted]
    if any(not one.blackhole for one in same):
        return table
    kept = tuple(one for one in table.routes if one not in same)
    return replace(table, routes=(*kept, Route(wanted, pcx_id)))


def _revived(group: SecurityGroup, vpcs: frozenset[str]) -> SecurityGroup:
    """Return the group with those rules alive again that name a group of one of the two VPCs.

    If EC2 does not show the VPC of a group, the rule counts as one of them.
    """

    def alive(rules: tuple[GroupRule, ...]) -> tuple[GroupRule, ...]:
        return tuple(
            replace(rule, peering_status="")
            if not rule.group_vpc or rule.group_vpc in vpcs
            else rule
            for rule in rules
        )

    return replace(group, ingress=alive(group.ingress), egress=alive(group.egress))
