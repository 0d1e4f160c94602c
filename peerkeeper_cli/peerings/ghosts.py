"""VPCs by what tells them apart, a ghost for each that only a peering names. In: rows. Out: rows by key."""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper_cli.peerings.peering_row import PeeringRow, VpcEnd
from peerkeeper_cli.peerings.vpc_row import VpcRow

Key = tuple[str, str, str]
"""Account, Region, VPC."""


def key_of(vpc: VpcRow | VpcEnd) -> Key:
    """Return what tells a VPC from all others."""
    return (vpc.account, vpc.region, vpc.vpc_id)


def with_ghosts(rows: Iterable[PeeringRow], vpcs: Iterable[VpcRow]) -> dict[Key, VpcRow]:
    """Return one row a VPC.

    named by            row
    a VPC's own row     that row
    a peering alone     what the peering knows of it; a ghost where that end was not read
    """
    ends = [end for row in rows for end in (row.requester, row.accepter)]
    # One peering may know more of an end than another one does: what was read wins, then what has networks.
    ends.sort(key=lambda end: (end.read, bool(end.cidrs)))
    found = {key_of(end): _of(end) for end in ends}
    return found | {key_of(vpc): vpc for vpc in sorted(vpcs, key=lambda vpc: vpc.read)}


def _of(end: VpcEnd) -> VpcRow:
    return VpcRow(
        end.account, end.region, end.vpc_id, end.name, end.cidrs, end.owner, read=end.read
    )
