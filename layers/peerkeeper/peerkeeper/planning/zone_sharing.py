"""Who shares a private hosted zone with whom: what the tags say, and which peerings join the VPCs. No write.

In: the snapshot, a zone, settings. Out: `Meeting`s, and what tags say of them.

    home     a VPC of the zone, in the account that owns the zone
    guest    the VPC at the other end of a peering of such a VPC

    the zone's peerkeeper:share    the guest's peerkeeper:zones               the guest is to have the zone
    names the guest                names the zone's account                   yes
    names the guest                does not, or was not read                  no
    does not                       any                                        no

`peerkeeper:share` takes the words of `peerkeeper:peers`. The words of `peerkeeper:zones` are account
ids, and `self`. The zone's owner lets names out, and the VPC's owner lets them in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peerkeeper.planning.agreement import objections
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location, PeeringConnection, Side
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import SHARE, ZONES
from peerkeeper.values.tags import is_exempt, value_of, words_for
from peerkeeper.values.zones import HostedZone, ZoneVpc


class Meeting(NamedTuple):
    """A peering that joins a VPC of the zone with another one, as the home side shows it."""

    pcx: PeeringConnection
    home: Side
    guest: Side

    @property
    def named(self) -> ZoneVpc:
        """The guest, as Route 53 names it."""
        return ZoneVpc(self.guest.location.region, self.guest.vpc_id)


def home_of(zone: HostedZone, vpc: ZoneVpc) -> Location:
    """Return where a VPC of the zone is, if the zone's account owns it."""
    return Location(zone.owner, vpc.region)


def meetings(seen: Snapshot, zone: HostedZone) -> Iterator[Meeting]:
    """Yield each peering of each home, in any state."""
    homes = {(home_of(zone, vpc), vpc.id) for vpc in zone.vpcs}
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            if (own.location, own.vpc_id) in homes:
                yield Meeting(pcx, own, peer)


def lets_out(zone: HostedZone, guest: Side) -> bool:
    """Tell whether the zone's tag names the guest."""
    said = (value_of(zone.tags, SHARE) or "").split()
    return not set(words_for(zone.location, guest)).isdisjoint(said)


def lets_in(seen: Snapshot, zone: HostedZone, where: Location, vpc_id: str) -> bool:
    """Tell whether the tag of a VPC names the zone's account. False if the VPC was not read, or is exempt."""
    vpc = seen.vpcs.get((where, vpc_id))
    if not vpc or vpc.owner_id != where.account_id or is_exempt(vpc.tags):
        return False
    said = (value_of(vpc.tags, ZONES) or "").split()
    return zone.owner in said or (where.account_id == zone.owner and "self" in said)


def is_to_share(seen: Snapshot, zone: HostedZone, one: Meeting) -> bool:
    """Tell whether both owners let the guest have the zone."""
    guest = one.guest
    return lets_out(zone, guest) and lets_in(seen, zone, guest.location, guest.vpc_id)


def is_agreed(seen: Snapshot, settings: Settings, one: Meeting) -> bool:
    """Tell whether both sides agree to the peering, as far as both were read."""
    for own, peer in ((one.home, one.guest), (one.guest, one.home)):
        vpc = seen.vpcs.get((own.location, own.vpc_id))
        view = seen.peerings.get((own.location, one.pcx.id))
        if not vpc or not view or is_exempt(vpc.tags):
            return False
        if objections(view, own, peer, vpc, settings, accepting=False):
            return False
    return True
