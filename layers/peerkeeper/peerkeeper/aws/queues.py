"""Send hand-offs to the functions' queues.

In: clients, queue URLs, hand-offs. Out: `Sent`, with the trouble where one did not get away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from botocore.exceptions import BotoCoreError, ClientError

from peerkeeper.aws.clients import Clients
from peerkeeper.messages.hand_off import HandOff
from peerkeeper.reporting.report import Sent


def send(
    clients: Clients, queues: Mapping[str, str], hand_offs: Iterable[HandOff]
) -> tuple[Sent, ...]:
    """Send each hand-off to its function's queue; trouble is in the value, never raised."""
    return tuple(_send(clients, queues.get(one.function, ""), one) for one in hand_offs)


def _send(clients: Clients, url: str, one: HandOff) -> Sent:
    if not url:
        return Sent(one, f"no queue URL is set for {one.function}")
    try:
        clients.sqs.send_message(QueueUrl=url, MessageBody=one.to_body(), DelaySeconds=one.delay)
    except (ClientError, BotoCoreError) as error:
        return Sent(one, f"{type(error).__name__}: {error}")
    return Sent(one)
