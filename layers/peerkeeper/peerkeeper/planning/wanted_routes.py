"""What the tables of one of our sides should route to a peering, and what is alike in all of these tables.

In: a peering that our side agreed to, the peer's networks. Out: `WantedRoutes`. Never decides to write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from peerkeeper.planning.agreement import consent
from peerkeeper.planning.route_scope import ToRoute
from peerkeeper.values.consents import Consent
from peerkeeper.values.ec2 import Network, PeeringConnection, Side, Vpc
from peerkeeper.values.prefixes import Prefix, prefix_of


@dataclass(frozen=True)
class WantedRoutes:
    """What each table of a side should route. Not slotted: it keeps what new routes share, once asked for."""

    pcx: PeeringConnection
    own: Side
    peer: Side
    vpc: Vpc
    """Ours."""
    networks: Sequence[Network]
    """What each table should route: allowed, and clear of our own VPC."""
    known: tuple[Network, ...]
    """All networks of the peer."""
    scope: ToRoute
    claims_read: bool
    """Whether all peerings of our VPC were read. Until then another may claim the same network."""

    @cached_property
    def consent(self) -> Consent | None:
        """What the routes rest on."""
        return consent(self.pcx, self.own, self.peer, self.vpc, accepting=False)

    @cached_property
    def shared(self) -> Mapping[int, tuple[Prefix, str, str]]:
        """What the new routes to one network share: its prefix, the reason before and after the table's id.

        By the identity of the network. To make these for each table would take longer than all the rest.
        """
        state = f"{self.pcx.id} is {self.pcx.status} and "
        return {id(to): (prefix_of(to), state, f" has no route to {to}") for to in self.networks}
