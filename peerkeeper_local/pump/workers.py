"""Lambda's pollers: from the queues to the functions and back.

In: queues with messages, a function to invoke. Out: steps, and queues without what was dealt with. Never
moves the clock.
"""

import json
from collections.abc import Callable

from peerkeeper_local.cloudtrail import Json, role_id
from peerkeeper_local.deployment import EventSourceMapping, Function, Stack
from peerkeeper_local.pump.execution_environment import Run
from peerkeeper_local.pump.functions import Functions, undone
from peerkeeper_local.pump.needs import Cloud
from peerkeeper_local.pump.queues import Queues
from peerkeeper_local.pump.steps import (
    DeadLettered,
    FunctionInvoked,
    FunctionReturned,
    HandOffSent,
    Step,
)


class Workers:
    """The event source mappings of a stack, at work."""

    def __init__(
        self, cloud: Cloud, hub: Stack, queues: Queues, tell: Callable[[Step], None]
    ) -> None:
        self._hub = hub
        self._queues = queues
        self._tell = tell
        self._clock = cloud.clock
        self._functions = Functions(cloud, hub)
        self.readers = {mapping.queue_arn: mapping.function for mapping in hub.mappings}

    def due(self, mapping: EventSourceMapping) -> float | None:
        """Return when Lambda reads the queue: a full batch at once, else when the window ends."""
        visible = self._queues.visible_from(mapping.queue_arn)
        if not visible:
            return None
        full = visible[mapping.batch_size - 1 : mapping.batch_size]
        return min([visible[0] + mapping.window, *full])

    def poll(self, mapping: EventSourceMapping) -> bool:
        """Read the queue once and work on what it gives; tell whether anything moved."""
        records = self._queues.receive(mapping.queue_arn, mapping.batch_size)
        buried = self._report_dead_letters(mapping)
        if records:
            run = self.invoke(
                self._hub.function(mapping.function), {"Records": records}, tuple(records)
            )
            left = undone(run, records, mapping)
            done = [record for record in records if record["messageId"] not in left]
            self._queues.delete(mapping.queue_arn, done)
        return bool(records) or buried

    def invoke(self, function: Function, event: object, records: tuple[Json, ...] = ()) -> Run:
        """Run the function, and put its name on the messages it sent."""
        self._queues.arrivals()  # what somebody sent by hand is not the function's
        now, name = self._clock.now(), function.logical_id
        self._tell(FunctionInvoked(now, name, records))
        run = self._functions.run(function, event)
        self._tell(FunctionReturned(now, name, run.reply, run.logs, run.printed, run.error))
        self._stamp(function)
        return run

    def _stamp(self, function: Function) -> None:
        """SQS shows a role as `<RoleId>:<session>`; Lambda's session is called like the function."""
        for arn, message in self._queues.arrivals():
            message.sender_id = f"{role_id(function.role_name)}:{function.name}"
            delay = max(0, round((message.delayed_until - message.sent_timestamp) / 1000))
            target = self.readers.get(arn, arn)
            body = json.loads(message.body)
            self._tell(HandOffSent(self._clock.now(), function.logical_id, target, body, delay))

    def _report_dead_letters(self, mapping: EventSourceMapping) -> bool:
        queue = mapping.queue_arn.rpartition(":")[2]
        buried = self._queues.buried(mapping.queue_arn)
        for message in buried:
            received = message.approximate_receive_count
            now = self._clock.now()
            self._tell(DeadLettered(now, mapping.function, queue, message.body, received))
        return bool(buried)
