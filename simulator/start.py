"""What a world begins with: its places, the operator's clients, and the state that a scenario's steps make.

In: steps of a scenario. Out: a state, and the ids of what has a name in it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from peerkeeper_local.semantics.limits import Delays
from peerkeeper_local.semantics.location import Location
from simulator.client import Ec2Client
from simulator.faults import Faults, Knobs
from simulator.hands import Hands
from simulator.rows import Place, State
from simulator.scenarios import Step
from simulator.scheduler import START, Scheduler
from simulator.trail import OURS, SEOUL, THEIRS, TOKYO
from simulator.world import World

HERE, THERE, ABROAD = Location(OURS, SEOUL), Location(OURS, TOKYO), Location(THEIRS, TOKYO)
OVERSEAS = Location(THEIRS, SEOUL)


def ours_by(parameters: tuple[tuple[str, str], ...]) -> tuple[Location, ...]:
    """Return the locations that Peerkeeper manages with these parameters."""
    spokes = dict(parameters).get("Accounts") == THEIRS
    return (HERE, THERE, ABROAD, OVERSEAS) if spokes else (HERE, THERE)


def operator(account: str) -> str:
    return f"arn:aws:iam::{account}:user/operator"


def clients(world: World) -> Any:
    """Return the way to an operator's EC2 clients."""
    made: dict[tuple[str, str], Ec2Client] = {}

    def ec2(account: str, region: str) -> Ec2Client:
        key = (account, region)
        if key not in made:
            made[key] = Ec2Client(world, Location(account, region), operator(account))
        return made[key]

    return ec2


@lru_cache(maxsize=512)
def start_of(
    steps: tuple[Step, ...], age: float, ours: tuple[Location, ...] = (HERE, THERE)
) -> tuple[State, tuple[tuple[str, str], ...]]:
    """Return the state that these steps make, as it was built `age` seconds before START.

    `ours`: the locations that are managed. There is one more at least, of another account.
    """
    scheduler = Scheduler(0)
    nothing = State(0.0, {where: Place() for where in dict.fromkeys((*ours, ABROAD))})
    scheduler.now = START - age - sum(step[0] for step in steps) - 60
    world = World(scheduler, nothing, Faults(Knobs(), scheduler.random), Delays())
    hands = Hands(clients(world))
    for seconds, verb, *args in steps:
        scheduler.now += seconds
        if refused := hands.do(verb, *args):
            raise AssertionError(f"{verb} {args}: {refused}")
    return replace(world.now, at=0.0), tuple(hands.names.items())
