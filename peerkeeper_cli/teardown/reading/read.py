"""Read all that a teardown has to know. In: an id, `Opened`, progress. Out: `Seen`. Raises ReadError.

First it finds the target and its peerings. With --role-name it assumes the role in the accounts of the other
sides. Then it reads routes, groups, zones, and what is in the VPC.
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.aws import parse
from peerkeeper.values.ec2 import Vpc

from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.reader.progress import Progress
from peerkeeper_cli.teardown.reading import find
from peerkeeper_cli.teardown.reading.asking import Asking
from peerkeeper_cli.teardown.reading.read_contents import read_contents
from peerkeeper_cli.teardown.reading.read_groups import read_groups, read_references
from peerkeeper_cli.teardown.reading.read_zones import as_its_owner_sees, zones_of, zones_owned
from peerkeeper_cli.teardown.reading.reading import Reading, homes_of, places_of
from peerkeeper_cli.teardown.reading.target import find_peering, find_vpc, follow_the_role
from peerkeeper_cli.teardown.seen.group import Group, GroupReference
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import OwnVpc, Seen
from peerkeeper_cli.teardown.seen.unread import Unseen
from peerkeeper_cli.teardown.seen.zone import Zone


def read(target: str, opened: Opened, progress: Progress) -> Seen:
    """Return what is there of a peering or of a VPC. Raises ReadError where the target is not found."""
    places = places_of(opened)
    reading = Reading(target, opened, Asking(opened.access, progress), places)
    if target.startswith("pcx-"):
        find_peering(reading)
    else:
        find_vpc(reading)
    follow_the_role(reading)
    return seen_of(reading)


def seen_of(reading: Reading) -> Seen:
    """Read what there is of the target and its peerings, which were found."""
    asking, gaps, sides = reading.asking, reading.gaps, reading.sides
    homes = {side.location for side in sides}
    pcx_ids = {one.id for one in reading.peerings}
    routes = find.found(asking, find.route_asks(pcx_ids, homes))
    for where, words in routes.troubles:
        gaps.note(Kind.ROUTE, where, reading.target, words)
    groups, rules = _groups(reading)
    vpcs = _vpcs(reading)
    contents = None
    vpc = reading.vpc
    if vpc:
        contents = read_contents(asking, vpc.location, vpc.id, gaps)
        vpc = OwnVpc(vpc.location, vpc.id, vpc.owner, vpc.default, contents)
    unseen = _unseen(reading)
    return Seen(
        target=reading.target,
        vpc=vpc,
        peerings=reading.peerings,
        networks=tuple((one.id, one.cidrs) for one in vpcs),
        readable=reading.readable,
        tables=tuple(parse.route_table(raw, where) for where, raw in routes.listed),
        groups=groups,
        rules=rules,
        zones=_zones(reading),
        referencing=_references(reading, groups, unseen),
        names=tuple(sorted(asking.names.items())),
        unread=tuple(gaps.found),
        unseen=unseen,
    )


def _groups(reading: Reading) -> tuple[tuple[Group, ...], tuple[GroupReference, ...]]:
    """Read the groups that can name a peer's group: of peerings within one Region. And the VPC's own."""
    near = {
        (side.location, side.vpc_id)
        for pcx in reading.peerings
        if pcx.requester.location.region == pcx.accepter.location.region
        for side in (pcx.requester, pcx.accepter)
        if side.vpc_id and side.location.account_id in reading.readable
    }
    vpc = reading.vpc
    own = {(vpc.location, vpc.id)} if vpc else set()
    asking, gaps = reading.asking, reading.gaps
    groups, rules = read_groups(asking, sorted(near - own), gaps, Kind.STALE_RULE)
    more, others = read_groups(asking, sorted(own), gaps, Kind.GROUP)
    return (*groups, *more), (*rules, *others)


def _references(
    reading: Reading, groups: Iterable[Group], unseen: Iterable[Unseen]
) -> tuple[tuple[str, str, str], ...]:
    """Read who names the groups of our VPCs that face a side which cannot say it itself."""
    dark = {(one.pcx_id, one.vpc_id) for one in unseen}
    facing = {
        (own.location, own.vpc_id)
        for pcx in reading.peerings
        for own, peer in ((pcx.requester, pcx.accepter), (pcx.accepter, pcx.requester))
        if (pcx.id, peer.vpc_id) in dark and own.location.region == peer.location.region
    }
    ours = [one for one in groups if (one.location, one.vpc_id) in facing]
    found = read_references(reading.asking, ours, reading.gaps)
    vpcs = {vpc_id for _, vpc_id in dark}
    return tuple(one for one in found if one[1] in vpcs)


def _vpcs(reading: Reading) -> list[Vpc]:
    asks = [ask for side in reading.sides for ask in find.vpc_asks(side.vpc_id, [side.location])]
    seen = find.found(reading.asking, asks)
    return [parse.vpc(raw, where) for where, raw in seen.listed]


def _zones(reading: Reading) -> tuple[Zone, ...]:
    """Read the zones of the VPC, or of both sides; for a VPC, also those that authorize it."""
    asking, gaps, vpc = reading.asking, reading.gaps, reading.vpc
    having = (
        [(vpc.location, vpc.id)] if vpc else [(one.location, one.vpc_id) for one in reading.sides]
    )
    found = zones_of(asking, having, gaps)
    homes = homes_of(reading.opened)
    if vpc:
        found = {**zones_owned(asking, homes.values(), gaps), **found}
    return tuple(
        as_its_owner_sees(asking, zone, homes[zone.owner], gaps, records=not vpc)
        if zone.owner in homes
        else zone
        for zone in found.values()
    )


def _unseen(reading: Reading) -> tuple[Unseen, ...]:
    """Return the sides of peerings that lived which no login can read."""
    return tuple(
        Unseen(side.location, side.vpc_id, pcx.id)
        for pcx in reading.peerings
        for side in (pcx.requester, pcx.accepter)
        if side.location.account_id not in reading.readable
    )
