"""The pump itself: EC2 calls in, function runs out, in virtual time.

In: a local cloud, the deployment, parameters. Out: steps. One thing happens at a time, in the order of
the virtual clock and in the calling thread. The functions' own threads only make EC2 calls.
"""

import json
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from peerkeeper_local.cloudtrail import Json
from peerkeeper_local.cloudtrail.trails import Logs
from peerkeeper_local.deployment import Deployment, Rule
from peerkeeper_local.pump.buses import Buses, Delivered, Forwarded, Hop, Ignored, Refused
from peerkeeper_local.pump.delivery import Delivery, Underway
from peerkeeper_local.pump.functions import scheduled_event
from peerkeeper_local.pump.needs import Cloud
from peerkeeper_local.pump.queues import EVENTBRIDGE, Queues
from peerkeeper_local.pump.steps import (
    Announced,
    EventEmitted,
    EventForwarded,
    EventIgnored,
    EventMatched,
    EventRefused,
    Noticed,
    NoticeRefused,
    Step,
)
from peerkeeper_local.pump.topics import Topics
from peerkeeper_local.pump.trail import Trail
from peerkeeper_local.pump.transform import part, transformed
from peerkeeper_local.pump.workers import Workers


class PumpError(Exception):
    """The pump cannot go on: something is due and nothing can take it."""


class Pump:
    """Carries the cloud's EC2 calls to the functions.

    The hub is deployed in the cloud's first region, a spoke in every other, and in every region of every
    other account. `parameters` are template.yaml's, and spoke.yaml's where it has them; Regions and
    Accounts are all of the cloud's unless given. Raises DeploymentError for templates or parameters that
    cannot be deployed.
    """

    def __init__(
        self,
        cloud: Cloud,
        deployment: Deployment,
        parameters: Mapping[str, str] | None = None,
        delivery: Delivery | None = None,
    ) -> None:
        home, *others = cloud.regions
        said = {"Regions": ",".join(cloud.regions), **(parameters or {})}
        if cloud.accounts:
            said = {"Accounts": ",".join(cloud.accounts), **said}
        self.hub = deployment.hub(cloud.account, home, said)
        roles = {**said, "RoleRegion": home}
        spokes = tuple(
            deployment.spoke(account, region, self.hub, parameters)
            for account, regions, parameters in (
                (cloud.account, others, said),
                *((account, cloud.regions, roles) for account in cloud.accounts),
            )
            for region in regions
        )
        for stack in (self.hub, *spokes):
            cloud.installed.add(stack)
            for role in stack.roles:
                cloud.authority.add(role)
        policy = {"Statement": list(self.hub.bus_policy)}
        cloud.authority.bus_policies.update(dict.fromkeys(self.hub.buses.values(), policy))
        self._clock = cloud.clock
        self._regions = tuple(cloud.regions)
        self._trails = cloud.trails
        self._trail = Trail(cloud.trails)
        self._underway = Underway(delivery or Delivery())
        self._buses = Buses(self.hub, spokes, cloud.authority.organizations)
        self._queues = Queues(cloud, self.hub)
        self.topics = Topics(cloud)
        self._workers = Workers(cloud, self.hub, self._queues, self._tell)
        self._watchers: list[Callable[[Step], None]] = []
        cloud.on_call(self._trail.hear)
        self._put: deque[tuple[str, Json]] = deque()
        cloud.on_event(self._hear)
        for name in self.hub.buses:
            cloud.client("events", home).create_event_bus(Name=name)

    def on_step(self, watcher: Callable[[Step], None]) -> None:
        """Tell `watcher` of every step from now on."""
        self._watchers.append(watcher)

    def cut(self) -> None:
        """Lose the event of every call from now on."""
        self._trail.cut = True

    def join(self) -> None:
        """Deliver the events of calls again."""
        self._trail.cut = False

    def log(self, what: Logs, *regions: str) -> None:
        """Let the trails log that from now on, in these regions; in all of them by default."""
        self._trails.say(what, regions or self._regions)

    def inject(self, event: Json) -> None:
        """Put an event on the default bus of its account and region: replayed, late, or forged."""
        self._underway.add(event, self._clock.now())

    def run(self, *, until_idle: bool = True, max_seconds: float = 60.0) -> None:
        """Deliver what is due.

        With `until_idle` this includes what falls due within `max_seconds` of virtual time. The clock
        moves from one to the next and stays at the last. Otherwise it is only what is due now.
        Raises PumpError rather than turn in a circle.
        """
        limit = self._clock.now() + (max_seconds if until_idle else 0.0)
        while (due := self._next_due()) is not None and due <= limit:
            self._clock.advance(max(0.0, due - self._clock.now()))
            self._deliver()

    def advance(self, seconds: float) -> None:
        """Move the clock on by `seconds`, delivering all that falls due on the way."""
        end = self._clock.now() + seconds
        self.run(max_seconds=seconds)
        self._clock.advance(max(0.0, end - self._clock.now()))

    def waiting(self) -> dict[str, list[Json]]:
        """Return by queue what waits in it."""
        return self._queues.waiting()

    def sweep(self) -> None:
        """Fire every schedule once; what it hands off is delivered by the next run.

        Raises PumpError for a schedule that starts anything but a function: no state machine is run here.
        """
        for schedule in self.hub.schedules:
            time = datetime.fromtimestamp(self._clock.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            target = next((f for f in self.hub.functions if f.arn == schedule.target_arn), None)
            if target is None:
                raise PumpError(f"{schedule.target_arn} is no function of this stack's")
            self._workers.invoke(target, scheduled_event(schedule, self.hub, time))

    def _hear(self, bus: str, event: Json) -> None:
        """Take note of an event put on one of our buses; safe in any thread."""
        if bus in self.hub.buses.values():
            self._put.append((bus.rpartition("/")[2], event))

    def _tell(self, step: Step) -> None:
        for watcher in self._watchers:
            watcher(step)

    def _next_due(self) -> float | None:
        while self._put:
            bus, event = self._put.popleft()
            self._tell(Announced(self._clock.now(), bus, event))
            for hop in self._buses.route_on(bus, event):
                self._hop(hop, event)
        for step in self._trail.events():
            self._tell(step)
            if isinstance(step, EventEmitted):
                self._underway.add(step.event, step.at)
        dues = [self._underway.due(), *map(self._workers.due, self.hub.mappings)]
        return min((due for due in dues if due is not None), default=None)

    def _deliver(self) -> None:
        """Let the first thing that is due happen; events before messages."""
        now = self._clock.now()
        arrives = self._underway.due()
        if arrives is not None and arrives <= now:
            event = self._underway.take()
            for hop in self._buses.route(event):
                self._hop(hop, event)
            return
        for mapping in self.hub.mappings:
            due = self._workers.due(mapping)
            if due is not None and due <= now and self._workers.poll(mapping):
                return
        raise PumpError(f"something is due at {now}, but nothing can take it")

    def _hop(self, hop: Hop, event: Json) -> None:
        now = self._clock.now()
        match hop:
            case Ignored(bus):
                self._tell(EventIgnored(now, bus, event))
            case Refused(rule, region, bus):
                self._tell(EventRefused(now, rule.logical_id, region, bus, event))
            case Forwarded(rule, region, _):
                self._tell(EventForwarded(now, rule.logical_id, region, event))
            case Delivered(rule, topic) if topic.split(":")[2] == "sns":
                self._publish(rule, topic, event)
            case Delivered(rule, queue_arn):
                function = self._workers.readers[queue_arn]
                self._tell(EventMatched(now, rule.logical_id, function, event))
                for _ in range(self._underway.copies()):
                    self._queues.send(queue_arn, json.dumps(event), EVENTBRIDGE)

    def _publish(self, rule: Rule, topic: str, event: Json) -> None:
        """Publish what the rule makes of the event; where the topic does not take it, it is a dead letter.

        Retries are left out: no later one would find another policy. Source: EventBridge User Guide, using
        dead-letter queues, attributes of a message.
        """
        now, given = self._clock.now(), rule.transformers.get(topic)
        if self.topics.take_event(topic):
            path = rule.parts.get(topic, "$")
            text = transformed(given, event) if given else json.dumps(part(event, path))
            self._tell(Noticed(now, rule.logical_id, topic, text))
            return
        queue = rule.dead_letters.get(topic, "")
        if queue:
            said = {"TARGET_ARN": topic, "ERROR_CODE": "NO_PERMISSIONS"}
            self._queues.send(queue, json.dumps(event), EVENTBRIDGE, said)
        self._tell(NoticeRefused(now, rule.logical_id, topic, queue.rpartition(":")[2], event))
