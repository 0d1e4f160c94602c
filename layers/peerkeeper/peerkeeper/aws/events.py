"""Put announcements on the hub bus. A failing bus fails nothing else: it is counted, and said in the log.

In: clients, the bus's name, announcements. Out: what did not get away, in words. Never raises.
"""

from __future__ import annotations

from collections.abc import Sequence

from botocore.exceptions import BotoCoreError, ClientError

from peerkeeper.aws.clients import Clients
from peerkeeper.reporting.bus_events import MOST, SOURCE, Announcement

BATCH = 10
"""Entries of one PutEvents. Ten of our entries stay below its 256 KiB. Source: EventBridge quotas."""
PUTS = 2
"""EventBridge may refuse single entries of a request; these are put once more. Source: API, PutEvents."""


def tell(clients: Clients, bus: str, told: Sequence[Announcement]) -> tuple[str, ...]:
    """Put the announcements on the bus; return one line for each that did not get there.

    With an empty `bus` it sends nothing and reports no failure. After a request that failed as a whole it
    does not try the rest: the time belongs to the work.
    """
    if not bus:
        return ()
    trouble = [f"{one.kind}: more than {MOST} at once" for one in told[MOST:]]
    rest = [*told[:MOST]]
    while rest:
        batch, rest = rest[:BATCH], rest[BATCH:]
        try:
            trouble += _put(clients, bus, batch)
        except (ClientError, BotoCoreError) as error:
            words = f"{type(error).__name__}: {error}"
            return (*trouble, *(f"{one.kind}: {words}" for one in [*batch, *rest]))
    return tuple(trouble)


def _put(clients: Clients, bus: str, batch: Sequence[Announcement]) -> list[str]:
    """Put one batch; return what EventBridge refused, each entry tried twice."""
    refused: list[str] = []
    for _ in range(PUTS):
        reply = clients.events.put_events(
            Entries=[
                {
                    "EventBusName": bus,
                    "Source": SOURCE,
                    "DetailType": one.kind.value,
                    "Detail": one.detail,
                }
                for one in batch
            ]
        )
        answers = list(zip(batch, reply["Entries"], strict=True))
        failed = [(one, answer) for one, answer in answers if answer.get("ErrorCode")]
        refused = [
            f"{one.kind}: {answer['ErrorCode']}: {answer.get('ErrorMessage', '')}"
            for one, answer in failed
        ]
        batch = [one for one, _ in failed]
        if not batch:
            break
    return refused
