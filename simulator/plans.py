"""The promise P1: at rest `peerkeeper plan` has nothing that the functions would still do.

In: a schedule at rest. Out: nothing, or a `Violation`. The plan is the command line's own, on the true state.

To plan takes a thirtieth of a schedule's time, so one schedule in eight is judged. That draw is apart from
all others. In mode observe no function writes, so the plan says nothing.
"""

from __future__ import annotations

import random
from typing import Any

from peerkeeper.settings import Mode
from peerkeeper.values.changes import AllowRemoteDnsResolution

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.foresight.foresee import Foreseen
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.reader.read_estate import read_estate
from peerkeeper_local.semantics.peering_state import state_of
from simulator.asking import Asking
from simulator.todays import settings_of
from simulator.verdict import Violation

SHARE = 0.125


def is_planned(seed: int) -> bool:
    """Whether the plan is judged at the end of the schedule of this seed."""
    return random.Random(f"plan {seed}").random() < SHARE


def plan_of(schedule: Any) -> Foreseen:
    """Return what the command line foresees on the schedule's true state, in the mode of its hub."""
    world, mode = schedule.world, Mode(schedule.policy.mode)
    settings, calls = settings_of(schedule.functions.hub, "Sweep", proof=True), world.calls
    ask = Asking(world)
    reading = read_estate(settings.locations, settings, ask, schedule.scheduler.now)
    found = look_ahead(Estate(reading, settings, "", frozenset(), ask), (mode,))[mode]
    world.calls = calls  # the functions made none of these
    return found


def nothing_left(schedule: Any) -> None:
    """P1: the functions have done what the plan has.

    Two things are left out: second looks that no sender can prove, and what follows once a peering is active.
    """
    if schedule.policy.mode == "observe":
        return
    found = plan_of(schedule)
    state, moment = schedule.world.now, schedule.world.moment()
    left = [
        change
        for change in (found.changes if schedule.policy.senders else found.now)
        if not (
            isinstance(change, AllowRemoteDnsResolution)
            and state_of(state.peerings[change.pcx_id], moment).code == "provisioning"
        )
    ]
    if left or found.refused:
        raise Violation("P1", f"the plan has {[*left, *found.refused]}")
