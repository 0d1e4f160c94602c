"""The packets of one way: who sends them, who receives them, and around what.

In: nothing. Out: `Flow`, `Passed`. The way there and the way back are a flow each. Each hop judges a flow.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import PeeringConnection
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.intervals import Intervals
from peerkeeper.values.reachability import Hop
from peerkeeper.values.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Flow:
    """Packets from one end to the other."""

    around: Surroundings
    sender: Endpoint
    receiver: Endpoint
    packets: Intervals
    back: bool = False
    via: PeeringConnection | None = None
    """The peering that the packets take, or would take; None within one VPC, and where there is none."""

    @property
    def same_vpc(self) -> bool:
        """Tell whether both ends are in one VPC; the account of an end may be a participant's.

        Source: VPC User Guide, shared subnets.
        """
        return bool(self.sender.vpc_id) and self.sender.vpc_id == self.receiver.vpc_id

    @property
    def same_subnet(self) -> bool:
        """Tell whether both ends are in one subnet: no table and no ACL judges their packets."""
        return (
            self.same_vpc
            and bool(self.sender.subnet_id)
            and (self.sender.subnet_id == self.receiver.subnet_id)
        )


@dataclass(frozen=True, slots=True)
class Passed:
    """A hop with the packets that pass it for every address of both ends, as far as it is known."""

    hop: Hop
    open: Intervals
