"""Decide whether a table that routes only parts of a peer's network does so on purpose.

In: the snapshot, settings, a table that does not route the whole. Out: the parts that it is to route in its
place. Never decides to write.

    RouteScope    routes to parts    another table routes the whole and these parts    the table is to route
    keep          none               any                                               the whole
    keep          some               no                                                these parts, no more
    keep          some               yes                                               the whole: it was lost
    vpc           any                any                                               the whole

The other table is one of the same VPC. A table that routes only the whole says nothing: Peerkeeper itself
gives the whole to a table without any part. A part counts where the peering wins it.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.serving_tables import cidrs_of
from peerkeeper.planning.winning_route import winning
from peerkeeper.settings import RouteScope, Settings
from peerkeeper.values.aws_commands import MOST as MOST_CHARACTERS
from peerkeeper.values.aws_commands import create_tag
from peerkeeper.values.ec2 import Network, PeeringConnection, RouteTable
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import DESTINATIONS

MOST = 3
"""Parts that the finding names; it says how many there are."""


def kept_parts(
    seen: Snapshot,
    settings: Settings,
    pcx: PeeringConnection,
    table: RouteTable,
    destination: Network,
) -> tuple[Network, ...]:
    """Return the parts of the network that the table routes on purpose; none where the whole is wanted."""
    if settings.route_scope is RouteScope.VPC or not table.routes_to(pcx.id):
        return ()
    parts = tuple(sorted(_parts(table, pcx, destination)))
    siblings = seen.tables_of(table.location, table.vpc_id) if parts else ()
    for other in siblings:
        routed = {route.destination for route in other.routes_to(pcx.id)}
        if other.id != table.id and {destination, *parts} <= routed:
            return ()
    return parts


def _parts(table: RouteTable, pcx: PeeringConnection, destination: Network) -> Iterator[Network]:
    """Yield the parts of the network for which the table's winning route leads to the peering."""
    for part in {route.destination for route in table.within(destination)}:
        winner = winning(table, part) if part else None
        if part and winner and winner.target == pcx.id:
            yield part


def kept(
    seen: Snapshot,
    pcx: PeeringConnection,
    table: RouteTable,
    destination: Network,
    parts: tuple[Network, ...],
    *,
    writes: bool,
) -> Finding:
    """Return what a person should know of a table that stays narrow.

    `writes`: Peerkeeper may write routes into the table. Only then a tag or a setting adds the whole.
    """
    named = first_of(parts, MOST)
    words = (
        f"{table.id} routes only {named} of {destination} to {pcx.id}, and Peerkeeper adds no more"
    )
    remedy = _widened(seen, pcx, table) if writes else None
    if remedy:
        words += f"; {remedy.clause}"
    if writes:
        words += "; set RouteScope=vpc to route the whole network in every table"
    return Finding(Code.NARROW, table.location, table.id, words, pcx.id, remedy)


def _widened(seen: Snapshot, pcx: PeeringConnection, table: RouteTable) -> Remedy | None:
    """Return the tag that asks for the whole networks in each table of the side; None where it would not do.

    It must name all of them: what it leaves out is not asked for. They may be too long for a tag. In one
    location both sides share the tag, and it would widen the other VPC's tables too.
    """
    sides = pcx.own_sides()
    if len(sides) > 1:
        return None
    networks = (one for _, peer in sides for one in cidrs_of(seen, peer))
    value = " ".join(map(str, networks))
    if len(value) > MOST_CHARACTERS:
        return None
    command = create_tag(table.location.region, pcx.id, DESTINATIONS, value)
    return Remedy(f"to route the whole network for this peering only: {command}")
