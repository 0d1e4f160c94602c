"""What an invocation may do next in a state of the small world.

In: a node, a message or an invocation under way. Out: moves, in words, each with the node it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any, TypeAlias

from simulator.functions import RETRY
from simulator.route_oracles import TWO_LOOKS
from simulator.small_world.answers import Answer, made
from simulator.small_world.calls import Calls
from simulator.small_world.judge import Judge
from simulator.small_world.node import Live, Node, Shown, Waiting
from simulator.small_world.script import PUT, SEND, Asked, Position
from simulator.small_world.steps import Invocation, Step, Steps

Move: TypeAlias = tuple[str, Node]


class Invocations:
    """The invocations of one small world's functions."""

    def __init__(self, steps: Steps, calls: Calls, judge: Judge) -> None:
        self.steps, self.calls, self.judge = steps, calls, judge

    def begun(self, node: Node, message: Waiting) -> Node:
        """Return the node with a function under way that was woken by the message, taken off its queue."""
        waited = not message.is_event and node.now - message.sent >= TWO_LOOKS
        invocation = Invocation(
            message.function, message.body, message.sender, message.depth, waited
        )
        received = replace(message, received=message.received + 1)
        states = (node.before, node.state) if self.judge.tells(message.function) else ()
        return self._at(node, Live(invocation, received, states=states))

    def goes_on(self, node: Node, live: Live) -> Iterator[Move]:
        """Yield each write that may take effect next; if none waits, each way to answer the reads."""
        step = self.step(live)
        writes = [number for number in range(len(step.waits)) if not live.reads[number]]
        for number in writes:
            yield from self.makes(node, live, number)
        if not writes:
            yield from self._reads(node, live, step)

    def step(self, live: Live) -> Step:
        return self.steps.at(live.invocation, live.position)

    def speaks(self, live: Live) -> int | None:
        """Return which of its calls sends or tells, if one does."""
        waits = enumerate(self.step(live).waits)
        return next((number for number, asked in waits if asked.action in {SEND, PUT}), None)

    def would_end(self, live: Live) -> bool:
        """Whether it only reads now, and ends with all answers that it may get by now."""
        step = self.step(live)
        return all(live.reads) and all(
            self.steps.at(live.invocation, _with(live.position, step, answers)).ended
            for answers in product(*live.reads)
        )

    def makes(self, node: Node, live: Live, number: int) -> Iterator[Move]:
        """Let one call take effect, and let the process end before it or after it."""
        step, function = self.step(live), live.invocation.function
        node = replace(node, fresh=False)
        asked = step.waits[number]
        words = f"{function} {asked.action} {_brief(asked)}".rstrip()
        crashes = node.left.crashes
        spent = replace(node.left, crashes=crashes - 1)
        if crashes:
            dead = replace(_without(node, live), left=spent)
            yield f"{function} ends before {asked.action}", self._back(dead, live)
        answer, after, own = self._effect(node, live, step, asked)
        if crashes:
            dead = replace(_without(after, own), left=spent)
            yield f"{words}; then it ends", self._back(dead, own)
        position = _further(live.position, step.wave, asked.task, answer)
        further = replace(own, position=position)
        yield words, self._next(_without(after, own), further, step, number)

    def _at(self, node: Node, live: Live) -> Node:
        """Return the node with the invocation at its position: its reads begun, or its end."""
        step = self.step(live)
        if not step.ended:
            reads = tuple(self.calls.begin(node, asked) for asked in step.waits)
            return replace(node, live=(*node.live, replace(live, reads=reads)))
        self.judge.end(node, live, step, self.calls.moment(node.now))
        ended = replace(node, looks=node.looks | self.judge.looks(node, live, step))
        return self._back(ended, live) if step.again else ended

    def _back(self, node: Node, live: Live) -> Node:
        """Return the node with the invocation's message in its queue again, for later."""
        message = live.message
        wait = self.steps.visibility(message.function) if message.body else RETRY
        return replace(node, waiting=(*node.waiting, replace(message, due=node.now + wait)))

    def _reads(self, node: Node, live: Live, step: Step) -> Iterator[Move]:
        """Answer all reads that wait, in each way that they can be."""
        without = replace(_without(node, live), fresh=False)
        for answers in product(*live.reads):
            late = sum(one.late for one in answers)
            if late <= node.left.late:
                spent = replace(without, left=replace(node.left, late=node.left.late - late))
                further = replace(live, position=_with(live.position, step, answers), reads=())
                words = f"{live.invocation.function} reads{' late' * bool(late)}"
                yield words, self._at(spent, further)

    def _next(self, node: Node, live: Live, step: Step, number: int) -> Node:
        """Return the node once a call has its answer: reads begun before it stay as they are."""
        after = self.step(live)
        if after.ended or after.wave != step.wave:
            return self._at(node, replace(live, reads=()))
        # A task makes one call at a time.
        kept = {asked.task: read for asked, read in zip(step.waits, live.reads, strict=True)}
        del kept[step.waits[number].task]
        reads = tuple(
            kept[asked.task] if asked.task in kept else self.calls.begin(node, asked)
            for asked in after.waits
        )
        return replace(node, live=(*node.live, replace(live, reads=reads)))

    def _effect(
        self, node: Node, live: Live, step: Step, asked: Asked
    ) -> tuple[Answer, Node, Live]:
        """Return the answer, the node after the call, and the invocation as it is in that node."""
        moment = self.calls.moment(node.now)
        if asked.action == PUT:
            self.judge.tell(node, live, step, asked, moment)
            entries = [{"EventId": "1"} for _ in asked.params["Entries"]]
            return made({"Entries": entries}, changed=True), node, live
        if asked.action == SEND:
            return made({}, changed=True), self._sent(node, live, asked.params), live
        assert asked.where
        self.judge.write(node, live, step, asked, moment)
        number = next(number for number, one in enumerate(node.live) if one is live)
        principal = self.steps.principal(live.invocation.function)
        answer, after = self.calls.write(node, principal, asked.where, asked.action, asked.params)
        self.judge.made(node, live, step, after.state, moment)
        return answer, after, after.live[number]

    def _sent(self, node: Node, live: Live, params: Any) -> Node:
        message = Waiting(
            self.steps.woken_by[self.steps.by_url[params["QueueUrl"]]],
            params["MessageBody"],
            self.steps.sender(live.invocation.function),
            live.invocation.depth + 1,
            node.now,
            node.now + params.get("DelaySeconds", 0),
        )
        return replace(node, waiting=(*node.waiting, message))


def _without(node: Node, live: Live) -> Node:
    return replace(node, live=tuple(one for one in node.live if one is not live))


def _with(position: Position, step: Step, answers: tuple[Shown, ...]) -> Position:
    for asked, one in zip(step.waits, answers, strict=True):
        position = _further(position, step.wave, asked.task, one.answer)
    return position


def _further(position: Position, wave: int, task: int, answer: Answer) -> Position:
    """Return the position with one more answer for a task of the open wave."""
    waves = [*position, *((),) * (wave + 1 - len(position))]
    tasks = [*waves[wave], *((),) * (task + 1 - len(waves[wave]))]
    tasks[task] = (*tasks[task], answer)
    waves[wave] = tuple(tasks)
    return tuple(waves)


def _brief(asked: Asked) -> str:
    if not asked.where:
        return ""
    said = [str(value) for value in asked.params.values() if isinstance(value, str)]
    return " ".join([asked.where.region, *said])
