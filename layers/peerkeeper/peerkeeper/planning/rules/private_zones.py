"""Report private hosted zones that two VPCs are to share across a peering. Information, no write.

    both tags share the zone with a VPC (`zone_sharing`), and the two VPCs have an active, agreed peering
      the VPC's DNS    has the zone    its zones                finding
      on               yes             -                        none
      off              any             any                      zone-needs-vpc-dns, beside the next rows
      any              no              none of the same name    zone-not-shared: each owner's commands
      any              no              one of the same name     zone-conflict
      any              no              not read (yet)           none: `denied` names a failed read

    a guest has the zone; all peerings of all homes (see `zone_sharing`) were read, and those to it all ended
      the zone's tag names it, or a peering to it is shown as ended    zone-left-behind
      neither                                                          none: it may have another way there

    zones of the account that this sweep left out, since it has many: zones-in-turn says how many

Of a VPC in an unknown account the tag names it if it says its id, or any other account's.
Sources: Route 53 Developer Guide, private hosted zones; API reference, AssociateVPCWithHostedZone.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.zone_findings import conflict, in_turn, left_behind, needs_dns, not_shared
from peerkeeper.planning.zone_sharing import (
    Meeting,
    home_of,
    homes,
    is_agreed,
    is_to_share,
    meetings,
)
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import TERMINAL, PeeringStatus
from peerkeeper.values.findings import Finding
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import SHARE
from peerkeeper.values.tags import value_of
from peerkeeper.values.zones import HostedZone, ZoneVpc


def private_zones(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what a person should know of each zone with `peerkeeper:share`, as far as it was read."""
    for account in seen.zones.values():
        if account.left:
            yield in_turn(account)
        for zone in account.tagged:
            if value_of(zone.tags, SHARE) is not None:
                yield from _to_share(seen, settings, zone)
                yield from _left_behind(seen, settings, zone)


def _to_share(seen: Snapshot, settings: Settings, zone: HostedZone) -> Iterator[Finding]:
    wanted: dict[ZoneVpc, list[Meeting]] = {}
    for one in meetings(seen, zone):
        live = seen.status_of(one.pcx.location, one.pcx.id) is PeeringStatus.ACTIVE
        if live and is_to_share(seen, zone, one) and is_agreed(seen, settings, one):
            wanted.setdefault(one.named, []).append(one)
    own = homes(seen, zone)
    for named, met in sorted(wanted.items()):
        if not own.sure and own.vpcs - {named} - {one.at_home for one in met}:
            continue
        one = met[0]
        key = (one.guest.location, one.guest.vpc_id)
        support, names = seen.dns_support.get(key), seen.dns_hostnames.get(key)
        if support is False or names is False:
            yield needs_dns(zone, one.guest, one.pcx.id, support=support, names=names)
        known = seen.zones_of_vpcs.get(key)
        if named in zone.vpcs or not known:
            continue
        same = [each for each in known.zones if each.name.lower() == zone.name.lower()]
        if same:
            yield conflict(zone, one.guest, one.pcx.id, same[0])
        else:
            yield not_shared(zone, one.guest, one.pcx.id)


def _left_behind(seen: Snapshot, settings: Settings, zone: HostedZone) -> Iterator[Finding]:
    own = homes(seen, zone).vpcs
    read = [seen.has_read_peerings(home_of(zone, vpc), vpc.id) for vpc in own]
    if not own or not all(read):
        return
    met = [*meetings(seen, zone)]
    words = (value_of(zone.tags, SHARE) or "").split()
    for vpc in sorted(zone.vpcs - own):
        states = {seen.status_of(one.pcx.location, one.pcx.id) for one in met if one.named == vpc}
        if states - TERMINAL:
            continue
        if states or _may_name(seen, zone, vpc, words):
            yield left_behind(zone, vpc)


def _may_name(seen: Snapshot, zone: HostedZone, vpc: ZoneVpc, words: list[str]) -> bool:
    """Tell whether the words of the zone's tag name the VPC, or may: its account is not known."""
    if (home_of(zone, vpc), vpc.id) in seen.vpcs:
        return not {vpc.id, zone.owner, "self"}.isdisjoint(words)
    return vpc.id in words or any(word.isdigit() and word != zone.owner for word in words)
