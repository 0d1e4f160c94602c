"""A large estate as it stands: accounts, VPCs with two route tables each, and peerings that carry all.

In: a size. Out: `Estate`: the state of EC2, and who is where. The first 80 accounts consent by their VPCs'
tags, in groups of eight; AllowedAccounts holds no more. The rest is only swept. One location has many VPCs,
as a hub of shared services has. All is as it should be: nothing is left to do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Network

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Options, Peering, Side
from peerkeeper_local.semantics.routes import Route, Target
from simulator.load.size import HOUR, Size
from simulator.operations.answer import id_of
from simulator.rows import Place, State, Subnet, Table, Vpc
from simulator.scheduler import START
from simulator.trail import OURS

GROUP = 8
"""Accounts that consent to each other's requests."""
SHARED = 40
"""VPCs of the location with shared services, more than the one that each location has."""
STANDING = 10
"""Peerings that stand at the start, for each account."""
NETS = list(IPv4Network("10.0.0.0/8").subnets(new_prefix=20))
MONTH_AGO = START - 30 * 24 * HOUR


@dataclass(frozen=True, slots=True)
class Estate:
    """What is there at the start."""

    state: State
    locations: tuple[Location, ...]
    groups: tuple[tuple[str, ...], ...]
    """Accounts that consent to each other."""
    shared: Location
    """The location with many VPCs, to which every group consents."""


def accounts_of(size: Size) -> tuple[str, ...]:
    """Return the accounts' ids, the hub's first."""
    return (OURS, *(f"{222_200_000_000 + n}" for n in range(1, size.accounts)))


def estate_of(size: Size) -> Estate:
    """Return the estate: the same for the same size."""
    accounts = accounts_of(size)
    allowed = accounts[: size.allowed]
    groups = tuple(allowed[at : at + GROUP] for at in range(0, len(allowed), GROUP))
    locations = tuple(Location(*where) for where in _all(accounts, size.regions))
    shared = Location(allowed[-1], size.regions[-1])
    builder = _Builder(locations, random.Random(size.seed))
    for where in locations:
        group = next((one for one in groups if where.account in one), ())
        named = allowed if where == shared else (*group, *((shared.account,) if group else ()))
        for _ in range(1 + SHARED * (where == shared)):
            builder.add_vpc(where, tags_for(named))
    for group in groups:
        builder.add_peerings([w for w in locations if w.account in group], STANDING * len(group))
    return Estate(builder.state(), locations, groups, shared)


def _all(accounts: tuple[str, ...], regions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from ((account, region) for account in accounts for region in regions)


def tags_for(accounts: tuple[str, ...]) -> dict[str, str]:
    """Return the tags of a VPC that consents to these accounts: a tag's value holds sixteen."""
    parts = [accounts[at : at + 16] for at in range(0, len(accounts), 16)]
    return {f"peerkeeper:peers-{n}": " ".join(part) for n, part in enumerate(parts, 1)}


class _Builder:
    """Builds the estate row by row."""

    def __init__(self, locations: tuple[Location, ...], chance: random.Random) -> None:
        self.places = {where: Place() for where in locations}
        self.home = {where: n for n, where in enumerate(sorted(locations))}
        self.peerings: dict[str, Peering] = {}
        self.random = chance
        self._nets = iter(NETS)

    def _id(self, prefix: str, where: Location, number: int) -> str:
        return id_of(prefix, self.home[where], len(self.home), number)

    def add_vpc(self, where: Location, tags: dict[str, str]) -> None:
        """Add a VPC with a main table, one more table, and a subnet on each."""
        place, net = self.places[where], next(self._nets)
        vpc, main, other, here, there = (
            self._id(prefix, where, place.made + n)
            for n, prefix in enumerate(("vpc", "rtb", "rtb", "subnet", "subnet"), 1)
        )
        local = (Route(str(net), Target("GatewayId", "local"), "CreateRouteTable"),)
        owner, subnets = where.account, [str(one) for one in net.subnets(prefixlen_diff=4)]
        self.places[where] = replace(
            place,
            vpcs={**place.vpcs, vpc: Vpc(vpc, owner, (str(net),), dns_hostnames=bool(tags))},
            tables={
                **place.tables,
                main: Table(main, vpc, owner, local, main=True),
                other: Table(other, vpc, owner, local, subnet_ids=(there,)),
            },
            subnets={
                **place.subnets,
                here: Subnet(here, vpc, owner, subnets[0]),
                there: Subnet(there, vpc, owner, subnets[1]),
            },
            tags={**place.tags, vpc: tags} if tags else place.tags,
            made=place.made + 5,
        )

    def add_peerings(self, among: list[Location], count: int) -> None:
        """Add peerings between VPCs of these locations, each pair once at most."""
        vpcs = [(where, vpc) for where in among for vpc in self.places[where].vpcs.values()]
        pairs = set[frozenset[str]]()
        most = len(vpcs) * (len(vpcs) - 1) // 2
        while len(pairs) < min(count, most):
            (here, one), (there, two) = self.random.sample(vpcs, 2)
            pair = frozenset((one.id, two.id))
            if pair not in pairs:
                pairs.add(pair)
                self._peer(Side(here, one.id, one.cidrs), Side(there, two.id, two.cidrs))

    def _peer(self, requester: Side, accepter: Side) -> None:
        pcx, yes = f"pcx-{len(self.peerings) + 1:017x}", Options(dns_from_remote_vpc=True)
        self.peerings[pcx] = Peering(
            pcx,
            requester,
            accepter,
            created=MONTH_AGO,
            accepted=MONTH_AGO + 60,
            requester_options=yes,
            accepter_options=yes,
        )
        for own, peer in ((requester, accepter), (accepter, requester)):
            place = self.places[own.location]
            route = Route(peer.cidrs[0], Target("VpcPeeringConnectionId", pcx))
            tables = {
                table.id: replace(table, routes=(*table.routes, route))
                for table in place.tables.values()
                if table.vpc_id == own.vpc_id
            }
            self.places[own.location] = replace(place, tables={**place.tables, **tables})

    def state(self) -> State:
        """Return what was built."""
        return State(0.0, self.places, self.peerings)
