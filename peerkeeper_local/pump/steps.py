"""What can happen on the way from an EC2 call to a function's reply. Values only.

`at` is in epoch seconds of the virtual clock; functions, rules and queues go by their logical ids.
"""

from dataclasses import dataclass
from typing import TypeAlias

from peerkeeper_local.cloudtrail import Json


@dataclass(frozen=True, slots=True)
class EventEmitted:
    """CloudTrail put an EC2 call on the default bus of its region."""

    at: float
    event: Json


@dataclass(frozen=True, slots=True)
class EventLost:
    """The call was made while event delivery was cut: its event is lost."""

    at: float
    event: Json


@dataclass(frozen=True, slots=True)
class EventForwarded:
    """A rule on a default bus sent the event on to the hub bus."""

    at: float
    rule: str
    region: str
    event: Json


@dataclass(frozen=True, slots=True)
class EventRefused:
    """A rule sent the event on to the hub bus, which takes nothing from there: a dead letter."""

    at: float
    rule: str
    region: str
    bus: str
    event: Json


@dataclass(frozen=True, slots=True)
class EventMatched:
    """A rule on the hub bus put the event in a function's queue."""

    at: float
    rule: str
    function: str
    event: Json


@dataclass(frozen=True, slots=True)
class EventIgnored:
    """No rule on the bus matches the event."""

    at: float
    bus: str
    event: Json


@dataclass(frozen=True, slots=True)
class FunctionInvoked:
    """Lambda calls the function; `records` are SQS records, none where a schedule calls."""

    at: float
    function: str
    records: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class FunctionReturned:
    """The function replied, or raised `error` (a traceback).

    `logs`: the log lines it wrote, as JSON. `printed`: what else it wrote to stdout, such as
    metrics.
    """

    at: float
    function: str
    reply: object
    logs: tuple[Json, ...]
    printed: tuple[str, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class HandOffSent:
    """A function sent a message to another function's queue, or to its own; delay in seconds."""

    at: float
    sender: str
    function: str
    body: Json
    delay: int


@dataclass(frozen=True, slots=True)
class DeadLettered:
    """A message was received too often and went to the dead-letter queue."""

    at: float
    function: str
    queue: str
    body: str
    received: int


@dataclass(frozen=True, slots=True)
class Announced:
    """Somebody put an event on a bus of the hub's by PutEvents."""

    at: float
    bus: str
    event: Json


@dataclass(frozen=True, slots=True)
class Noticed:
    """A rule sent a topic the text that its subscribers read."""

    at: float
    rule: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeRefused:
    """A topic's policy did not let a rule publish; the event is in `queue`, empty where it is lost."""

    at: float
    rule: str
    topic: str
    queue: str
    event: Json


Step: TypeAlias = (
    EventEmitted
    | EventLost
    | EventForwarded
    | EventRefused
    | EventMatched
    | EventIgnored
    | FunctionInvoked
    | FunctionReturned
    | HandOffSent
    | DeadLettered
    | Announced
    | Noticed
    | NoticeRefused
)
