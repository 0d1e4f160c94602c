"""Other people and tools, who work on the same resources. In: a schedule. Out: one more of their deeds.

What they do is drawn by the schedule's seed. A deed that EC2 refuses changes nothing.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.routes import Route
from simulator.desired import gone
from simulator.rows import Table
from simulator.scenarios.scenario import GATEWAY, TRANSIT

STATUS = "peerkeeper:status"
HOSTILE = (
    ("peerkeeper:peers", "self\n{}"),
    ("peerkeeper:peers", "*"),
    ("peerkeeper:peers", "vpc-*"),
    ("peerkeeper:peers", "\x1b[31mself"),
    ("peerkeeper:peers", "<script>alert(1)</script>"),
    ("peerkeeper:peers", "${jndi:ldap://x}"),
    ("peerkeeper:peers", "%s%n" * 60),
    ("peerkeeper:peers-\u202eevil", "=cmd|' /C calc'!A0"),
    ("peerkeeper:peers", "\ud800"),
    ("peerkeeper:exempt", "TRUE "),
    ("peerkeeper:approved", "yes"),
    ("peerkeeper:routes", "none\n"),
    ("peerkeeper:unknown", "x" * 256),
    ("Name", 'x\n{"level": "ERROR"}'),
)


def _routes_to_peerings(schedule: Any) -> list[tuple[Location, Table, Route]]:
    return [
        (where, table, route)
        for where in schedule.policy.ours
        for table in schedule.world.now.places[where].tables.values()
        for route in table.routes
        if route.target.id.startswith("pcx-")
    ]


def take_route(schedule: Any) -> None:
    """Somebody else's tool deletes one of our routes."""
    if held := _routes_to_peerings(schedule):
        where, table, route = schedule.scheduler.random.choice(held)
        schedule.world.note(f"opponent: deletes {route.destination} in {table.id}")
        schedule.hands.in_(where).delete_route(
            RouteTableId=table.id, DestinationCidrBlock=route.destination
        )


def usurp(schedule: Any) -> None:
    """Somebody gives a route to a peering another target: a gateway, or another peering of that VPC."""
    world, random = schedule.world, schedule.scheduler.random
    state, moment = world.now, world.moment()
    held = _routes_to_peerings(schedule)
    if not held:
        return
    dead = [one for one in held if gone(state, moment, one[2].target.id)]
    where, table, route = random.choice(dead or held)
    others = [
        one.id
        for one in state.peerings.values()
        if one.joins(table.vpc_id) and one.id != route.target.id
    ]
    target = random.choice([GATEWAY, TRANSIT, *others, *others])
    kind = {"igw": "GatewayId", "tgw": "TransitGatewayId"}.get(target[:3], "VpcPeeringConnectionId")
    change = {"RouteTableId": table.id, "DestinationCidrBlock": route.destination, kind: target}
    attempt(schedule, where, "replace_route", **change)


def deface(schedule: Any) -> None:
    """Somebody with tag rights writes what they like."""
    random = schedule.scheduler.random
    name = random.choice(["a", "b", "a-main", "b-main"])
    if schedule.hands.names.get(f"{name}@") in ("seoul", "tokyo"):
        key, value = random.choice(HOSTILE)
        refused = schedule.hands.do("tag", name, key, value)
        schedule.world.note(f"vandal: tags {name} {key}={value!a} {refused}")


def forget(schedule: Any) -> None:
    """Somebody deletes or overwrites what a peering's tag says that people know."""
    random, world = schedule.scheduler.random, schedule.world
    if not world.now.peerings:
        return
    where, pcx = random.choice(schedule.policy.ours), random.choice(sorted(world.now.peerings))
    said = random.choice(["", "", "held", "expired", "not-carrying", "ok", "telling", "x"])
    tag = {"Key": STATUS, "Value": said} if said else {"Key": STATUS}
    call = "create_tags" if said else "delete_tags"
    attempt(schedule, where, call, Resources=[pcx], Tags=[tag])


def attempt(schedule: Any, where: Location, call: str, **params: Any) -> dict[str, Any]:
    """Make one call; return the reply, or nothing where EC2 refuses."""
    try:
        reply: dict[str, Any] = getattr(schedule.hands.in_(where), call)(**params)
    except ClientError as error:
        schedule.world.note(f"somebody: {call} {params} {error.response['Error']['Code']}")
        return {}
    schedule.world.note(f"somebody: {call} {where.region} {params}")
    return reply
