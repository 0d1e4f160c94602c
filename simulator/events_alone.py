"""The promise L6: events do the work, and the sweep only repairs what no event told.

In: a schedule whose faults have stopped, before a sweep. Out: nothing, or a `Violation`. It judges a schedule
only if each change had an event that came, and reads did not lag behind their event.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from simulator.desired import lacks
from simulator.faults import Knobs
from simulator.policy import Policy
from simulator.rows import State
from simulator.verdict import Violation

NO_EVENT = (
    *("drop_events", "drop_messages", "down", "closed", "denied", "unassumed", "full", "quota"),
    *("unknown", "stale", "forgotten"),
)
"""Knobs that lose a message, or end without an event: a Region comes back, a person raises a quota.

A read that lags may show the state before its event. The status tag says which peering held another back,
and somebody may delete it.
"""
FOREVER = 1e6
"""Seconds: a peering that stays provisioning so long is never active."""


def is_told_all(schedule: Any) -> bool:
    """Whether each change of this schedule has an event that reaches the hub, and reads show it by then."""
    knobs, places = schedule.knobs, schedule.world.states[0].places
    off = Knobs()
    loses = any(getattr(knobs, name) != getattr(off, name) for name in NO_EVENT)
    foreign = any(
        place.vpcs for where, place in places.items() if where not in schedule.policy.ours
    )
    return not (loses or foreign) and knobs.provisioning < FOREVER


def nothing_waits_for_a_sweep(schedule: Any) -> None:
    """L6: what is lacking now was lacking before the first event."""
    if not is_told_all(schedule):
        return
    world, policy = schedule.world, schedule.policy
    if schedule.knobs.owners:
        policy = replace(
            policy, endpoints="off"
        )  # docs/operate/endpoints.md says what waits, and why
    left = waits(world.states[0], world.now, world.moment(), policy)
    if left:
        raise Violation("L6", f"no event led to it, and it waits for a sweep: {left}")


def waits(first: State, now: State, moment: Moment, policy: Policy) -> list[str]:
    """Return what is lacking now and was not lacking in the first state."""
    old = set(lacks(first, moment, policy))
    return [words for words in lacks(now, moment, policy) if words not in old]
