"""Where to look, and how we came to look there: what a message says, and nothing about EC2's state.

In: nothing. Out: `Scope` and its parts. `messages` makes it of a message, and of it a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from peerkeeper.values.ec2 import Location
from peerkeeper.values.snapshot import Key, Sight
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.undoings import Undoing


class Function(StrEnum):
    """The functions, by folder name. Queues and hand-offs use the same names."""

    CONNECT = "connect_peerings"
    CLEAN = "clean_routes"
    CONFIGURE = "configure_vpcs"
    SWEEP = "sweep"
    KEEP = "keep_endpoints"


class Expected(StrEnum):
    """What a message claims of an id; while the read disagrees, we look again later."""

    VISIBLE = "visible"
    ACCEPTED = "accepted"
    GONE = "gone"


class Hint(NamedTuple):
    """Look at this id; an empty one means the whole location."""

    location: Location
    id: str = ""
    vpc_id: str = ""
    """The VPC of that subnet, table or side, where the message names it: saves a read."""

    @property
    def kind(self) -> str:
        """The id's prefix (vpc, subnet, rtb, pcx, vpce); empty for the whole location."""
        return self.id.partition("-")[0]


@dataclass(frozen=True, slots=True, order=True)
class Expectation:
    """The message claims that `id` is in this state in this location."""

    location: Location
    id: str
    state: Expected


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one message tells us to look. A set: the union of two scopes looks at both."""

    hints: frozenset[Hint] = frozenset()
    expect: frozenset[Expectation] = frozenset()
    absent: frozenset[Key] = frozenset()
    """(location, pcx id) that the sender saw absent."""
    sights: frozenset[Sight] = frozenset()
    """What the sender saw of subnets."""
    acts: frozenset[TagAct] = frozenset()
    """Who changed our tags, where the message is the event of it: for the news, never for a decision."""
    undone: frozenset[Undoing] = frozenset()
    """Who removed what we may have written, where the message is the event of it; never handed on."""
    proven: bool = False
    """SQS itself stamped that one of our functions said `absent` or `sights`, at least five minutes ago."""
    then: str = ""
    """The function to wake once this one has made its changes."""
    hops: int = 0
    """Hand-offs behind this message, over all functions."""
    looks: int = 0
    """Re-looks behind this message."""
    why: str = ""

    @property
    def locations(self) -> frozenset[Location]:
        """The locations this scope looks at."""
        return frozenset(hint.location for hint in self.hints)

    @property
    def keys(self) -> frozenset[Key]:
        """The ids and VPCs this scope names: two that share one are of one chain. Whole is an id too."""
        named = {(hint.location, hint.id) for hint in self.hints}
        return frozenset(
            named | {(hint.location, hint.vpc_id) for hint in self.hints if hint.vpc_id}
        )


@dataclass(frozen=True, slots=True)
class Deferral:
    """Look again, later: what cannot be decided now, and why."""

    function: Function
    hint: Hint
    why: str
    absent: str = ""
    """A pcx id seen absent: this asks for the second look."""
    sight: Sight | None = None
    """What was seen of a subnet: this asks for the second look."""
