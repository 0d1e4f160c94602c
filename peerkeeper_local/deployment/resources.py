"""What a stack holds, as far as events and messages need it. In AWS's words; values only."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class DeploymentError(Exception):
    """A template holds what this reader does not understand, or does not hold what it should."""


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function. `timeout` in seconds, `memory` in MB; `folder` and `layers` hold its code."""

    logical_id: str
    name: str
    arn: str
    folder: Path
    handler: str
    layers: tuple[Path, ...]
    role_arn: str
    timeout: int
    memory: int
    environment: dict[str, str]

    @property
    def role_name(self) -> str:
        """The name of the role the function runs as."""
        return self.role_arn.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Redrive:
    """Where a queue puts a message that was received too often."""

    dead_letter_arn: str
    max_receive_count: int


@dataclass(frozen=True, slots=True)
class Queue:
    """An SQS queue; times in seconds."""

    logical_id: str
    name: str
    arn: str
    url: str
    visibility_timeout: int
    delay: int
    retention: int
    redrive: Redrive | None


@dataclass(frozen=True, slots=True)
class Transformer:
    """What a rule makes of an event for a target: paths by name, and a text with these names in it."""

    paths: dict[str, str]
    template: str


@dataclass(frozen=True, slots=True)
class Rule:
    """An EventBridge rule; its targets are ARNs of queues, buses or topics."""

    logical_id: str
    name: str
    bus: str
    pattern: dict[str, Any]
    targets: tuple[str, ...]
    enabled: bool
    role_arns: tuple[str, ...] = ()
    """For each target the role that puts events there; empty where the rule itself may."""
    transformers: dict[str, Transformer] = field(default_factory=dict)
    """By target; a target without one gets the event as it is, or a part of it."""
    parts: dict[str, str] = field(default_factory=dict)
    """By target: the path of that part."""
    dead_letters: dict[str, str] = field(default_factory=dict)
    """By target: the ARN of the queue that takes what could not be delivered."""


@dataclass(frozen=True, slots=True)
class EventSourceMapping:
    """How Lambda reads a queue for a function; `window` in seconds."""

    function: str
    queue_arn: str
    batch_size: int
    window: int
    reports_item_failures: bool
    maximum_concurrency: int | None = None
    """Invocations of the function at once. With None there is no limit but the account's."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that invokes a function with a constant input, None for Scheduler's own."""

    name: str
    arn: str
    expression: str
    target_arn: str
    input: str | None
