"""The edge in Lambda: EC2 through the clients, waves on a thread pool, time from the context.

In: clients. Out: what `reconcile` is handed: `Ec2`, `gather`, `TimeLeft`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from peerkeeper.aws import collector, dataclass_code  # noqa: F401 - first: each handler begins here
from peerkeeper.aws.apply import apply
from peerkeeper.aws.clients import THREADS, Clients
from peerkeeper.aws.events import tell
from peerkeeper.aws.observe import OF_OTHERS, observe
from peerkeeper.aws.silence import Silence
from peerkeeper.reporting.bus_events import Announcement
from peerkeeper.values.changes import Change
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed, Outcome
from peerkeeper.values.reads import Read
from peerkeeper.values.trouble import ASSUME_ROLE, Trouble

T = TypeVar("T")
OUTWORN = frozenset(
    {
        *("ExpiredToken", "ExpiredTokenException", "RequestExpired"),
        *("AuthFailure", "InvalidClientTokenId"),
    }
)
"""Codes for credentials that are expired, or whose role was deleted. Source: EC2 API reference, errors; EC2
says RequestExpired of temporary credentials, as issue threads of AWS's SDKs for Java and Ruby show."""


@dataclass(frozen=True, slots=True)
class Edge:
    """EC2, as `reconcile` wants it."""

    clients: Clients
    bus: str = ""
    """The event bus that announcements go to; if empty, nothing is sent."""
    silence: Silence = field(default_factory=Silence)
    """The places where EC2 gave no answer. It lasts as long as the process."""

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        """Answer reads that one describe call can answer. It skips a place whose EC2 just gave no answer."""
        where = reads[0].location
        of_ec2 = reads[0].kind not in OF_OTHERS
        if of_ec2 and (trouble := self.silence.of(where)):
            return Observed(reads, trouble=trouble)
        began = self.silence.ask(where) if of_ec2 else 0.0
        observed = observe(self.clients, reads)
        # No answer from STS says nothing about EC2 there.
        if of_ec2 and not (observed.trouble and observed.trouble.action == ASSUME_ROLE):
            self.silence.hear(where, observed.trouble, began)
        self._renew(where, observed.trouble)
        return observed

    def apply(self, change: Change) -> Outcome | None:
        """Make one change; None where its turn came too late."""
        outcome = apply(self.clients, change)
        self._renew(change.location, outcome.trouble if outcome else None)
        return outcome

    def tell(self, told: Sequence[Announcement]) -> tuple[str, ...]:
        """Put announcements on the bus; return a line for each that did not get there."""
        return tell(self.clients, self.bus, told)

    def _renew(self, where: Location, trouble: Trouble | None) -> None:
        """Have the role assumed again where EC2 refuses its credentials, even if our clock finds them valid.

        The next use of the account's clients does it.
        """
        if trouble and trouble.code in OUTWORN:
            self.clients.drop(where.account_id)


class Threads:
    """One wave of calls at a time, on one pool for the life of the process."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="ec2")

    def __call__(self, tasks: Sequence[Callable[[], T]]) -> list[T]:
        """Run all tasks at once and return their results in order.

        Raises what a task raises, once all have ended: no task may write after the invocation.
        """
        ended = list(self._pool.map(_ended, tasks))
        return [one.result() for one in ended]


def _ended(task: Callable[[], T]) -> Future[T]:
    """Run a task; return what it came to, so that an error stops no other."""
    outcome: Future[T] = Future()
    try:
        outcome.set_result(task())
    except Exception as error:
        outcome.set_exception(error)
    return outcome


class Context(Protocol):
    """What of Lambda's context is used."""

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds left. Source: Lambda developer guide, context object."""


@dataclass(frozen=True, slots=True)
class ContextClock:
    """Time left, by Lambda's own count."""

    context: Context

    def remaining(self) -> float:
        """Return the seconds until the deadline."""
        return self.context.get_remaining_time_in_millis() / 1000

    def now(self) -> float:
        """Return epoch seconds: the local cloud's own, where its context tells them."""
        tells: Callable[[], float] = getattr(self.context, "now", time.time)
        return tells()
