"""The network that a route to an end's VPC would have, as `connect_peerings` makes it.

In: what was read, the peering if there is one, the end. Out: a network. Never decides to write.

    a CIDR of its VPC that holds it, as the peering or else its table shows    that CIDR
    none is shown                                                              its subnet, or else its address
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.ec2 import Network, PeeringConnection, inside
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.surroundings import Surroundings


def peer_network(around: Surroundings, via: PeeringConnection | None, end: Endpoint) -> Network:
    """Return the widest network that a route to the end may have without leading beyond its VPC."""
    wide = (cidr for cidr in _cidrs(around, via, end) if inside(end.network, cidr))
    return next(wide, end.subnet_network or end.network)


def _cidrs(around: Surroundings, via: PeeringConnection | None, end: Endpoint) -> Iterator[Network]:
    for side in (via.requester, via.accepter) if via else ():
        if (side.location, side.vpc_id) == (end.location, end.vpc_id):
            yield from side.cidrs
    table = around.table_of(end)
    for route in table.routes if table else ():
        if route.target == "local" and route.destination:
            yield route.destination
