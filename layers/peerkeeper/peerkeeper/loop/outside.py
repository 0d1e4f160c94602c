"""What the loop is handed: the edge, the time that is left, and who carries out tasks at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypeVar

from peerkeeper.reporting.bus_events import Announcement
from peerkeeper.values.changes import Change
from peerkeeper.values.outcomes import Observed, Outcome
from peerkeeper.values.reads import Read

Task: TypeAlias = Callable[[], Observed | Outcome | None]
T = TypeVar("T")


class Gather(Protocol):
    """What carries out tasks at once."""

    def __call__(self, tasks: Sequence[Callable[[], T]], /) -> list[T]:
        """Run them all and return their results in order."""


class Teller(Protocol):
    """The edge, as far as it informs people. Trouble comes back as a value, never raised."""

    def apply(self, change: Change) -> Outcome | None:
        """Make one change; None if it was not begun, since that would have been too late."""

    def tell(self, told: Sequence[Announcement]) -> tuple[str, ...]:
        """Put announcements on the bus; return a line for each that did not get there."""


class Observer(Protocol):
    """The edge, for callers that only read. Trouble comes back as a value, never raised."""

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        """Answer reads that one describe call can answer, to the last page."""


class Ec2(Observer, Teller, Protocol):
    """The edge: carries out one read or one change. Trouble comes back as a value, never raised."""


class TimeLeft(Protocol):
    """Time, handed in: real in Lambda, virtual in a simulator."""

    def remaining(self) -> float:
        """Return the seconds until the deadline."""
