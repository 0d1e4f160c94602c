"""From what Lambda hands a function to messages: an SQS batch, or one bare event.

In: the handler's event. Out: messages, each with its scope or its fault. Raises MessageError only for a
bare event. In a batch, only the message that cannot be read fails, and it is left to the dead-letter queue.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from peerkeeper.errors import MessageError
from peerkeeper.messages.ec2_events import NOTHING, scope_from_event
from peerkeeper.messages.hand_off import scope_from_body
from peerkeeper.settings import Settings
from peerkeeper.values.scope import Hint, Scope

SECOND_LOOK_MS = 300_000


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the SQS message id (empty for a bare event), and its scope or what is wrong."""

    id: str
    scope: Scope = NOTHING
    fault: str = ""
    is_event: bool = False
    """EC2 itself told, by way of CloudTrail; no hand-off and no schedule."""


def is_batch(event: object) -> bool:
    """Tell whether the event is an SQS batch."""
    return isinstance(event, dict) and isinstance(event.get("Records"), list)


def messages_from(event: object, settings: Settings) -> tuple[Message, ...]:
    """Return the messages in the event. Raises MessageError for a bare event that cannot be read."""
    if is_batch(event):
        assert isinstance(event, dict)  # noqa: S101 - for the type checker: is_batch has looked
        return tuple(_message(record, settings) for record in event["Records"])
    try:
        return (Message("", _scope(event, settings)),)
    except RecursionError:
        raise MessageError("This message cannot be read:", ["it is nested too deep"]) from None


def _message(record: object, settings: Settings) -> Message:
    fields = record if isinstance(record, dict) else {}
    message_id = str(fields.get("messageId", ""))
    try:
        body = json.loads(fields.get("body") or "null")
        scope = _scope(body, settings)
    except (ValueError, TypeError, RecursionError) as error:
        return Message(message_id, fault=f"the body is not JSON: {type(error).__name__}")
    except MessageError as error:
        return Message(message_id, fault=str(error))
    stamped = _stamped(scope, fields.get("attributes"), settings)
    return Message(message_id, stamped, is_event=body.get("source") == "aws.ec2")


def _stamped(scope: Scope, attributes: object, settings: Settings) -> Scope:
    """Return the scope with what SQS stamps as proof: who sent it, and that five minutes have gone by.

    What a body says of absence or of subnets counts only if one of our function roles sent it.
    SenderId of a role is "<its unique id>:<session>". Source: SQS API, ReceiveMessage.
    """
    if not (scope.absent or scope.sights) or not isinstance(attributes, dict):
        return replace(scope, proven=False) if scope.proven else scope
    sender = str(attributes.get("SenderId", "")).partition(":")[0]
    try:
        waited = int(attributes["ApproximateFirstReceiveTimestamp"]) - int(
            attributes["SentTimestamp"]
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return replace(scope, proven=False)
    return replace(scope, proven=sender in settings.senders and waited >= SECOND_LOOK_MS)


def _scope(body: object, settings: Settings) -> Scope:
    if not isinstance(body, dict):
        raise MessageError("This message cannot be read:", ["it is not a JSON object"])
    if "peerkeeper" in body:
        return scope_from_body(body, settings)
    if body.get("detail-type") == "Scheduled Event":
        return Scope(frozenset(_everywhere(settings)), why="schedule")
    if "detail-type" not in body:
        raise MessageError(
            "This message cannot be read:",
            ["it must be an EventBridge event (with detail-type) or a hand-off of Peerkeeper"],
        )
    if body.get("source") != "aws.ec2":
        return NOTHING
    return scope_from_event(body, settings)


def _everywhere(settings: Settings) -> Iterator[Hint]:
    return (Hint(location) for location in settings.locations)
