"""Owners, who change their subnets while Peerkeeper is at work.

In: a schedule. Out: one more of their changes, drawn by its seed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator.desired import sides_at
from simulator.destinations import KEY
from simulator.opponents import attempt
from simulator.rows import Place, Subnet, Table
from simulator.scenarios.scenario import GATEWAY

ANYWHERE = "0.0.0.0/0"
PARTS = tuple(f"10.{n}.16.0/20" for n in (1, 2, 3, 4))
"""Parts of the VPCs of the scenarios. Each lies outside all other VPCs."""


def meddle(schedule: Any) -> None:
    """An owner changes a subnet, its table, its way out, or what its VPC asks for."""
    random = schedule.scheduler.random
    where = random.choice(schedule.policy.ours)
    place = schedule.world.now.places[where]
    if place.vpcs:
        random.choice(DEEDS)(schedule, where, place)


def narrow(schedule: Any) -> None:
    """An owner says on a peering which part of the peer is to be routed, or says it wrongly."""
    random, world = schedule.scheduler.random, schedule.world
    if not world.now.peerings:
        return
    where, pcx = random.choice(schedule.policy.ours), random.choice(sorted(world.now.peerings))
    networks = [side.cidrs[0] for _, side in sides_at(world.now.peerings[pcx], where)]
    parts = [".".join([*one.split(".")[:2], "16.0/20"]) for one in networks]
    said = random.choice(["subnets", "subnets", *parts, " ".join(PARTS), PARTS[0], "all of it"])
    tag = {"Key": KEY, "Value": said}
    attempt(schedule, where, "create_tags", Resources=[pcx], Tags=[tag])


def _switch(schedule: Any, where: Location, place: Place) -> None:
    """Turn a subnet's public addresses on, or off."""
    if place.subnets:
        subnet = _one(schedule, place.subnets)
        value = {"Value": not subnet.public}
        attempt(
            schedule,
            where,
            "modify_subnet_attribute",
            SubnetId=subnet.id,
            MapPublicIpOnLaunch=value,
        )


def _new_subnet(schedule: Any, where: Location, place: Place) -> None:
    """Make a subnet, which has the main table."""
    vpc, number = _one(schedule, place.vpcs), 200 + len(place.subnets)
    cidr = ".".join([*vpc.cidrs[0].split(".")[:2], f"{number}.0/24"])
    attempt(schedule, where, "create_subnet", VpcId=vpc.id, CidrBlock=cidr)


def _move(schedule: Any, where: Location, place: Place) -> None:
    """Take a subnet's own table from it, or give it one."""
    if not place.subnets:
        return
    subnet: Subnet = _one(schedule, place.subnets)
    named = [{"Name": "association.subnet-id", "Values": [subnet.id]}]
    reply = attempt(schedule, where, "describe_route_tables", Filters=named)
    for table in reply.get("RouteTables", ()):
        for item in table["Associations"]:
            if item.get("SubnetId") == subnet.id:
                one = item["RouteTableAssociationId"]
                attempt(schedule, where, "disassociate_route_table", AssociationId=one)
                return
    _give(schedule, where, subnet, place)


def _give(schedule: Any, where: Location, subnet: Subnet, place: Place) -> None:
    """Give the subnet a table that is there, or a new one."""
    tables = [
        table.id
        for table in place.tables.values()
        if table.vpc_id == subnet.vpc_id and not table.main and not table.gateway_ids
    ]
    if not tables:
        made = attempt(schedule, where, "create_route_table", VpcId=subnet.vpc_id)
        tables = [made["RouteTable"]["RouteTableId"]]
    chosen = schedule.scheduler.random.choice(tables)
    attempt(schedule, where, "associate_route_table", RouteTableId=chosen, SubnetId=subnet.id)


def _way_out(schedule: Any, where: Location, place: Place) -> None:
    """Give a table a route to the internet, or delete it."""
    table: Table = _one(schedule, place.tables)
    route = {"RouteTableId": table.id, "DestinationCidrBlock": ANYWHERE}
    if any(one.destination == ANYWHERE for one in table.routes):
        attempt(schedule, where, "delete_route", **route)
    else:
        attempt(schedule, where, "create_route", **route, GatewayId=GATEWAY)


def _consent(schedule: Any, where: Location, place: Place) -> None:
    """Let a VPC ask for a setting, or no longer, or forbid it."""
    random = schedule.scheduler.random
    vpc, key = _one(schedule, place.vpcs), random.choice(["public-ip", "public-ip", "dns"])
    value = random.choice(["enforce", "enforce", "leave", ""])
    tag = {"Key": f"peerkeeper:{key}", **({"Value": value} if value else {})}
    call = "create_tags" if value else "delete_tags"
    attempt(schedule, where, call, Resources=[vpc.id], Tags=[tag])


def _one(schedule: Any, rows: Any) -> Any:
    return rows[schedule.scheduler.random.choice(sorted(rows))]


DEEDS: tuple[Callable[[Any, Location, Place], None], ...] = (
    _switch,
    _new_subnet,
    _move,
    _move,
    _way_out,
    _consent,
)
