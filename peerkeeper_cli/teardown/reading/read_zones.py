"""Read private hosted zones. In: an `Asking`, VPCs. Out: `Zone` values, as whole as their owners can be read.

ListHostedZonesByVPC shows the zones of any owner. Only the owner sees a zone's other VPCs, its open
authorizations and its records. Source: Route 53 API reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Trouble
from peerkeeper.values.zones import ZoneVpc

from peerkeeper_cli.teardown.reading import parsed
from peerkeeper_cli.teardown.reading.asking import Ask, Asking
from peerkeeper_cli.teardown.reading.gaps import Gaps
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.zone import Zone


def zones_of(asking: Asking, vpcs: Iterable[tuple[Location, str]], gaps: Gaps) -> dict[str, Zone]:
    """Return the zones that these VPCs have, by id."""
    asked = [*vpcs]
    answers = asking.all(
        _ask("ListHostedZonesByVPC", where, "HostedZoneSummaries", VPCId=vpc_id, VPCRegion=where[1])
        for where, vpc_id in asked
    )
    found: dict[str, Zone] = {}
    for (where, vpc_id), answer in zip(asked, answers, strict=True):
        for raw in gaps.listed(answer, Kind.ZONE, where, vpc_id):
            zone = parsed.listed_zone(raw, ZoneVpc(where.region, vpc_id))
            known = found.setdefault(zone.id, zone)
            found[zone.id] = replace(known, vpcs=known.vpcs | zone.vpcs)
    return found


def zones_owned(asking: Asking, accounts: Iterable[Location], gaps: Gaps) -> dict[str, Zone]:
    """Return the private zones of accounts, by id. A location of each account says whose credentials."""
    asked = [*accounts]
    answers = asking.all(_ask("ListHostedZones", where, "HostedZones") for where in asked)
    return {
        zone.id: zone
        for where, answer in zip(asked, answers, strict=True)
        for raw in gaps.listed(answer, Kind.AUTHORIZATION, where, where.account_id)
        if (raw.get("Config") or {}).get("PrivateZone")
        for zone in [Zone(raw["Id"].rpartition("/")[2], raw["Name"], where.account_id)]
    }


def as_its_owner_sees(
    asking: Asking, zone: Zone, where: Location, gaps: Gaps, *, records: bool
) -> Zone:
    """Return a zone with all its VPCs and authorizations, and with its addresses if `records` says so.

    One zone at a time: Route 53 takes five calls a second from an account. Source: Route 53 Developer Guide,
    quotas.
    """
    asks = [
        _ask("GetHostedZone", where, "VPCs", Id=zone.id),
        _ask("ListVPCAssociationAuthorizations", where, "VPCs", HostedZoneId=zone.id),
    ]
    if records:
        asks.append(
            _ask("ListResourceRecordSets", where, "ResourceRecordSets", HostedZoneId=zone.id)
        )
    answers = asking.all(asks)
    vpcs, authorized, *rest = (
        gaps.listed(answer, kind, where, zone.id)
        for answer, kind in zip(answers, (Kind.ZONE, Kind.AUTHORIZATION, Kind.ZONE), strict=False)
    )
    return replace(
        zone,
        vpcs=zone.vpcs | parsed.zone_vpcs(vpcs),
        whole=not isinstance(answers[0], Trouble),
        authorized=parsed.zone_vpcs(authorized),
        addresses=parsed.addresses(rest[0]) if rest else (),
    )


def _ask(operation: str, where: Location, key: str, **parameters: str) -> Ask:
    return Ask(operation, where, key, parameters, "route53")
