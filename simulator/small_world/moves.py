"""What may happen next in a state of the small world, and the state that it leads to.

In: a node. Out: moves, in words, each with the node it leads to. A move is one thing that others can see, or
that can go wrong:

| move | what happens |
|---|---|
| a deed | an operator makes one call |
| a sweep | the schedule fires |
| wakes | a function gets one message. The message may come once more later: SQS delivers at least once |
| slow | a message comes only after time has passed |
| lost | EventBridge loses an event |
| reads | all reads that an invocation waits for are answered |
| a call | one write, message or notice takes effect. The process may end before it or after it |
| time passes | no function runs; the next message is due |
| days pass | no function runs and nothing waits; EC2 no longer shows peerings that have ended |

Five reductions leave out orders of which another order brings the same. Without them (`plain`) the ends are
the same, as a test shows:

1. All reads that wait are answered in one move, each by any answer that it could have had since it was begun.
   Reads do not see each other, and the code goes on only when it has all of them. (In `plain`, too.)
2. A message wakes its function at once, if it is not slow. The reads of the function are answered at any time
   later. So it may get each answer that a later start would bring.
3. So a sweep need only begin where time has just passed, beside what wakes at the same moment.
4. A call that sends or tells is made first. Nothing can prevent it, and what it sends may be read at any
   time.
5. An invocation that would end with all answers that it may get now ends last: first the others do their
   work. Until then it may get other answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from peerkeeper_local.semantics.limits import HOUR
from simulator.small_world.calls import Calls
from simulator.small_world.deeds import deeds
from simulator.small_world.invocations import Invocations, Move
from simulator.small_world.node import Live, Node, Waiting
from simulator.start import operator

LATER = float("inf")
"""When a slow message is due: once time has passed."""
DAYS = 49 * HOUR
"""Longer than EC2 shows a peering that has ended."""


class Moves:
    """The moves of one small world. `peerings`: how many an operator may ask for in all."""

    def __init__(
        self, calls: Calls, invocations: Invocations, peerings: int, *, plain: bool
    ) -> None:
        self.calls, self.invocations = calls, invocations
        self.peerings = peerings
        self.plain = plain

    def of(self, node: Node) -> Iterator[Move]:
        """Yield every move. Raises Violation where one breaks a promise."""
        due = [one for one in dict.fromkeys(node.waiting) if one.due <= node.now]
        first = None if self.plain else self._first(node, due)
        if first:
            yield from first
            return
        for one in due:
            yield from self._wakes(node, one)
        yield from self._people(node)
        for live in node.live if self.plain else self._works(node):
            yield from self.invocations.goes_on(node, live)
        if not node.live:
            yield from self._time(node)

    def _first(self, node: Node, due: list[Waiting]) -> Iterator[Move] | None:
        """Return the moves that are made before all others, if there are any."""
        for live in node.live:
            speaks = self.invocations.speaks(live)
            if speaks is not None:
                return self.invocations.makes(node, live, speaks)
        return self._wakes(node, min(due, key=_order)) if due else None

    def _works(self, node: Node) -> list[Live]:
        """Return the invocations in the middle of their work; if there are none, all."""
        works = [live for live in node.live if not self.invocations.would_end(live)]
        return works or list(node.live)

    def _people(self, node: Node) -> Iterator[Move]:
        left = node.left
        if left.sweeps and (node.fresh or self.plain):
            sweep = Waiting(self.invocations.steps.sweep, "", "", 0, node.now, node.now)
            spent = replace(node, left=replace(left, sweeps=left.sweeps - 1), fresh=False)
            yield "a sweep", self.invocations.begun(spent, sweep)
        if left.deeds:
            spent = replace(node, left=replace(left, deeds=left.deeds - 1), fresh=False)
            for deed in deeds(node.state, self.peerings, self.calls.moment(node.now)):
                who = operator(deed.where.account)
                _, after = self.calls.write(spent, who, deed.where, deed.action, deed.params)
                yield deed.words, after

    def _wakes(self, node: Node, one: Waiting) -> Iterator[Move]:
        """Let the message wake its function; or let it be slow, come twice, or get lost."""
        left, rest = node.left, list(node.waiting)
        rest.remove(one)
        without = replace(node, waiting=tuple(rest))
        said = f"{one.function} wakes"
        yield said, self.invocations.begun(without, one)
        if one.slow or not one.body:
            return
        later = (*rest, replace(one, slow=True, due=LATER))
        if left.copies:
            spent = replace(left, copies=left.copies - 1)
            twice = replace(without, waiting=later, left=spent)
            yield f"{said}; the message comes again later", self.invocations.begun(twice, one)
        if left.delays:
            spent = replace(left, delays=left.delays - 1)
            slow = replace(without, waiting=later, left=spent)
            yield f"a message to {one.function} is slow", slow
        if left.losses and one.is_event:
            spent = replace(left, losses=left.losses - 1)
            yield f"an event to {one.function} is lost", replace(without, left=spent)

    @staticmethod
    def _time(node: Node) -> Iterator[Move]:
        if node.waiting:
            now = min((one.due for one in node.waiting if one.due < LATER), default=node.now)
            now = max(now, node.now)
            come = tuple(replace(one, due=now) if one.due == LATER else one for one in node.waiting)
            yield "time passes", replace(node, now=now, waiting=come, fresh=True)
        elif node.left.days:
            spent = replace(node.left, days=node.left.days - 1)
            yield "days pass", replace(node, now=node.now + DAYS, left=spent, fresh=True)


def _order(one: Waiting) -> tuple[str, str, bool]:
    return one.function, one.body, one.slow
