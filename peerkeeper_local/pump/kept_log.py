"""What the functions logged, as long as there is room. In: steps. Out: lines about a word, such as an id."""

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from peerkeeper_local.cloudtrail import Json
from peerkeeper_local.pump.steps import FunctionReturned, Step

MOST = 50_000
"""Lines that are kept; older ones are deleted."""


class KeptLog:
    """The log of all functions together."""

    def __init__(self, since: float) -> None:
        """`since`: when it begins, in epoch seconds."""
        self._since = since
        self._lines: deque[tuple[float, str]] = deque()

    def begin(self, now: float) -> None:
        """Begin at `now`, in epoch seconds: no function ran in the past that a seed makes."""
        self._since = now
        self._lines.clear()

    def hear(self, step: Step) -> None:
        """Keep what a function logged."""
        if not isinstance(step, FunctionReturned):
            return
        for line in step.logs:
            self._lines.append((step.at, json.dumps(line, default=str)))
        while len(self._lines) > MOST:
            self._since, _ = self._lines.popleft()

    def about(self, word: str) -> dict[str, Any]:
        """Return since when lines are kept, and those that hold the word, or say that a thing is undone."""
        return {"since": self._since, "lines": [*self._with(word)]}

    def _with(self, word: str) -> Iterator[Json]:
        for at, text in self._lines:
            if word in text or '"written again and again"' in text:
                yield {"at": at, "line": json.loads(text)}
