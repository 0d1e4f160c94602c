"""What the sweep reads for PrivateZones: a share of each account's zones, and what is around the tagged ones.

In: what was seen, the swept locations, settings. Out: `Read`s. Route 53 is one service for all Regions of a
partition. So only the sweep of one Region looks at it: the hub's, or the first one if the hub's is not swept.

of each zone with peerkeeper:share               is read
its VPCs in the account that owns it             the VPC, and its peerings
a live peering's other VPC, named by the tag     the VPC, and its own view of the peering
one that also names the zone's account           its DNS attributes, and its zones unless it has this one
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.planning.zone_sharing import home_of, is_to_share, lets_out, meetings
from peerkeeper.reading.what_to_read import peerings_of
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import ROUTABLE, Location
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import SHARE
from peerkeeper.values.tags import value_of
from peerkeeper.values.zones import HostedZone

TURN = 300
"""Seconds after which the next share of an account's zones has its turn: the sweep comes no sooner."""


def zone_reads(seen: Snapshot, swept: Iterable[Location], settings: Settings) -> Iterator[Read]:
    """Yield the reads of the zones of each account that is swept in the Region of the look."""
    for where in sorted(swept):
        if where.region == region_of_look(settings):
            yield Read(where, Describe.ZONES, value=str(int(seen.now) // TURN))
    for account in seen.zones.values():
        for zone in account.tagged:
            if value_of(zone.tags, SHARE) is not None:
                yield from _around(seen, zone, settings)


def region_of_look(settings: Settings) -> str:
    """Return the Region whose sweep looks at Route 53: the same one for every account."""
    regions = {one.region for one in settings.locations}
    return settings.home_region if settings.home_region in regions else min(regions, default="")


def _around(seen: Snapshot, zone: HostedZone, settings: Settings) -> Iterator[Read]:
    for vpc in sorted(zone.vpcs):
        where = home_of(zone, vpc)
        if settings.covers(where):
            yield Read(where, Describe.VPCS, By.VPC, vpc.id)
            yield from peerings_of(where, vpc.id)
    for one in meetings(seen, zone):
        where, vpc_id = one.guest.location, one.guest.vpc_id
        if one.pcx.status not in ROUTABLE or not lets_out(zone, one.guest):
            continue
        if settings.covers(where):
            yield Read(where, Describe.VPCS, By.VPC, vpc_id)
            yield Read(where, Describe.PEERINGS, By.PEERING, one.pcx.id)
        if is_to_share(seen, zone, one):
            yield Read(where, Describe.DNS_HOSTNAMES, By.VPC, vpc_id)
            yield Read(where, Describe.DNS_SUPPORT, By.VPC, vpc_id)
            if one.named not in zone.vpcs:
                yield Read(where, Describe.ZONES_OF_VPC, By.VPC, vpc_id)
