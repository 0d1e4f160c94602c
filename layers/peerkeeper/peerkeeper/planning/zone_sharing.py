"""Who shares a private hosted zone with whom: what the tags say, and which peerings join the VPCs. No write.

In: the snapshot, a zone, settings. Out: `Meeting`s, and what tags say of them.

    the owner's VPCs that have the zone          the homes
    the own tag of some does not ask for it      these
    all ask, and the zone's tag leaves some out  these
    all ask, and it names them all               any of them: a guest must meet each one

A guest is any other VPC of the zone, or the VPC at the other end of a peering of a home.

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
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import SHARE, ZONES
from peerkeeper.values.tags import is_exempt, value_of, words_for
from peerkeeper.values.zones import HostedZone, ZoneVpc


class Meeting(NamedTuple):
    """A peering that joins a home of the zone with another VPC, as the home's side shows it."""

    pcx: PeeringConnection
    home: Side
    guest: Side

    @property
    def named(self) -> ZoneVpc:
        """The guest, as Route 53 names it."""
        return ZoneVpc(self.guest.location.region, self.guest.vpc_id)

    @property
    def at_home(self) -> ZoneVpc:
        """The home, as Route 53 names it."""
        return ZoneVpc(self.home.location.region, self.home.vpc_id)


def home_of(zone: HostedZone, vpc: ZoneVpc) -> Location:
    """Return where a VPC of the zone is, if the zone's account owns it."""
    return Location(zone.owner, vpc.region)


class Homes(NamedTuple):
    """The VPCs of the zone that are no guests."""

    vpcs: frozenset[ZoneVpc]
    sure: bool
    """False where any of them may be a guest. The zone must not spread from guest to guest."""


def homes(seen: Snapshot, zone: HostedZone) -> Homes:
    """Return the homes, as far as the VPCs of the zone were read; one that was not read counts as a home."""
    own = {vpc for vpc in zone.vpcs if not _is_elsewhere(seen, zone, vpc)}
    unasked = {vpc for vpc in own if not lets_in(seen, zone, home_of(zone, vpc), vpc.id)}
    unnamed = {vpc for vpc in own if not lets_out(zone, Side(home_of(zone, vpc), vpc.id))}
    return Homes(frozenset(unasked or unnamed or own), bool(unasked or unnamed))


def _is_elsewhere(seen: Snapshot, zone: HostedZone, vpc: ZoneVpc) -> bool:
    """Tell whether another account has the VPC: EC2 says so, or a whole read does not show it."""
    where = home_of(zone, vpc)
    known = seen.vpcs.get((where, vpc.id))
    if known:
        return known.owner_id != zone.owner
    return seen.has_read(where, Describe.VPCS, By.VPC, vpc.id)


def meetings(seen: Snapshot, zone: HostedZone) -> Iterator[Meeting]:
    """Yield each peering of each home, in any state; in the order of their ids."""
    found = homes(seen, zone).vpcs
    met = (one for vpc in found for one in seen.peerings_of(home_of(zone, vpc), vpc.id))
    for pcx, own, peer in sorted(met, key=lambda one: (one.pcx.id, one.own.vpc_id)):
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
