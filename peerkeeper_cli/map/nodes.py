"""The VPCs of a picture: those that were read, and a ghost for each other end. In: rows. Out: rows."""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper_cli.peerings.peering_row import PeeringRow, VpcEnd
from peerkeeper_cli.peerings.vpc_row import VpcRow

Key = tuple[str, str, str]
"""Account, Region, VPC."""


def key_of(vpc: VpcRow | VpcEnd) -> Key:
    """Return what tells a VPC from all others."""
    return (vpc.account, vpc.region, vpc.vpc_id)


def all_vpcs(rows: Sequence[PeeringRow], vpcs: Sequence[VpcRow]) -> tuple[VpcRow, ...]:
    """Return one row a VPC, by account and Region; in a Region those that were read come first, then by name.

    named by            row
    a VPC's own row     that row
    a peering alone     what the peering knows of it; a ghost where that end was not read
    """
    found = {key_of(end): _of(end) for row in rows for end in (row.requester, row.accepter)}
    # A peering may know more of an end than another one does: the row that was read wins.
    found |= {
        key_of(end): _of(end) for row in rows for end in (row.requester, row.accepter) if end.read
    }
    found |= {key_of(vpc): vpc for vpc in sorted(vpcs, key=lambda vpc: (key_of(vpc), vpc.read))}
    return tuple(
        sorted(
            found.values(),
            key=lambda vpc: (vpc.account, vpc.region, not vpc.read, vpc.name or "~", vpc.vpc_id),
        )
    )


def _of(end: VpcEnd) -> VpcRow:
    return VpcRow(
        end.account, end.region, end.vpc_id, end.name, end.cidrs, end.owner, read=end.read
    )
