"""What people do to peerings, VPCs and routes on an ordinary day. In: callers. Out: their calls."""

from __future__ import annotations

from ipaddress import IPv4Network

from simulator.load.callers import Act, Callers
from simulator.load.estate import tags_for

ROUTES = "peerkeeper:routes"
BY_HAND = 1 / 3
"""Share of the requests that a person accepts."""
SPARED = 600.0
"""Seconds for which somebody takes a route table out of every rule."""


class People:
    """The people of one estate."""

    def __init__(self, callers: Callers) -> None:
        self.callers = callers
        self.random = callers.random
        self._nets = IPv4Network("100.64.0.0/10").subnets(new_prefix=20)

    def ordinary(self) -> Act:
        """Return one of the acts of a day."""
        acts = {
            self.request: 25,
            self.delete: 20,
            self.unroute: 20,
            self.retag: 15,
            self.spare: 10,
            self.open: 5,
            self.new: 5,
        }
        return self.random.choices(list(acts), weights=list(acts.values()))[0]

    def request(self) -> None:
        """Ask for a peering of two VPCs of a group; a person accepts a third of these."""
        callers, group = self.callers, self.callers.group()
        here, there = callers.some_side(group), callers.some_side(group)
        pcx = callers.ask(here, there) if here.vpc_id != there.vpc_id else ""
        if pcx and self.random.random() < BY_HAND:
            callers.world.scheduler.after(3.0, self._accept, pcx)

    def _accept(self, pcx: str) -> None:
        where = self.callers.world.now.peerings[pcx].accepter.location
        self.callers.do(where, "accept_vpc_peering_connection", pcx, VpcPeeringConnectionId=pcx)

    def delete(self) -> None:
        """Delete a peering."""
        if pcx := self.callers.some_peering():
            self.callers.end(pcx)

    def unroute(self) -> None:
        """Delete one of the routes that Peerkeeper made."""
        callers, pcx = self.callers, self.callers.some_peering()
        side = callers.world.now.peerings[pcx].requester if pcx else None
        for table in callers.tables(side) if side else ():
            for route in table.routes:
                if route.target.id == pcx and side:
                    sent = {"RouteTableId": table.id, "DestinationCidrBlock": route.destination}
                    callers.do(side.location, "delete_route", pcx, **sent)
                    return

    def retag(self) -> None:
        """Write the tags of a VPC again."""
        self.callers.retag(self.callers.some_side(self.callers.estate.locations))

    def spare(self) -> None:
        """Take a route table out of every rule, and back in ten minutes later."""
        callers = self.callers
        side = callers.some_side(callers.estate.locations)
        if callers.waits(side.location, self.spare):
            return  # else the Region's return could bring the second call before the first
        table = self.random.choice(callers.tables(side))
        callers.tag(side.location, table.id, {ROUTES: "none"})
        callers.world.scheduler.after(SPARED, callers.untag, side.location, table.id, ROUTES)

    def open(self) -> None:
        """Give a table a way to the internet, or take it."""
        callers = self.callers
        side = callers.some_side(callers.estate.locations)
        table = self.random.choice(callers.tables(side))
        sent = {"RouteTableId": table.id, "DestinationCidrBlock": "0.0.0.0/0"}
        if any(route.destination == "0.0.0.0/0" for route in table.routes):
            callers.do(side.location, "delete_route", **sent)
        else:
            callers.do(side.location, "create_route", GatewayId="igw-1", **sent)

    def new(self) -> None:
        """Make a VPC that consents to its group, with a subnet that has its own table."""
        callers, group = self.callers, self.callers.group()
        where = self.random.choice(group)
        if callers.waits(where, self.new):
            return
        net, ec2 = next(self._nets), callers.ec2(*where)
        vpc = ec2.create_vpc(CidrBlock=str(net))["Vpc"]["VpcId"]
        part = str(next(net.subnets(prefixlen_diff=4)))
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=part)["Subnet"]["SubnetId"]
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        accounts = dict.fromkeys(one.account for one in group)
        callers.tag(where, vpc, tags_for((*accounts, callers.estate.shared.account)))
