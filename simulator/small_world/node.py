"""A state of the small world: EC2, messages, invocations under way, and what may still go wrong.

In: nothing. Out: frozen values, and the key that is the same for all states that go on alike.

These are folded: times of day, the order of messages and of invocations, and rows that say the same. Of a
time the key keeps only how long something still waits.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.peering_view import visible
from simulator.route_oracles import TWO_LOOKS
from simulator.rows import Place, State
from simulator.small_world.answers import Answer
from simulator.small_world.script import Position
from simulator.small_world.steps import Invocation


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message in a queue, or the schedule that fires a sweep again. Times in epoch seconds."""

    function: str
    body: str
    sender: str
    depth: int
    sent: float
    due: float
    received: int = 0
    slow: bool = False
    """Whether it has been slow, or is a copy: that happens to a message once."""

    @property
    def is_event(self) -> bool:
        """Whether a rule put it there: EventBridge may lose it."""
        return not self.depth


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer that a read may still get. `late`: it was out of date when the read was begun."""

    answer: Answer
    late: bool


@dataclass(frozen=True, slots=True)
class Live:
    """An invocation under way: the answers it has had, and those that its open reads may get."""

    invocation: Invocation
    message: Waiting
    position: Position = ()
    reads: tuple[tuple[Shown, ...], ...] = ()
    """One for each of the calls that wait; empty for one that writes."""
    states: tuple[State, ...] = ()
    """EC2 since it began, and the state before where reads may be late."""


@dataclass(frozen=True, slots=True)
class Left:
    """How often each thing may still happen."""

    deeds: int = 0
    sweeps: int = 0
    losses: int = 0
    copies: int = 0
    delays: int = 0
    crashes: int = 0
    late: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """That a run, at this time, read all peerings of a location and this one was not there."""

    pcx: str
    where: Location
    at: float


@dataclass(frozen=True, slots=True)
class Node:
    """One state."""

    state: State
    before: State
    """EC2 before the last change: what a late read shows."""
    now: float
    left: Left
    waiting: tuple[Waiting, ...] = ()
    live: tuple[Live, ...] = ()
    looks: frozenset[Look] = frozenset()
    fresh: bool = True
    """Whether nothing has happened since time passed: when a sweep may begin."""


class Keys:
    """Small numbers for parts of states that say the same."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._places: dict[int, tuple[Place, int]] = {}
        self._worlds: dict[tuple[int, float], tuple[State, int]] = {}

    def number(self, value: Hashable) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def _place(self, place: Place) -> int:
        held = self._places.get(id(place))
        if held is None:
            stores = (place.vpcs, place.subnets, place.tables, place.lists, place.endpoints)
            tags = sorted((k, tuple(sorted(v.items()))) for k, v in place.tags.items() if v)
            said = (*(tuple(store.values()) for store in stores), tuple(tags))
            # The place is held, so that no other gets its identity.
            held = self._places[id(place)] = (place, self.number(said))
        return held[1]

    def world(self, state: State, moment: Moment) -> int:
        """Return the number of all that EC2 shows, and will show, in this state."""
        key = (id(state), moment.now)
        held = self._worlds.get(key)
        if held is None:
            rows = state.peerings.values()
            order = {at: rank for rank, at in enumerate(sorted({row.created for row in rows}))}
            said: tuple[Any, ...] = (
                *(self._place(place) for place in state.places.values()),
                *(_peering(row, order[row.created], moment) for row in rows),
            )
            held = self._worlds[key] = (state, self.number(said))
        return held[1]

    def node(self, node: Node, moment: Moment) -> Hashable:
        """Return the key of the whole state."""
        number, now, late = self.number, node.now, node.left.late
        waiting = sorted(number(_message(one, now)) for one in node.waiting)
        live = sorted(
            number(
                (
                    one.invocation,
                    _message(one.message, now),
                    one.position,
                    one.reads,
                    tuple(self.world(state, moment) for state in one.states),
                )
            )
            for one in node.live
        )
        looks = frozenset((one.pcx, one.where, now - one.at >= TWO_LOOKS) for one in node.looks)
        return (
            self.world(node.state, moment),
            self.world(node.before, moment) if late else 0,
            node.left,
            tuple(waiting),
            tuple(live),
            looks,
            node.fresh and bool(node.left.sweeps),
        )


def _peering(row: Peering, order: int, moment: Moment) -> Hashable:
    sides = (row.requester, row.accepter)
    shown = tuple(visible(row, side.location, moment) for side in sides)
    options = (row.requester_options, row.accepter_options)
    return (row.id, *sides, order, state_of(row, moment).code, shown, options, row.deleted_by)


def _message(one: Waiting, now: float) -> Hashable:
    wait = max(0.0, one.due - now)
    old = not one.is_event and now - one.sent >= TWO_LOOKS
    return (one.function, one.body, one.sender, one.depth, wait, old, one.received, one.slow)
