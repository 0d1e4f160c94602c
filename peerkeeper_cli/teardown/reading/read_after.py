"""Read what a peering or a VPC left behind. In: an id, `Opened`, what was known before. Out: `Seen`.

While EC2 still shows the target, this is the same as before it. Later only what names it elsewhere is read.
EC2 shows a deleted peering for some hours. Then only a list from before says whose VPCs to look at.
"""

from __future__ import annotations

from dataclasses import replace

from peerkeeper.aws import parse
from peerkeeper.values.ec2 import Location

from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.reader.progress import Progress
from peerkeeper_cli.teardown.before import Before
from peerkeeper_cli.teardown.reading import find, parsed
from peerkeeper_cli.teardown.reading.asking import Ask, Asking
from peerkeeper_cli.teardown.reading.read import read, seen_of
from peerkeeper_cli.teardown.reading.read_zones import as_its_owner_sees, zones_owned
from peerkeeper_cli.teardown.reading.reading import Reading, homes_of, places_of
from peerkeeper_cli.teardown.seen.contents import Address
from peerkeeper_cli.teardown.seen.group import GroupReference
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import Seen
from peerkeeper_cli.teardown.seen.zone import Zone

FORGOTTEN = (
    "EC2 no longer shows the peering and its VPCs, so the zones of these were not read. Name the list that "
    "--json wrote before, with --before"
)

UNKNOWN_BEFORE = (
    "EC2 no longer shows the VPC, so its addresses and its older peerings are not known. Name the list that "
    "--json wrote before, with --before"
)


def read_after(target: str, opened: Opened, progress: Progress, before: Before) -> Seen:
    """Return what is still there of the target, or names it. Raises ReadError where nothing can be asked."""
    reading = Reading(target, opened, Asking(opened.access, progress), places_of(opened))
    asks = find.peering_asks if target.startswith("pcx-") else find.vpc_asks
    there = find.found(reading.asking, asks(target, reading.places))
    if there.listed:
        return read(target, opened, progress)
    kind = Kind.PEERING if target.startswith("pcx-") else Kind.VPC
    for where, words in there.troubles:
        reading.gaps.note(kind, where, target, words)
    if target.startswith("vpc-"):
        return _of_gone_vpc(reading, before)
    reading.peerings = before.peerings
    if before.peerings:
        return seen_of(reading)
    reading.gaps.note(Kind.ZONE, min(reading.places), target, FORGOTTEN)
    return _named_elsewhere(reading, {target})


def _of_gone_vpc(reading: Reading, before: Before) -> Seen:
    """Read the peerings that EC2 still shows, or that were known before, and all that names the VPC."""
    if before.vpc is None:
        reading.gaps.note(Kind.ADDRESS, min(reading.places), reading.target, UNKNOWN_BEFORE)
    elif before.vpc not in reading.places:
        words = (
            "the VPC was here, and the command looked elsewhere: name the --region and a --profile"
        )
        reading.gaps.note(Kind.VPC, before.vpc, reading.target, words)
    asks = find.peerings_of_vpc_asks(reading.target, reading.places)
    shown = find.found(reading.asking, asks)
    for where, words in shown.troubles:
        reading.gaps.note(Kind.PEERING, where, reading.target, words)
    known = {one.id: one for one in (*before.peerings, *find.latest(shown.listed))}
    reading.peerings = tuple(known.values())
    seen = _named_elsewhere(reading, {*known})
    zones = _zones(reading)
    addresses = _addresses(reading, before)
    return replace(seen, zones=zones, left_addresses=addresses, unread=tuple(reading.gaps.found))


def _named_elsewhere(reading: Reading, pcx_ids: set[str]) -> Seen:
    """Return the routes to these peerings and the rules of all groups."""
    asking, gaps, places = reading.asking, reading.gaps, sorted(reading.places)
    routes = find.found(asking, find.route_asks(pcx_ids, places))
    for where, words in routes.troubles:
        gaps.note(Kind.ROUTE, where, reading.target, words)
    rules: list[GroupReference] = []
    asks = [Ask("DescribeSecurityGroupRules", where, "SecurityGroupRules") for where in places]
    for where, answer in zip(places, asking.all(asks), strict=True):
        listed = gaps.listed(answer, Kind.STALE_RULE, where, reading.target)
        rules += parsed.rules(listed, where)
    return Seen(
        target=reading.target,
        peerings=reading.peerings,
        readable=reading.readable,
        tables=tuple(parse.route_table(raw, where) for where, raw in routes.listed),
        rules=tuple(rules),
        names=tuple(sorted(asking.names.items())),
        unread=tuple(gaps.found),
    )


def _zones(reading: Reading) -> tuple[Zone, ...]:
    asking, gaps, homes = reading.asking, reading.gaps, homes_of(reading.opened)
    return tuple(
        as_its_owner_sees(asking, zone, homes[zone.owner], gaps, records=False)
        for zone in zones_owned(asking, homes.values(), gaps).values()
    )


def _addresses(reading: Reading, before: Before) -> tuple[tuple[Location, Address], ...]:
    """Return the VPC's addresses that are still held: known ones, and ones of NAT gateways that EC2 shows.

    A deleted NAT gateway is shown for about an hour, with its addresses.
    Source: VPC User Guide, NAT gateways.
    """
    asking, gaps, places = reading.asking, reading.gaps, sorted(reading.places)
    filters = {"Filter": [{"Name": "vpc-id", "Values": [reading.target]}]}
    gateways = [Ask("DescribeNatGateways", where, "NatGateways", filters) for where in places]
    known = {*before.addresses}
    for where, answer in zip(places, asking.all(gateways), strict=True):
        for one in gaps.listed(answer, Kind.NAT_GATEWAY, where, reading.target):
            held = one.get("NatGatewayAddresses") or ()
            known |= {(where, str(each.get("AllocationId", ""))) for each in held}
    asks = [Ask("DescribeAddresses", where, "Addresses") for where in places]
    return tuple(
        (where, parsed.address(one))
        for where, answer in zip(places, asking.all(asks), strict=True)
        for one in gaps.listed(answer, Kind.ADDRESS, where, reading.target)
        if (where, one.get("AllocationId", "")) in known and not one.get("AssociationId")
    )
