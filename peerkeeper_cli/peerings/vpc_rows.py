"""Every VPC that was read, and a ghost for each that only a peering names. In: an estate. Out: `VpcRow`s."""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.values.findings import Finding
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import is_exempt

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.names import name_in, owner_in
from peerkeeper_cli.peerings.finding_shown import FindingShown, finding_shown
from peerkeeper_cli.peerings.ghosts import with_ghosts
from peerkeeper_cli.peerings.peering_row import PeeringRow
from peerkeeper_cli.peerings.vpc_row import VpcRow


def vpc_rows(
    estate: Estate, rows: Iterable[PeeringRow], findings: Iterable[Finding]
) -> tuple[VpcRow, ...]:
    """Return the VPCs by account, region and id, each with the findings about it and what lies in it."""
    about: dict[Key, list[FindingShown]] = {}
    for one in findings:
        if not one.pcx_id and (vpc_id := _vpc_of(estate.seen, one)):
            about.setdefault((one.location, vpc_id), []).append(finding_shown(one))
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
            findings=tuple(about.get((vpc.location, vpc.id), ())),
        )
        for vpc in estate.seen.vpcs.values()
    )
    found = with_ghosts(rows, read)
    return tuple(found[key] for key in sorted(found))


def _vpc_of(seen: Snapshot, finding: Finding) -> str:
    """Return the id of the VPC that the finding's subject is, or lies in; empty for other subjects."""
    key = (finding.location, finding.subject)
    if key in seen.vpcs:
        return finding.subject
    inside = seen.route_tables.get(key) or seen.subnets.get(key) or seen.vpc_endpoints.get(key)
    return inside.vpc_id if inside else ""
