"""Network interfaces, as values: addresses, subnet and groups of what sends and receives.

In: nothing. Out: frozen values. Never talks to AWS, never decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peerkeeper.values.ec2 import Location, Network
from peerkeeper.values.endpoints import Endpoint


@dataclass(frozen=True, slots=True)
class NetworkInterface:
    """A network interface."""

    location: Location
    id: str
    vpc_id: str
    subnet_id: str
    owner_id: str
    addresses: tuple[Network, ...] = ()
    """Networks of one address each: IPv4 first, and the primary one before all others."""
    group_ids: tuple[str, ...] = ()
    instance_id: str = ""
    kind: str = "interface"
    """`interface`, `nat_gateway`, `vpc_endpoint`, `lambda`…, as EC2 shows it."""
    description: str = ""
    name: str = ""
    """The value of its tag `Name`."""

    def endpoints(self, subnet_networks: tuple[Network, ...] = ()) -> Iterator[Endpoint]:
        """Yield one endpoint of a question for each address. `subnet_networks`: the subnet's, where known."""
        for address in self.addresses:
            of_subnet = [one for one in subnet_networks if one.version == address.version]
            yield Endpoint(
                self.location,
                self.vpc_id,
                self.subnet_id,
                address,
                self.group_ids,
                interface_id=self.id,
                subnet_network=of_subnet[0] if of_subnet else None,
            )
