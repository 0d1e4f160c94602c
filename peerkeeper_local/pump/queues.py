"""The hub's queues, in moto's SQS.

In: messages from rules and, through plain SQS calls, from functions. Out: SQS records, and when the next one
is due. moto keeps delay, visibility and redrive on the virtual clock. Its backend tells two things that its
API does not. One is who sent a message, since moto stamps one constant on all. The other is when a message
will be visible.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from moto.sqs.models import Message, sqs_backends
from moto.sqs.models import Queue as MotoQueue

from peerkeeper_local.cloudtrail import Json
from peerkeeper_local.deployment import Queue, Stack
from peerkeeper_local.pump.needs import Cloud

EVENTBRIDGE = "AIDAEVENTBRIDGERULES0"  # who sends what a rule delivers, as SQS shows it
_AT_ONCE = 10  # messages in one ReceiveMessage at most


class Queues:
    """All queues of a stack."""

    def __init__(self, cloud: Cloud, stack: Stack) -> None:
        self._sqs = cloud.client("sqs", stack.region)
        self._backend = sqs_backends[stack.account][stack.region]
        self._queues = {queue.arn: queue for queue in stack.queues}
        self._known: set[str] = set()
        self._buried: set[str] = set()
        for queue in sorted(stack.queues, key=lambda queue: queue.redrive is not None):
            self._create(queue)

    def send(
        self, arn: str, body: str, sender: str, attributes: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Put a message in the queue as `sender`, with these message attributes."""
        said = {k: {"DataType": "String", "StringValue": v} for k, v in attributes.items()}
        self._sqs.send_message(
            QueueUrl=self._queues[arn].url, MessageBody=body, MessageAttributes=said
        )
        for _, message in self.arrivals():
            message.sender_id = sender

    def arrivals(self) -> list[tuple[str, Message]]:
        """Return the messages sent since the last look, each with its queue's ARN."""
        new = [
            (arn, message)
            for arn in self._queues
            for message in self._messages(arn)
            if message.id not in self._known
        ]
        self._known.update(message.id for _, message in new)
        return new

    def visible_from(self, arn: str) -> list[float]:
        """Return when each of the queue's messages is, or becomes, visible: epoch seconds, sorted."""
        return sorted(_visible_from(message) for message in self._messages(arn))

    def waiting(self) -> dict[str, list[Json]]:
        """Return by queue what waits in it: when it is visible (epoch seconds), and its body."""
        return {
            queue.name: [
                {"visible": _visible_from(message), "body": message.body}
                for message in self._messages(queue.arn)
            ]
            for queue in self._queues.values()
            if queue.name in self._backend.queues  # a client may have deleted one
        }

    def receive(self, arn: str, most: int) -> list[Json]:
        """Take up to `most` visible messages, as Lambda hands them to a function."""
        taken: list[Json] = []
        while len(taken) < most and (got := self._receive(arn, min(most - len(taken), _AT_ONCE))):
            taken.extend(got)
        return taken

    def delete(self, arn: str, records: Sequence[Json]) -> None:
        """Delete the messages: they have been dealt with."""
        for record in records:
            handle = record["receiptHandle"]
            self._sqs.delete_message(QueueUrl=self._queues[arn].url, ReceiptHandle=handle)

    def buried(self, arn: str) -> list[Message]:
        """Return what went to the queue's dead-letter queue since the last look."""
        redrive = self._queues[arn].redrive
        dead = self._messages(redrive.dead_letter_arn) if redrive else []
        new = [message for message in dead if message.id not in self._buried]
        self._buried.update(message.id for message in new)
        return new

    def _receive(self, arn: str, most: int) -> list[Json]:
        queue = self._queues[arn]
        reply = self._sqs.receive_message(
            QueueUrl=queue.url, MaxNumberOfMessages=most, MessageSystemAttributeNames=["All"]
        )
        return [_record(message, queue) for message in reply.get("Messages", [])]

    def _messages(self, arn: str) -> list[Message]:
        queue: MotoQueue = self._backend.queues[self._queues[arn].name]
        messages: list[Message] = queue._messages  # `messages` would hide what is delayed
        return messages

    def _create(self, queue: Queue) -> None:
        attributes = {
            "VisibilityTimeout": str(queue.visibility_timeout),
            "DelaySeconds": str(queue.delay),
            "MessageRetentionPeriod": str(queue.retention),
        }
        if queue.redrive:
            attributes["RedrivePolicy"] = (
                f'{{"deadLetterTargetArn": "{queue.redrive.dead_letter_arn}",'
                f' "maxReceiveCount": {queue.redrive.max_receive_count}}}'
            )
        self._sqs.create_queue(QueueName=queue.name, Attributes=attributes)


def _visible_from(message: Message) -> float:
    """Return the first millisecond, in seconds, at which moto shows the message."""
    shown: float = max(message.sent_timestamp, message.delayed_until, message.visible_at)
    return shown / 1000 + 0.001


def _record(message: Json, queue: Queue) -> Json:
    """Return the message as it stands in a Lambda event. Source: Lambda developer guide, SQS."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": message.get("MessageAttributes", {}),
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue.arn,
        "awsRegion": queue.arn.split(":")[3],
    }
