"""Which subnets of two VPCs reach each other: a table of verdicts, from few judgements.

In: `Surroundings`, the subnets of each VPC as ends, `Traffic`. Out: `Matrix`.

Two subnets share a judgement if they have the same table and the same ACL. Also, every table and ACL of the
other VPC must treat their addresses alike. A VPC has few tables and ACLs, so 30 subnets need 2 to 4
judgements.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.slices import meet
from peerkeeper.planning.winning_route import winning
from peerkeeper.values.ec2 import Network, RouteTable
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.network_acls import NetworkAcl
from peerkeeper.values.reachability import Answer
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import Traffic


@dataclass(frozen=True, slots=True)
class Matrix:
    """An answer for each pair of subnets.

    Pairs that every hop treats alike share one answer. It names the ends of the first such pair.
    """

    cells: Mapping[tuple[Endpoint, Endpoint], Answer]
    judgements: int
    """How many questions were judged."""


def matrix(
    around: Surroundings,
    sources: Sequence[Endpoint],
    targets: Sequence[Endpoint],
    traffic: Traffic,
) -> Matrix:
    """Return the answer for each pair of a source and a target of the same address family."""
    of_source, of_target = _kinds(around, sources, targets), _kinds(around, targets, sources)
    judged: dict[tuple[int, int, bool], Answer] = {}
    cells = {}
    for one, kind in zip(sources, of_source, strict=True):
        for other, other_kind in zip(targets, of_target, strict=True):
            if one.network.version != other.network.version:
                continue
            pair = kind, other_kind, one.subnet_id == other.subnet_id
            if pair not in judged:
                judged[pair] = judge(around, one, other, traffic)
            cells[one, other] = judged[pair]
    return Matrix(cells, len(judged))


def _kinds(around: Surroundings, ends: Sequence[Endpoint], others: Sequence[Endpoint]) -> list[int]:
    """Return a number for each end; ends that every hop treats alike have the same.

    Subnets do not overlap. So an entry for a part of one meets this one and no other.
    """
    tables = {table.id: table for end in others if (table := around.table_of(end))}
    acls = {acl.id: acl for end in others if (acl := around.acl_of(end))}
    entries = {entry.network for acl in acls.values() for entry in acl.entries}
    each_alone = not all(end.any_of_subnet for end in (*ends, *others))
    numbers: dict[Hashable, int] = {}
    return [
        numbers.setdefault(
            (
                end if each_alone else end.network.version,
                _id(around.table_of(end)),
                _id(around.acl_of(end)),
                tuple(_by_table(table, end.network) for table in tables.values()),
                tuple(meet(one, end.network) for one in entries),
            ),
            len(numbers),
        )
        for end in ends
    ]


def _id(one: RouteTable | NetworkAcl | None) -> str:
    return one.id if one else ""


def _by_table(table: RouteTable, network: Network) -> Hashable:
    """Return how a table treats the network: its winning route, or the network itself where it is cut."""
    cut = next(table.within(network), None)
    return network if cut else winning(table, network)
