"""What the functions and the services under them measure while a pump runs.

In: the pump's steps. Out: `Metrics`, each in the account and region it is in. They are what functions
print in the embedded metric format, Lambda's counts, and the depth of dead-letter queues. The pump does not
run state machines, so they have no metrics here.
"""

from peerkeeper_local.alarms.metrics import Metrics
from peerkeeper_local.deployment import Metric
from peerkeeper_local.pump import DeadLettered, EventRefused, FunctionReturned, Pump, Step

EVERY = 300.0
"""Seconds between two values of a queue's depth. CloudWatch takes one a minute; the alarms ask by five."""
FORWARD = "peerkeeper-forward-dead-letters"
"""The queue of what a forwarding rule could not deliver, by one name in every account and region."""


class Measured:
    """Listens to a pump from when it is made."""

    def __init__(self, pump: Pump) -> None:
        self._home = (pump.hub.account, pump.hub.region)
        self._metrics: dict[tuple[str, str], Metrics] = {}
        self._functions = {function.logical_id: function.name for function in pump.hub.functions}
        self._dead_letters = {
            queue.name: queue.redrive.dead_letter_arn.rpartition(":")[2]
            for queue in pump.hub.queues
            if queue.redrive
        }
        self._buried: dict[tuple[tuple[str, str], str], list[float]] = {}
        pump.on_step(self.hear)

    def hear(self, step: Step) -> None:
        """Take note of one step."""
        match step:
            case FunctionReturned():
                self._ran(step)
            case DeadLettered(at, _, queue):
                self._bury(self._home, self._dead_letters[queue], at)
            case EventRefused(at, _, region, _, event):
                self._bury((event["account"], region), FORWARD, at)
            case _:
                pass

    def at(self, location: tuple[str, str] | None = None) -> Metrics:
        """Return what is measured in that account and region; in the hub's own unless told."""
        return self._metrics.setdefault(location or self._home, Metrics())

    def close(self, end: float) -> None:
        """Measure the depth of dead-letter queues until `end`; what is in them stays until then.

        Source: Amazon SQS Developer Guide, available CloudWatch metrics.
        """
        for (location, queue), times in self._buried.items():
            of = frozenset({("QueueName", queue)})
            metric = Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", of)
            at = times[0]
            while at < end:
                self.at(location).put(metric, at, float(sum(time <= at for time in times)))
                at += EVERY
        self._buried.clear()

    def _bury(self, location: tuple[str, str], queue: str, at: float) -> None:
        self._buried.setdefault((location, queue), []).append(at)

    def _ran(self, step: FunctionReturned) -> None:
        of = frozenset({("FunctionName", self._functions[step.function])})
        for name, value in (("Invocations", 1.0), ("Errors", float(step.error is not None))):
            self.at().put(Metric("AWS/Lambda", name, of), step.at, value)
        for line in step.printed:
            self.at().put_line(line, step.at)
