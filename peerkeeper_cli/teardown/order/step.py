"""One step of a teardown: what is deleted, by which calls, and what to wait for. In: nothing. Out: `Step`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.order.call import Call
from peerkeeper_cli.teardown.seen.kind import RANK, Kind


class State(StrEnum):
    """Whether a step is to be done."""

    DUE = "due"
    CHOOSE = "choose"
    """A person chooses one of the calls. A script makes no call of the step."""
    UNKNOWN = "unknown"
    """What the step rests on was not read: there may be nothing to do, or more."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What must be true before the next step. AWS answers the calls of this step before that."""

    words: str
    call: Call
    """A read."""
    waiter: str = ""
    """The waiter of the aws CLI. Empty: wait until the command of the call prints nothing."""

    def command(self, profile: str = "") -> str:
        """Return the command of the aws CLI that waits, or that shows whether to wait."""
        if not self.waiter:
            return self.call.command(profile)
        import shlex  # noqa: PLC0415 - `--help` need not wait

        words = ("aws", self.call.service, "wait", self.waiter, *self.call.options(profile))
        return shlex.join(words)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `gone`: the error codes that say that somebody did it already."""

    kind: Kind
    location: Location
    resource: str
    words: str
    calls: tuple[Call, ...] = ()
    wait: Wait | None = None
    gone: tuple[str, ...] = ()
    state: State = State.DUE
    by_itself: str = ""
    """What Peerkeeper or AWS does of it without this step; empty for nothing."""

    @property
    def sort_key(self) -> tuple[int, Location, str]:
        """The order among steps that may both come next."""
        return (RANK[self.kind], self.location, self.resource)
