"""Every VPC that was read, and a ghost for each that only a peering names. In: an estate. Out: `VpcRow`s."""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.values.tags import is_exempt

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.names import name_in, owner_in
from peerkeeper_cli.peerings.ghosts import with_ghosts
from peerkeeper_cli.peerings.peering_row import PeeringRow
from peerkeeper_cli.peerings.vpc_row import VpcRow


def vpc_rows(estate: Estate, rows: Iterable[PeeringRow]) -> tuple[VpcRow, ...]:
    """Return the VPCs by account, region and id."""
    read = (
        VpcRow(
            vpc.location.account_id,
            vpc.location.region,
            vpc.id,
            name_in(vpc.tags),
            tuple(map(str, vpc.cidrs)),
            owner_in(vpc.tags),
            read=True,
            exempt=is_exempt(vpc.tags),
        )
        for vpc in estate.seen.vpcs.values()
    )
    found = with_ghosts(rows, read)
    return tuple(found[key] for key in sorted(found))
