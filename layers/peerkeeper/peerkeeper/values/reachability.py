"""Would traffic reach? The answer, as a value: every hop of the way there and of the way back.

In: nothing. Out: `Answer`. `planning.reachability` judges. The command line, the sweep and the local ping
read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.intervals import Intervals
from peerkeeper.values.traffic import Traffic

NO_PORTS = Intervals()


class Verdict(StrEnum):
    """The answer in one word."""

    REACHES = "reaches"
    """All that was asked for passes every hop, and the replies of a usual client pass as well."""
    BLOCKED = "blocked"
    """At least one hop stops a part of it, or all."""
    UNKNOWN = "unknown"
    """No hop that was read stops it, and one could not be judged."""


class State(StrEnum):
    """What one hop does."""

    PASSED = "passed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


class HopKind(StrEnum):
    """The hops, in the order of the way there. The way back has no hop of groups: they keep state."""

    GROUPS_OUT = "security groups, out"
    ACL_OUT = "network ACL, out"
    ROUTE = "route table"
    PEERING = "peering connection"
    ACL_IN = "network ACL, in"
    GROUPS_IN = "security groups, in"


class Replies(StrEnum):
    """For which clients the replies come back."""

    ALL = "all clients"
    SOME = "some clients"
    """Only those that use the client ports of the answer."""
    NONE = "no client"


@dataclass(frozen=True, slots=True)
class Opening:
    """The smallest change that would open one hop. Peerkeeper names it and never makes it."""

    words: str
    command: str = ""
    """The command of the AWS CLI, whole; empty where no single command opens it."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop, of the way there or of the way back."""

    kind: HopKind
    back: bool
    state: State
    where: str
    """The id of what judges: `acl-…`, `rtb-…`, `pcx-…`, or the groups, separated by blanks."""
    words: str
    """One sentence: what passes, which rule stops it, or why it is not known."""
    rule: str = ""
    """What decided, as a person finds it: `entry 100`, or a route. Empty where nothing decided."""
    in_part: bool = False
    """A part of what was asked passes this hop, or may pass, and a part does not."""
    opening: Opening | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the hop as plain JSON values."""
        plain: dict[str, Any] = {
            "hop": self.kind.value,
            "way": "back" if self.back else "there",
            "state": self.state.value,
            "at": self.where,
            "rule": self.rule,
            "words": self.words,
            "in_part": self.in_part,
        }
        if self.opening:
            plain["opening"] = {"words": self.opening.words, "command": self.opening.command}
        return plain


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether traffic from one end would reach the other, and its replies would come back."""

    source: Endpoint
    target: Endpoint
    traffic: Traffic
    verdict: Verdict
    hops: tuple[Hop, ...] = ()
    replies: Replies | None = None
    """None where the traffic has no client ports: a ping."""
    client_ports: Intervals = NO_PORTS
    """The client ports, of 1024 to 65535, for which the replies come back."""
    notes: tuple[str, ...] = ()
    """What limits the answer: which clients it holds for, or that no group was judged."""

    @property
    def blocking(self) -> tuple[Hop, ...]:
        """Every hop that stops a part of it, or all."""
        return tuple(hop for hop in self.hops if hop.state is State.BLOCKED)

    @property
    def unknown(self) -> tuple[Hop, ...]:
        """Every hop that could not be judged."""
        return tuple(hop for hop in self.hops if hop.state is State.UNKNOWN)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON values."""
        plain: dict[str, Any] = {
            "from": str(self.source),
            "to": str(self.target),
            "traffic": str(self.traffic),
            "verdict": self.verdict.value,
            "hops": [hop.to_dict() for hop in self.hops],
            "notes": list(self.notes),
        }
        if self.replies is not None:
            plain |= {"replies": self.replies.value, "client_ports": str(self.client_ports)}
        return plain
