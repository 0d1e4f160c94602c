"""Where an end is, and which of its addresses or subnets were judged. In: `End`, points. Out: words."""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.findings import first_of

from peerkeeper_cli.page.count import many
from peerkeeper_cli.reach.end import End
from peerkeeper_cli.reach.question import Way
from peerkeeper_cli.reach.word import Kind

FEW = 6
"""Interfaces that are named; the rest is counted."""


def judged_of(end: End, way: Way) -> list[Endpoint]:
    """Return the points of this end that the way was judged for, each once."""
    at = 0 if end == way.source else 1
    return [*dict.fromkeys(pair[at] for one in way.judged for pair in one.pairs)]


def named(end: End, judged: Sequence[Endpoint]) -> str:
    """Return the end, its place, and what was judged of it."""
    where = f"in {end.vpc_id} of {end.location}" if end.id != end.vpc_id else f"of {end.location}"
    if not end.readable:
        remedy = f"name a --profile of {end.location.account_id}, or a --role-name"
        return f"{end} {where}: only a peering names it; {remedy}"
    if end.kind in (Kind.SUBNET, Kind.VPC):
        subnets = many(len({point.subnet_id for point in judged}), "subnet")
        return f"{end} {where}: any interface in {subnets}, without security groups"
    if len(judged) > 1:
        interfaces = first_of(map(str, judged), FEW)
        return f"{end} {where}: judged for each of {len(judged)} interfaces, {interfaces}"
    point = judged[0]
    address = point.network.network_address
    own = f"{address}" if end.kind is Kind.INTERFACE else f"{point}"
    return f"{end} {where}: {own} in {point.subnet_id}"
