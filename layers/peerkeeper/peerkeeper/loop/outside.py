"""What the loop is handed: the edge, the time that is left, and who carries out tasks at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from peerkeeper.loop.tell_then_remember import Teller
from peerkeeper.values.outcomes import Observed, Outcome
from peerkeeper.values.reads import Read

Task: TypeAlias = Callable[[], Observed | Outcome | None]
Gather: TypeAlias = Callable[[Sequence[Task]], list[Observed | Outcome | None]]


class Observer(Protocol):
    """The edge, for whoever only reads. Trouble comes back as a value, never raised."""

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        """Answer reads that one describe call can answer, to the last page."""


class Ec2(Observer, Teller, Protocol):
    """The edge: carries out one read or one change. Trouble comes back as a value, never raised."""


class TimeLeft(Protocol):
    """Time, handed in: real in Lambda, virtual in a simulator."""

    def remaining(self) -> float:
        """Return the seconds until the deadline."""
