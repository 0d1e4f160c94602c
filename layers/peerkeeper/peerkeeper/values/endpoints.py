"""The end of a question about reachability: one address of an interface, or any interface of a subnet.

In: nothing. Out: `Endpoint`. Each has one address family. IPv4 and IPv6 are two questions.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location, Network


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where packets start or end.

    An address is a network of one address. A subnet's network stands for any interface in it. Then no group
    is judged, and a hop passes only if it passes for every address.
    """

    location: Location
    vpc_id: str
    subnet_id: str
    """Empty where it is not known."""
    network: Network
    group_ids: tuple[str, ...] | None = None
    """The groups of the interface. None where they are not known. What depends on them is unknown then."""
    any_of_subnet: bool = False
    """The question is about any interface of the subnet: no group of this end is judged."""
    interface_id: str = ""
    subnet_network: Network | None = None
    """The network of the subnet that holds the address, for the route that a remedy names."""

    def __str__(self) -> str:
        """Return the end as people name it: the interface or the subnet, with the address."""
        address = shown(self.network)
        name = self.interface_id or self.subnet_id
        return f"{name} ({address})" if name else address


def shown(network: Network) -> str:
    """Return a network as people write it: an address without its prefix length."""
    alone = network.prefixlen == network.max_prefixlen
    return str(network.network_address if alone else network)
