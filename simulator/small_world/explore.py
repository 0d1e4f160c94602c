"""Every state of a small world, from the nearest to the start on: breadth first.

In: a small world, how many moves deep, how many states at most. Out: how many states there are, and the
shortest way to a state that breaks a promise.

A state that was visited is remembered by 64 bits of its key. For a million states the chance that two share
them is one in thirty million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from types import SimpleNamespace

from simulator.engine import quick
from simulator.policy import Policy
from simulator.remembered import remembered
from simulator.rows import State
from simulator.scheduler import START
from simulator.small_world import answers
from simulator.small_world.calls import Calls
from simulator.small_world.invocations import Invocations, Move
from simulator.small_world.judge import Judge
from simulator.small_world.moves import Moves
from simulator.small_world.node import Keys, Node
from simulator.small_world.rest import Rests
from simulator.small_world.small import Small
from simulator.small_world.steps import Steps
from simulator.start import HERE, THERE, start_of
from simulator.trail import Trail, stacks
from simulator.verdict import Violation


@dataclass(slots=True)
class Explored:
    """What an exploration came to. `frontier`: states at the last depth whose moves were not made."""

    small: Small
    states: int = 0
    moves: int = 0
    depth: int = 0
    frontier: int = 0
    ends: int = 0
    """Different states of EC2 in which nothing is under way."""
    late: int = 0
    steps: int = 0
    """Steps that the real code was run for."""
    by_depth: list[int] = field(default_factory=list)
    broken: str = ""
    trace: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether no state is left."""
        return not self.frontier and not self.broken


class Exploration:
    """One small world, as it is explored."""

    def __init__(self, small: Small, *, plain: bool = False) -> None:
        answers.forget()
        parameters = small.scenario.parameters
        hub, routes = stacks(parameters)
        self.steps = Steps(hub)
        self.policy = Policy.of(parameters, (HERE, THERE), senders=True)
        self.keys = Keys()
        self.judge = Judge(self.policy, self.steps, self.keys)
        trail = Trail(SimpleNamespace(watchers=[]), routes, lambda *_: None)  # type: ignore[arg-type]
        self.calls = Calls(self.steps, trail, self.keys)
        invocations = Invocations(self.steps, self.calls, self.judge)
        self.moves = Moves(self.calls, invocations, small.peerings, plain=plain)
        state, _ = start_of(small.scenario.start, small.scenario.age)
        places = {where: state.places[where] for where in (HERE, THERE)}
        self.begins = State(START, places, state.peerings)
        self.rests = Rests(small, self.policy, self.begins)
        self.found = Explored(small)
        self._from: dict[int, tuple[int, str]] = {}
        """How each visited state was first reached: from which, and by what."""

    def run(
        self,
        depth: int,
        most: int,
        tell: Callable[[Explored], None] = lambda _: None,
    ) -> Explored:
        """Explore as far as `depth` moves from the start, or until there are `most` states."""
        start = Node(self.begins, self.begins, START, self.found.small.left)
        layer = {self._key(start): start}
        self._from = dict.fromkeys(layer, (0, ""))
        while layer and self.found.depth < depth and len(self._from) < most:
            layer = self._next(layer)
            self.found.by_depth.append(len(layer))
            self.found.states, self.found.frontier = len(self._from), len(layer)
            if self.found.broken:
                break
            self.found.depth += 1
            tell(self.found)
        self.found.ends, self.found.steps = len(self.rests.known), len(self.steps)
        self.found.late = self.judge.late
        return self.found

    def _key(self, node: Node) -> int:
        return hash(self.keys.node(node, self.calls.moment(node.now)))

    def _next(self, layer: dict[int, Node]) -> dict[int, Node]:
        following: dict[int, Node] = {}
        for key, node in layer.items():
            for words, after in self._judged(key, node):
                self.found.moves += 1
                reached = self._key(after)
                if reached not in self._from:
                    self._from[reached] = (key, words)
                    following[reached] = after
            if self.found.broken:
                break
        return following

    def _judged(self, key: int, node: Node) -> Iterator[Move]:
        """Yield the moves of a node; what breaks is kept with the way there."""
        if not node.live and not node.waiting:
            moment = self.calls.moment(node.now)
            world = self.keys.world(node.state, moment)
            for words in self.rests.end(node, world).broken[:1]:
                self._break(key, "nothing goes wrong any more", words)
            if words := self.rests.unswept(node, moment):
                self._break(key, "nothing is under way, and no sweep comes", words)
        try:
            yield from self.moves.of(node)
        except Violation as violation:
            self._break(key, "the next call", str(violation))

    def _break(self, key: int, last: str, words: str) -> None:
        if not self.found.broken:
            self.found.broken, self.found.trace = words, [*self._way(key), last]

    def _way(self, key: int) -> list[str]:
        way: list[str] = []
        while key:
            key, words = self._from[key]
            way.append(words)
        return [words for words in reversed(way) if words]


def explore(
    small: Small,
    depth: int,
    most: int,
    tell: Callable[[Explored], None] = lambda _: None,
    around: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Explored:
    """Explore a small world. `around`: what is put in, such as a seeded bug."""
    with quick(remembered if around is nullcontext else nullcontext), around():
        return Exploration(small).run(depth, most, tell)
