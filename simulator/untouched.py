"""The promise U1, judged on what each write of a function has changed: who takes no part stays as it was.

In: a write, EC2 before and after it. Out: nothing, or a `Violation`. It imports nothing of Peerkeeper.

    what is another row after the write    its reason, in one of the states that the run may have been shown
    a row of a location that is not ours   none
    a VPC, a subnet                        a setting reaches the VPC
    a table, with one more route           to a peering: the VPC's side agreed to it; to an endpoint: as below
    a table, with one route less           it led to a peering; S3 judges a delete that met another route
    an endpoint                            its own tag asks for it
    a peering                              one of our sides agreed to it
    the tags of a peering                  the same, or it is no live peering, or it had our status
    any other                              none

The other promises judge the call. This one judges its effect, so it also sees what a call does beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from peerkeeper_local.semantics.endpoints import Endpoint
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.routes import Route
from simulator import policy as say
from simulator.carried import LIVE
from simulator.desired import agreed, sides_at
from simulator.notices import STATUS
from simulator.policy import Policy
from simulator.rows import STORES, State, Subnet, Table, Vpc
from simulator.verdict import need
from simulator.wanted_endpoints import PRIVATE_DNS, TABLES


class Untouched:
    """Hears each write of one world, once it has taken effect."""

    def __init__(self, policy: Policy, world: Any) -> None:
        self.policy = policy
        self.world = world
        self.lag = world.faults.knobs.stale
        world.watchers.append(self.hear)

    def hear(self, call: Any) -> None:
        """Judge a call that was made."""
        if call.run is not None and call.changed:
            states = [call.before, *self.world.between(call.run.started - self.lag)]
            self.judge(call.run, call.before, call.after, states)

    def judge(self, run: Any, before: State, after: State, states: Sequence[State]) -> None:
        """Raise Violation where a row is another, and no state has a reason."""
        for where, place in after.places.items():
            was = before.places[where]
            if place is was:
                continue
            need("U1", where in self.policy.ours, run, f"changes what is in {where}")
            for store in STORES.values():
                for id_ in _others(getattr(was, store), getattr(place, store)):
                    rows = (getattr(was, store).get(id_), getattr(place, store).get(id_))
                    so = self._reason(where, *rows, states)
                    need("U1", so, run, f"changes {id_} in {where.region}, which takes no part")
            for id_ in _others(was.tags, place.tags):
                shown = (one.places[where].tags.get(id_, {}) for one in states if one is not after)
                known = any(STATUS in tags for tags in shown)
                so = id_ in after.peerings and (known or self._tagged(where, id_, states))
                need("U1", so, run, f"tags {id_} in {where.region}, which takes no part")
        for pcx in _others(before.peerings, after.peerings):
            so = any(self._agreed(where, pcx, states) for where in self.policy.ours)
            need("U1", so, run, f"changes {pcx}, and our sides did not agree to it")

    def _reason(self, where: Location, was: Any, row: Any, states: Sequence[State]) -> bool:
        match was, row:
            case Vpc(), Vpc():
                return self._asked(say.asks_for_dns, where, row.id, states)
            case Subnet(), Subnet():
                return self._asked(say.asks_for_public_ip, where, row.vpc_id, states)
            case Table(), Table():
                return row == replace(was, routes=row.routes) and all(
                    self._led(
                        where,
                        row.vpc_id,
                        _target(where, row, route, states),
                        states,
                        new=route in row.routes,
                    )
                    for route in {*was.routes} ^ {*row.routes}
                )
            case Endpoint(), Endpoint():
                return _asks(where, row.id, states)
        return False

    def _led(
        self, where: Location, vpc_id: str, target: str, states: Sequence[State], *, new: bool
    ) -> bool:
        """Whether somebody may make a route of this VPC to this target, or delete it."""
        if target.startswith("vpce-"):
            return new and _asks(where, target, states)
        return target.startswith("pcx-") and (
            not new or self._agreed(where, target, states, vpc_id)
        )

    def _asked(
        self,
        asks: Callable[[Policy, Mapping[str, str]], bool],
        where: Location,
        vpc_id: str,
        states: Sequence[State],
    ) -> bool:
        return any(asks(self.policy, one.places[where].tags.get(vpc_id, {})) for one in states)

    def _agreed(self, where: Location, pcx: str, states: Sequence[State], vpc_id: str = "") -> bool:
        """Whether a side here agreed to the peering while it was there or, if reads lag, at any time."""
        rows = [*_rows(pcx, states)]
        then = states if self.lag else [state for state, _ in rows]
        return any(
            agreed(state, self.policy, peering, own, peer, accepting=False)
            for _, peering in rows[:1]  # its sides never change
            for own, peer in sides_at(peering, where)
            if vpc_id in ("", own.vpc_id)
            for state in then
        )

    def _tagged(self, where: Location, pcx: str, states: Sequence[State]) -> bool:
        """Whether people may have to know of it: it was agreed to, or it was once no live peering."""
        codes = {state_of(one, self.world.moment(s.at)).code for s, one in _rows(pcx, states)}
        return bool(codes - {*LIVE}) or self._agreed(where, pcx, states)


def _asks(where: Location, endpoint: str, states: Sequence[State]) -> bool:
    tags = (state.places[where].tags.get(endpoint, {}) for state in states)
    return any(TABLES in said or PRIVATE_DNS in said for said in tags)


def _target(where: Location, table: Table, route: Route, states: Sequence[State]) -> str:
    """Return where a new route leads or, of a deleted one, a peering that had its place until now."""
    shown = (
        [] if route in table.routes else [one.places[where].tables.get(table.id) for one in states]
    )
    before = (
        one.target.id
        for was in shown
        if was
        for one in was.routes
        if one.destination == route.destination and one.target.id.startswith("pcx-")
    )
    return next(before, route.target.id)


def _rows(pcx: str, states: Sequence[State]) -> Iterator[tuple[State, Any]]:
    return ((state, state.peerings[pcx]) for state in states if pcx in state.peerings)


def _others(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return the keys under which there is another object than before."""
    if was is now:
        return []
    return [key for key in was.keys() | now.keys() if was.get(key) is not now.get(key)]
