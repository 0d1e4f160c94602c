"""The real code of a function, run up to the calls whose answers it has not got yet.

In: an invocation, and the answers that its calls have had so far. Out: the calls that wait now, or its end.

The code runs again from its beginning with each further answer. That is the same as a pause. Its clock stands
still and it draws nothing by chance, so the same answers lead it to the same calls. The tasks of one wave
share nothing until all of them are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any, TypeAlias

from peerkeeper.aws.silence import Silence

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal
from simulator.client import action_of, client_error
from simulator.small_world.answers import Answer

Wave: TypeAlias = tuple[tuple[Answer, ...], ...]
"""The answers of each task of a wave, in order."""
Position: TypeAlias = tuple[Wave, ...]
SEND, PUT = "SendMessage", "PutEvents"


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that waits for its answer: which task of the open wave makes it, and what it is."""

    task: int
    where: Location | None
    action: str
    params: Any


class Unanswered(BaseException):
    """A task has come to a call without an answer. Not an Exception: nothing in the code may catch it."""


class Script:
    """The answers that an invocation has had, handed out in the order in which its code asks."""

    def __init__(self, position: Position) -> None:
        self.position = position
        self.wave = -1
        self.waits: list[Asked] = []
        self.made: list[tuple[Asked, Answer]] = []
        """Each call that had its answer."""
        self._task = -1
        self._left: Iterator[Answer] = iter(())

    def _open(self) -> Wave:
        self.wave += 1
        return self.position[self.wave] if self.wave < len(self.position) else ()

    def gather(self, tasks: Sequence[Callable[[], Any]]) -> list[Any]:
        """Run one wave as far as its answers reach. Raises Unanswered where a task still waits."""
        given = self._open()
        results = []
        for self._task, task in enumerate(tasks):
            self._left = iter(given[self._task] if self._task < len(given) else ())
            try:
                results.append(task())
            except Unanswered:
                continue
        self._task = -1
        if self.waits:
            raise Unanswered
        return results

    def ask(self, where: Location | None, action: str, params: Any) -> Any:
        """Return the answer's reply. Raises Unanswered, Refusal."""
        alone = self._task < 0
        if alone:
            given = self._open()
            self._left = iter(given[0] if given else ())
        answer = next(self._left, None)
        asked = Asked(max(self._task, 0), where, action, params)
        if answer is None:
            self.waits.append(asked)
            raise Unanswered
        self.made.append((asked, answer))
        return answer.result()


class AskingEc2:
    """Stands for EC2 in one location: each call asks the script."""

    def __init__(self, script: Script, where: Location) -> None:
        self.script = script
        self.where = where

    def __getattr__(self, method: str) -> Any:
        if method.startswith("__"):
            raise AttributeError(method)
        return partial(self._call, action_of(method))

    def _call(self, action: str, **params: Any) -> Any:
        try:
            return self.script.ask(self.where, action, params)
        except Refusal as refusal:
            raise client_error(refusal, action) from None

    def get_paginator(self, method: str) -> Any:
        """Return a paginator; in a small world one page holds all."""
        call = partial(self._call, action_of(method))
        return SimpleNamespace(paginate=lambda PaginationConfig=None, **asked: [call(**asked)])


class AskingClients:
    """Stands where `peerkeeper.aws.clients.Clients` stands, for one invocation."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.pace = SimpleNamespace(patience=None)
        self.silence = Silence(lambda: 0.0)
        self.lists_of_aws: dict[str, dict[str, str]] = {}
        self.sqs = SimpleNamespace(send_message=partial(self._other, SEND))
        self.events = SimpleNamespace(put_events=partial(self._other, PUT))

    def _other(self, action: str, **params: Any) -> Any:
        return self.script.ask(None, action, params)

    def trim(self) -> None:
        """Forget what other accounts refused: there are none."""

    def ec2(self, location: Any) -> AskingEc2:
        return AskingEc2(self.script, Location(location.account_id, location.region))
