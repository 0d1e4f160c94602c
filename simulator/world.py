"""The simulated cloud: states, one after the other, and every call that reads or makes one.

In: calls of clients. Out: replies, or a Refusal. Faults are asked before and after, oracles watch, and
the trail hears each call that writes. One thing at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from peerkeeper_local.semantics.limits import Delays, Limits, Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal
from simulator import ec2
from simulator.documents import Document
from simulator.faults import Faults
from simulator.operations.quotas import service_quotas
from simulator.rows import State
from simulator.scheduler import START, Scheduler

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One EC2 call, as the trail and the oracles want it; the trail's `Call` in shape."""

    account: str
    region: str
    action: str
    params: Params
    reply: Document | None
    error: tuple[str, str] | None
    at: float
    principal: str
    run: Any
    """The invocation that made it; None for an operator."""
    before: State
    after: State

    @property
    def changed(self) -> bool:
        """Whether anything is otherwise than before."""
        return self.after is not self.before


class World:
    """One simulated cloud, from a state on."""

    def __init__(self, scheduler: Scheduler, start: State, faults: Faults, delays: Delays) -> None:
        self.scheduler = scheduler
        self.states = [replace(start, at=START - 3600)]
        self.faults = faults
        faults.world = self
        self.delays = delays
        knobs, plain = faults.knobs, Limits()
        self.limits = replace(
            plain,
            routes_per_table=knobs.full or plain.routes_per_table,
            active_peerings_per_vpc=knobs.quota or plain.active_peerings_per_vpc,
            page=1 if knobs.pages else plain.page,
            route_tables_page=1 if knobs.pages else plain.route_tables_page,
        )
        self._lifted, self._before = 0.0, self.limits
        """When the quotas were last raised, in epoch seconds, and what they were until then."""
        self._moment = Moment(scheduler.now, delays, self.limits)
        self.calls = 0
        self.watchers: list[Callable[[Call], None]] = []
        self.judges: list[Callable[[Any, Location, str, Params, State, Moment], None]] = []
        self.listeners: list[Callable[[Any, list[Document]], None]] = []
        """Who hears what the functions put on the hub bus."""
        self.trace: list[str] | None = None

    @property
    def now(self) -> State:
        """The state that holds."""
        return self.states[-1]

    def lift_quotas(self) -> None:
        """Somebody has had the quotas raised."""
        plain = Limits()
        self._lifted, self._before = self.scheduler.now, self.limits
        self.limits = replace(
            self.limits,
            routes_per_table=plain.routes_per_table,
            active_peerings_per_vpc=plain.active_peerings_per_vpc,
        )
        self._moment = Moment(self.scheduler.now, self.delays, self.limits)

    def moment(self, at: float | None = None) -> Moment:
        if at is not None:
            limits = self._before if at < self._lifted else self.limits
            return Moment(at, self.delays, limits)
        if self._moment.now != self.scheduler.now:
            self._moment = Moment(self.scheduler.now, self.delays, self.limits)
        return self._moment

    def state_at(self, at: float) -> State:
        """Return the state that held then."""
        for state in reversed(self.states):
            if state.at <= at:
                return state
        return self.states[0]

    def note(self, words: str) -> None:
        """Add a line to the trace, if one is kept."""
        if self.trace is not None:
            self.trace.append(f"{self.scheduler.now - START:10.3f}  {words}")

    def between(self, since: float) -> list[State]:
        """Return the states that held then and since then, in order."""
        first = self.state_at(since)
        return [state for state in self.states if state is first or state.at > since]

    def announce(self, run: Any, entries: list[Document]) -> None:
        """Put events on the hub bus."""
        for entry in entries:
            self.note(f"  {run} tells {entry['DetailType']} {entry['Detail'][:200]}")
        for listener in self.listeners:
            listener(run, entries)

    def read(self, run: Any, where: Location, action: str, params: Params) -> Document:
        """Answer a describe, as of now or, where reads lag, as of a while ago. Raises Refusal."""
        self.calls += 1
        lag = self.faults.lag(where, action) if run else 0.0
        if not lag:
            state, moment = self.now, self.moment()
        else:
            moment = self.moment(self.scheduler.now - lag)
            state = self.state_at(moment.now)
        if action == "DescribeVpcAttribute":
            return ec2.vpc_attribute(state, where, params)
        if action.endswith(("ServiceQuotas", "ServiceQuota")):
            return service_quotas(action, params, moment)
        reply = ec2.described(state, where, action, params, moment)
        return self.faults.shown(reply, params, action) if run else reply

    def write(
        self, run: Any, where: Location, action: str, params: Params, principal: str
    ) -> Document:
        """Make a change, if EC2's rules allow it. Raises Refusal."""
        self.calls += 1
        before, moment = self.now, self.moment()
        if run is not None:
            for judge in self.judges:
                judge(run, where, action, params, before, moment)
        reply, error, after = None, None, before
        try:
            after, reply = ec2.performed(before, where, action, params, moment)
        except Refusal as refusal:
            error = (refusal.code, refusal.message)
        if after is not before:
            after = State(self.scheduler.now, after.places, after.peerings)
            self.states.append(after)
        call = Call(
            where.account,
            where.region,
            action,
            params,
            reply,
            error,
            self.scheduler.now,
            principal,
            run,
            before,
            after,
        )
        for watcher in self.watchers:
            watcher(call)
        if reply is None:
            assert error
            raise Refusal(*error)
        return reply
