"""StartMessageMoveTask, which moto lacks: dead letters go back, or to a queue that is named.

In: the call. Out: moto's queues with the messages moved, as new messages, when the call returns.

    the source is          a destination is named    SQS redrove the messages    then
    no dead-letter queue   any                       any                         UnsupportedOperation
    one                    no                        each of them                to the queue it came from
    one                    no                        not all of them             UnsupportedOperation
    one                    yes                       any                         to that queue

A message that a rule of EventBridge failed to deliver comes from no queue. It cannot go back.
Source: SQS API reference, StartMessageMoveTask (only dead-letter queues of SQS queues, the messages of other
sources are not supported; DestinationArn). Assumed: such a task is refused at once. It may start, and fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from moto.core.responses import ActionResult
from moto.sqs.exceptions import SQSException
from moto.sqs.models import Message, Queue, sqs_backends
from moto.sqs.responses import SQSResponse


def message_moves() -> Iterator[AbstractContextManager[object]]:
    """Yield the stand-ins: messages that know their first queue, and the operation itself."""
    add = Queue.add_message

    def added(queue: Queue, message: Message) -> None:
        message.first_queue = getattr(message, "first_queue", queue.queue_arn)
        add(queue, message)

    yield patch.object(Queue, "add_message", added)
    yield patch.object(SQSResponse, "start_message_move_task", _start, create=True)


def _start(response: SQSResponse) -> ActionResult:
    source = _queue(response._get_param("SourceArn"))
    named = response._get_param("DestinationArn")
    backend = sqs_backends[source.account_id][source.region]
    if not backend.list_dead_letter_source_queues(source.name):
        raise _unsupported(f"{source.queue_arn} is no dead-letter queue of an SQS queue")
    messages = list(source._messages)
    if not named and any(each.first_queue == source.queue_arn for each in messages):
        raise _unsupported(
            f"{source.queue_arn} holds messages that came from no SQS queue: name a destination"
        )
    for each in messages:
        source._messages.remove(each)
        _move(each, _queue(named or each.first_queue))
    return ActionResult({"TaskHandle": str(uuid4())})


def _move(message: Message, to: Queue) -> None:
    """Send it as a new message. Source: SQS developer guide, dead-letter queue redrive."""
    backend = sqs_backends[to.account_id][to.region]
    backend.send_message(to.name, message.body, message.message_attributes)


def _queue(arn: str) -> Queue:
    region, account, name = arn.split(":")[3:6]
    queues: dict[str, Any] = sqs_backends[account][region].queues
    if name not in queues:
        raise SQSException("ResourceNotFoundException", f"the queue {arn} does not exist")
    return queues[name]


def _unsupported(words: str) -> SQSException:
    return SQSException("AWS.SimpleQueueService.UnsupportedOperation", words)
