"""Put the steps of a teardown in an order in which EC2 refuses none. In: steps, in any order. Out: the same.

A step comes after all steps of the kinds in its row that are in the list. EC2 answers DependencyViolation to
a delete that comes earlier, and does not say what is in the way.

step                 comes after                      because
peering              -                                its end makes the routes dead for everybody
route                peering                          Peerkeeper writes the routes of a live peering again
stale rule           peering                          traffic may need it before
authorization        peering                          the same
zone                 peering, authorization           with the authorization it can be associated again
instance             -
NAT gateway          -
endpoint             -
address              instance, NAT gateway            a NAT gateway keeps it until it is deleted
interface            instance, address                it is in use until then
group rule           -
group                instance, endpoint, interface,   interfaces carry it, and other groups name it
                     group rule
subnet               instance, NAT gateway,           their interfaces are in it
                     endpoint, interface
edge association     -
route table          subnet, endpoint,                its associations end with the subnets
                     edge association
network ACL          subnet                           the same
internet gateway     instance, NAT gateway, address,  EC2 detaches it only once the VPC has no public
                     interface, edge association      address
egress-only gateway  -
VPC                  all others

Sources: EC2 API reference, DeleteSecurityGroup, DeleteSubnet, DeleteRouteTable, DeleteNetworkAcl,
DetachInternetGateway, DeleteNatGateway, DeleteVpc. VPC User Guide, delete your VPC. Observed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter

from peerkeeper_cli.teardown.order.step import Step
from peerkeeper_cli.teardown.seen.kind import Kind

AFTER: Mapping[Kind, frozenset[Kind]] = {
    Kind.PEERING: frozenset(),
    Kind.ROUTE: frozenset({Kind.PEERING}),
    Kind.STALE_RULE: frozenset({Kind.PEERING}),
    Kind.AUTHORIZATION: frozenset({Kind.PEERING}),
    Kind.ZONE: frozenset({Kind.PEERING, Kind.AUTHORIZATION}),
    Kind.INSTANCE: frozenset(),
    Kind.NAT_GATEWAY: frozenset(),
    Kind.ENDPOINT: frozenset(),
    Kind.ADDRESS: frozenset({Kind.INSTANCE, Kind.NAT_GATEWAY}),
    Kind.INTERFACE: frozenset({Kind.INSTANCE, Kind.ADDRESS}),
    Kind.GROUP_RULE: frozenset(),
    Kind.GROUP: frozenset({Kind.INSTANCE, Kind.ENDPOINT, Kind.INTERFACE, Kind.GROUP_RULE}),
    Kind.SUBNET: frozenset({Kind.INSTANCE, Kind.NAT_GATEWAY, Kind.ENDPOINT, Kind.INTERFACE}),
    Kind.EDGE: frozenset(),
    Kind.TABLE: frozenset({Kind.SUBNET, Kind.ENDPOINT, Kind.EDGE}),
    Kind.ACL: frozenset({Kind.SUBNET}),
    Kind.INTERNET_GATEWAY: frozenset(
        {Kind.INSTANCE, Kind.NAT_GATEWAY, Kind.ADDRESS, Kind.INTERFACE, Kind.EDGE}
    ),
    Kind.EGRESS_GATEWAY: frozenset(),
    Kind.VPC: frozenset(set(Kind) - {Kind.VPC}),
}


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps in order. Where the table leaves a choice: by kind, location, and id.

    In the graph a kind stands for the end of all its steps.
    """
    given = sorted(steps, key=lambda step: step.sort_key)
    graph: TopologicalSorter[int | Kind] = TopologicalSorter()
    for at, step in enumerate(given):
        graph.add(at, *AFTER[step.kind])
        graph.add(step.kind, at)
    graph.prepare()
    found: list[Step] = []
    steps_ready = _ready(graph, [])
    while steps_ready:
        at = heapq.heappop(steps_ready)
        found.append(given[at])
        graph.done(at)
        steps_ready = _ready(graph, steps_ready)
    return tuple(found)


def _ready(graph: TopologicalSorter[int | Kind], before: list[int]) -> list[int]:
    """Return a heap of the steps that may come next. A kind that has ended frees others at once."""
    while fresh := graph.get_ready():
        for one in fresh:
            if isinstance(one, Kind):
                graph.done(one)
            else:
                heapq.heappush(before, one)
    return before
