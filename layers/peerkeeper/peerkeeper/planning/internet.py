"""Does a route table lead to the internet? Three answers, by what its routes cover together.

In: a route table. Out: yes (True), no (False), not known (None).

    routes to internet gateways, together    every other way out of private address space    answer
    cover all of IPv4, each active           any                                             yes
    none                                     none, or NAT gateways alone, none a blackhole   no
    anything else                            anything                                        not known

A way out is an IPv4 route whose destination reaches outside private address space. Routes to the VPC itself,
to peers and to gateway endpoints are none. An appliance, a firewall endpoint, a transit or virtual private
gateway may lead anywhere.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network

from peerkeeper.values.ec2 import Network, Route, RouteTable, cover, inside, network

PRIVATE = tuple(
    map(
        network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"),
    )
)
ALL = IPv4Network("0.0.0.0/0")


def leads_to_internet(table: RouteTable) -> bool | None:
    """Tell whether the table leads to the internet; None where that is not known."""
    # A list's entries stand beside its route; the route alone counts, as not every function reads lists.
    routes = (one for one in table.routes if not (one.prefix_list and one.destination))
    ways = [route for route in routes if _is_way_out(route)]
    if any(route.blackhole or route.odd for route in ways):
        return None
    gateways = [route for route in ways if route.target.startswith("igw-")]
    if gateways:
        return True if cover((route.destination for route in gateways), ALL) else None
    return False if all(route.target.startswith("nat-") for route in ways) else None


def _is_way_out(route: Route) -> bool:
    """Tell whether the route leads out of private address space: a prefix list does, but an endpoint's."""
    if route.destination is None or route.prefix_list:
        return not route.target.startswith("vpce-")
    if route.destination.version != 4 or route.target == "local" or route.to_peering:
        return False
    return not _is_private(route.destination)


@lru_cache(maxsize=65_536)
def _is_private(destination: Network) -> bool:
    """Tell whether it lies in private address space. Kept: tables hold the same networks many times."""
    return any(inside(destination, private) for private in PRIVATE)
