"""The calls of people and their programs in one estate, each recorded by the trail.

In: a location, a call. Out: EC2's reply, or nothing. A person waits with a call to a Region that is down.
What EC2 refuses is counted, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

from botocore.exceptions import ClientError

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering, Side
from peerkeeper_local.semantics.peering_state import state_of
from simulator.load.big_world import BigWorld
from simulator.load.estate import Estate
from simulator.rows import Table
from simulator.start import clients

Act: TypeAlias = Callable[[], object]
SETTLED = 300.0
"""Seconds. People change only peerings that are older."""


class Callers:
    """Everybody who calls EC2 in one world, except the functions."""

    def __init__(self, world: BigWorld, estate: Estate) -> None:
        self.world, self.estate = world, estate
        self.random = world.scheduler.random
        self.ec2 = clients(world)
        self.refused = 0
        """Calls that EC2 refused."""
        self.last: dict[str, float] = {}
        """When somebody last acted on a peering, by its id."""
        self.is_down: Callable[[str], bool] = lambda _: False
        self.later: Callable[[Act], None] = lambda _: None
        """Takes an act in a Region that is down."""
        self._live = [one.id for one in estate.state.peerings.values()]

    def do(self, where: Location, method: str, pcx: str = "", **sent: Any) -> Any:
        """Make one call, now or once the Region is back. `pcx`: the peering that it is about, if any."""
        if self.waits(where, partial(self.do, where, method, pcx, **sent)):
            return None
        if pcx:
            self.last[pcx] = self.world.scheduler.now
        try:
            return getattr(self.ec2(*where), method)(**sent)
        except ClientError:
            self.refused += 1
            return None

    def waits(self, where: Location, act: Act) -> bool:
        """Whether the Region is down: then the act comes once it is back."""
        if down := self.is_down(where.region):
            self.later(act)
        return down

    def ask(self, here: Side, there: Side) -> str:
        """Ask for a peering; return its id, or nothing."""
        reply = self.do(
            here.location,
            "create_vpc_peering_connection",
            VpcId=here.vpc_id,
            PeerVpcId=there.vpc_id,
            PeerOwnerId=there.location.account,
            PeerRegion=there.location.region,
        )
        if not reply:
            return ""
        pcx = str(reply["VpcPeeringConnection"]["VpcPeeringConnectionId"])
        self._live.append(pcx)
        self.last[pcx] = self.world.scheduler.now
        return pcx

    def end(self, pcx: str) -> None:
        """Delete a peering, from its requester's side; another request for its VPCs may wait for that."""
        row = self.world.now.peerings[pcx]
        where = row.requester.location
        for other in self.world.near(where).peerings.values():
            if other.joins(row.requester.vpc_id) and other.joins(row.accepter.vpc_id):
                self.last[other.id] = self.world.scheduler.now
        self.do(where, "delete_vpc_peering_connection", pcx, VpcPeeringConnectionId=pcx)

    def some_peering(self) -> str:
        """Return a peering that is live and settled, or nothing."""
        while self._live:
            at = self.random.randrange(len(self._live))
            row = self.world.now.peerings[self._live[at]]
            if not self._settled(row):
                return ""
            if state_of(row, self.world.moment()).code == "active":
                return row.id
            self._live[at] = self._live[-1]
            self._live.pop()
        return ""

    def _settled(self, row: Peering) -> bool:
        return row.created < self.world.scheduler.now - SETTLED

    def group(self) -> list[Location]:
        """Return the locations of accounts that consent to each other."""
        group = self.random.choice(self.estate.groups)
        return [where for where in self.estate.locations if where.account in group]

    def some_side(self, among: Sequence[Location]) -> Side:
        """Return a VPC of one of these locations."""
        where = self.random.choice(among)
        return self.side(where, self.random.choice(list(self.world.now.places[where].vpcs)))

    def side(self, where: Location, vpc: str) -> Side:
        """Return a VPC as a side of a peering."""
        side = self.world.now.side(where, vpc)
        assert side
        return side

    def tables(self, side: Side) -> list[Table]:
        """Return the route tables of a VPC."""
        tables = self.world.now.places[side.location].tables.values()
        return [table for table in tables if table.vpc_id == side.vpc_id]

    def retag(self, side: Side) -> None:
        """Write the tags of a VPC again, as a program does that sets them each time."""
        tags = self.world.now.places[side.location].tags.get(side.vpc_id, {})
        if tags:
            self.tag(side.location, side.vpc_id, tags)

    def tag(self, where: Location, resource: str, tags: Any, pcx: str = "") -> None:
        """Write tags."""
        sent = [{"Key": key, "Value": value} for key, value in tags.items()]
        self.do(where, "create_tags", pcx, Resources=[resource], Tags=sent)

    def untag(self, where: Location, resource: str, key: str, pcx: str = "") -> None:
        """Remove a tag."""
        self.do(where, "delete_tags", pcx, Resources=[resource], Tags=[{"Key": key}])
