"""Calls to EC2 in a state of the small world.

In: a node, a call. Out: the answer, and the node after it: its event on the way, and what open reads may
show.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from peerkeeper_local.pump.queues import EVENTBRIDGE
from peerkeeper_local.semantics.limits import Delays, Limits, Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal
from simulator import ec2
from simulator.faults import READS
from simulator.rows import State
from simulator.small_world.answers import Answer, made, refused, shown
from simulator.small_world.node import Keys, Live, Node, Shown, Waiting
from simulator.small_world.script import Asked
from simulator.small_world.steps import Steps
from simulator.trail import Trail
from simulator.world import Call

DELAYS = Delays.none()


class Calls:
    """EC2 and its trail, in any state."""

    def __init__(self, steps: Steps, trail: Trail, keys: Keys) -> None:
        self.steps, self.trail, self.keys = steps, trail, keys
        self._moments: dict[float, Moment] = {}
        self._answers: dict[tuple[int, int], Answer] = {}
        """By the call, which its step holds, and the key of EC2."""

    def moment(self, now: float) -> Moment:
        found = self._moments.get(now)
        if found is None:
            found = self._moments[now] = Moment(now, DELAYS, Limits())
        return found

    def begin(self, node: Node, asked: Asked) -> tuple[Shown, ...]:
        """Return the answers that a call may get if it is begun now: none for one that writes."""
        if not asked.action.startswith(READS):
            return ()
        now = Shown(self._read(node.state, asked, node.now), late=False)
        if not node.left.late:
            return (now,)
        before = Shown(self._read(node.before, asked, node.now), late=True)
        return (now,) if before.answer is now.answer else (now, before)

    def _read(self, state: State, asked: Asked, now: float) -> Answer:
        moment = self.moment(now)
        key = (id(asked), self.keys.world(state, moment))
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = _read(state, asked, moment)
        return found

    def write(
        self, node: Node, principal: str, where: Location, action: str, params: Any
    ) -> tuple[Answer, Node]:
        """Make a call that changes EC2, and put its event into the queues it ends in."""
        before, error = node.state, None
        try:
            after, reply = ec2.performed(before, where, action, params, self.moment(node.now))
            answer = made(reply, changed=after is not before)
        except Refusal as refusal:
            after, answer = before, refused(refusal)
            error = (refusal.code, refusal.message)
        if after is not before:
            after = State(node.now, after.places, after.peerings)
        place, reply_or_none = (where.account, where.region), answer.reply
        call = Call(
            *place, action, params, reply_or_none, error, node.now, principal, None, before, after
        )
        told = replace(node, waiting=(*node.waiting, *self._events(call)))
        return answer, told if after is before else self._changed(told, after)

    def _events(self, call: Call) -> list[Waiting]:
        text, arns = self.trail.event_of(call)
        woken = (self.steps.woken_by[arn] for arn in arns)
        return [Waiting(each, text, EVENTBRIDGE, 0, call.at, call.at) for each in woken]

    def _changed(self, node: Node, after: State) -> Node:
        """Return the node with another EC2, which all open reads may show from now on."""
        made_so = replace(node, state=after, before=node.state)
        return replace(made_so, live=tuple(self._sees(made_so, one) for one in node.live))

    def _sees(self, node: Node, live: Live) -> Live:
        step = self.steps.at(live.invocation, live.position)
        reads = []
        for asked, answers in zip(step.waits, live.reads, strict=True):
            new = Shown(self._read(node.state, asked, node.now), late=False) if answers else None
            reads.append(_with(answers, new) if new else answers)
        states = (*live.states, node.state) if live.states else ()
        return replace(live, reads=tuple(reads), states=states)


def _with(answers: tuple[Shown, ...], new: Shown) -> tuple[Shown, ...]:
    """Return the answers that a read may get, with one more."""
    if new in answers:
        return answers
    others = (one for one in answers if one.answer is not new.answer)
    return tuple(sorted((*others, new), key=_order))


def _order(one: Shown) -> tuple[int, bool]:
    return id(one.answer), one.late


def _read(state: State, asked: Asked, moment: Moment) -> Answer:
    assert asked.where
    try:
        if asked.action == "DescribeVpcAttribute":
            return made(ec2.vpc_attribute(state, asked.where, asked.params))
        return shown(ec2.described(state, asked.where, asked.action, asked.params, moment))
    except Refusal as refusal:
        return refused(refusal)
