"""The VPCs of a picture, in the order in which they are drawn. In: rows. Out: rows, ghosts among them."""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper_cli.peerings.ghosts import with_ghosts
from peerkeeper_cli.peerings.peering_row import PeeringRow
from peerkeeper_cli.peerings.vpc_row import VpcRow


def all_vpcs(rows: Sequence[PeeringRow], vpcs: Sequence[VpcRow]) -> tuple[VpcRow, ...]:
    """Return one row a VPC, by account and Region; there those that were read come first, then by name."""
    return tuple(
        sorted(
            with_ghosts(rows, vpcs).values(),
            key=lambda vpc: (vpc.account, vpc.region, not vpc.read, vpc.name or "~", vpc.vpc_id),
        )
    )
