"""Hypothesis strategies: small worlds of two locations, peerings in any status, routes of any kind."""

from __future__ import annotations

from hypothesis import strategies as st
from peerkeeper.loop.list_entries import with_entries
from peerkeeper.values.ec2 import (
    Location,
    PeeringConnection,
    PeeringStatus,
    PrefixList,
    Route,
    RouteTable,
    Side,
    Subnet,
    Vpc,
    network,
)
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.snapshot import Snapshot

from tests.builders import SEOUL, TOKYO, US

CIDRS = tuple(
    map(network, ("10.1.0.0/16", "10.2.0.0/16", "10.2.128.0/17", "172.31.0.0/16", "8.0.0.0/16"))
)
PCX = tuple(f"pcx-{n:017x}" for n in range(4))
VPCS = tuple(f"vpc-{n:017x}" for n in range(3))
TARGETS = (*PCX, "nat-1", "tgw-1", "igw-1")
TAGS = (
    (),
    (("peerkeeper:peers", "self"),),
    (("peerkeeper:peers", "444455556666"),),
    (("peerkeeper:exempt", "true"),),
    (("peerkeeper:routes", "none"),),
)
LOCATIONS = (SEOUL, TOKYO)
LISTS = ("pl-0000000a", "pl-0000000b")

routes = st.builds(
    Route,
    st.sampled_from((*CIDRS, network("0.0.0.0/0"), network("10.0.0.0/8"))),
    st.sampled_from(TARGETS),
    blackhole=st.booleans(),
    static=st.booleans(),
)


listed = st.builds(
    Route,
    st.none(),
    st.sampled_from(TARGETS),
    blackhole=st.booleans(),
    static=st.just(False),
    prefix_list=st.sampled_from(LISTS),
)
"""A route to a prefix list; its entries come from `_lists`."""
entries = st.lists(st.sampled_from((*CIDRS, network("10.2.7.0/24"))), max_size=2, unique=True)


def _lists(draw: st.DrawFn) -> dict[tuple[Location, str], PrefixList]:
    """The lists of both locations, as they were read: one may be AWS's, one may be missing."""
    return {
        (where, name): PrefixList(where, name, tuple(draw(entries)), draw(st.booleans()))
        for where in LOCATIONS
        for name in LISTS
        if draw(st.booleans())
    }


def _table(
    where: Location, number: int, vpc: str, drawn: list[Route], tags: tuple, main: bool
) -> RouteTable:
    return RouteTable(
        where,
        f"rtb-{number:017x}",
        vpc,
        US,
        main=main,
        routes=tuple({route.destination or route.prefix_list: route for route in drawn}.values()),
        tags=tags,
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    vpcs, tables, subnets, peerings = [], [], [], []
    lists = _lists(draw)
    for where in LOCATIONS:
        for number, vpc_id in enumerate(VPCS[: draw(st.integers(1, 3))]):
            cidrs = (CIDRS[draw(st.integers(0, len(CIDRS) - 1))],)
            vpcs.append(Vpc(where, vpc_id, US, cidrs, draw(st.sampled_from(TAGS))))
            subnets.append(Subnet(where, f"subnet-{number:017x}", vpc_id, US, draw(st.booleans())))
            for at in range(draw(st.integers(1, 2))):
                drawn = draw(st.lists(st.one_of(routes, routes, listed), max_size=4))
                tags = draw(st.sampled_from(TAGS))
                main = at == 0 and draw(st.booleans())
                table = _table(where, number + 10 * at, vpc_id, drawn, tags, main)
                tables.append(with_entries(table, lists))
    for pcx_id in PCX[: draw(st.integers(0, 4))]:
        peerings += _views(draw, pcx_id, vpcs)
    keyed = [{(r.location, r.id): r for r in found} for found in (vpcs, subnets, tables, peerings)]
    off = {(vpc.location, vpc.id): draw(st.booleans()) for vpc in vpcs}
    return Snapshot(
        *keyed,
        prefix_lists=lists,
        dns_hostnames=off,
        dns_support={key: on or draw(st.booleans()) for key, on in off.items()},
        done=frozenset(Read(where, kind) for where in LOCATIONS for kind in Describe),
    )


def _views(draw: st.DrawFn, pcx_id: str, vpcs: list[Vpc]) -> list[PeeringConnection]:
    one, two = draw(st.sampled_from(vpcs)), draw(st.sampled_from(vpcs))
    status = draw(st.sampled_from(PeeringStatus))
    requester = Side(one.location, one.id, one.cidrs, draw(st.booleans()))
    accepter = Side(two.location, two.id, two.cidrs, draw(st.booleans()))
    return [
        PeeringConnection(
            where,
            pcx_id,
            status,
            requester,
            accepter,
            draw(st.sampled_from(((), (("peerkeeper:approved", "true"),)))),
        )
        for where in {one.location, two.location}
    ]


def shuffled(seen: Snapshot, draw: st.DrawFn) -> Snapshot:
    """The same snapshot, every mapping in another order."""
    parts = {}
    for name in ("vpcs", "subnets", "route_tables", "peerings", "dns_hostnames"):
        items = draw(st.permutations(list(getattr(seen, name).items())))
        parts[name] = dict(items)
    return Snapshot(
        **parts,
        prefix_lists=seen.prefix_lists,
        dns_support=seen.dns_support,
        done=seen.done,
        absent_before=seen.absent_before,
    )
