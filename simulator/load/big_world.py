"""A simulated cloud with thousands of locations: it knows which peerings touch each, and keeps no past.

In and out: as `simulator.world`. A read costs by what its location has, not by the size of the estate.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering
from simulator import ec2
from simulator.documents import Document
from simulator.rows import State
from simulator.world import Params, World


class BigWorld(World):
    """One simulated cloud, from a state on. No read of it lags."""

    def __init__(self, *made: Any) -> None:
        super().__init__(*made)
        self._touching: dict[Location, dict[str, Peering]] = defaultdict(dict)
        self._learn({}, self.now)

    def near(self, where: Location) -> State:
        """Return the state that holds, with only the peerings that touch the location."""
        return State(self.now.at, self.now.places, self._touching[where])

    def read(self, run: Any, where: Location, action: str, params: Params) -> Document:
        """Answer a describe as of now. Raises Refusal."""
        self.calls += 1
        near = self.near(where)
        if action == "DescribeVpcAttribute":
            return ec2.vpc_attribute(near, where, params)
        return ec2.described(near, where, action, params, self.moment())

    def write(
        self, run: Any, where: Location, action: str, params: Params, principal: str
    ) -> Document:
        """Make a change, if EC2's rules allow it. Raises Refusal."""
        before = self.now
        reply = super().write(run, where, action, params, principal)
        self._learn(before.peerings, self.now)
        # A day has so many states that no memory holds them. Only a read that lags needs an old one.
        del self.states[:-1]
        return reply

    def _learn(self, before: Any, state: State) -> None:
        if state.peerings is before:
            return
        for pcx, row in state.peerings.items():
            if before.get(pcx) is not row:
                for side in (row.requester, row.accepter):
                    self._touching[side.location] = {**self._touching[side.location], pcx: row}
