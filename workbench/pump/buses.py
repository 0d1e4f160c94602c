"""From a default bus to the functions' queues.

In: an event and the stacks with their rules. Out: the hops it takes, in order. Every choice is made by a
pattern of a template; account and region of the event stay those of its origin, as on AWS.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from workbench.cloudtrail import Json
from workbench.deployment import Rule, Stack
from workbench.pump.patterns import matches

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A rule of a region sends the event to the bus of that name."""

    rule: Rule
    region: str
    bus: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A rule puts the event in the queue of that ARN."""

    rule: Rule
    queue_arn: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """No rule on the bus matches."""

    bus: str


Hop: TypeAlias = Forwarded | Delivered | Ignored


class Buses:
    """The event buses of a hub and its spokes."""

    def __init__(self, hub: Stack, spokes: tuple[Stack, ...]) -> None:
        self._hub = hub
        self._stacks = {(stack.account, stack.region): stack for stack in (hub, *spokes)}
        self._own = {arn: name for name, arn in hub.buses.items()}

    def route(self, event: Json) -> Iterator[Hop]:
        """Yield the hops of an event that appears on the default bus of its account and region."""
        stack = self._stacks.get((event["account"], event["region"]))
        yield from self._hops(event, stack, DEFAULT)

    def route_on(self, bus: str, event: Json) -> Iterator[Hop]:
        """Yield the hops of an event put on that bus of the hub's."""
        yield from self._hops(event, self._hub, bus)

    def _hops(self, event: Json, stack: Stack | None, bus: str) -> Iterator[Hop]:
        rules = stack.rules if stack else ()
        matched = [r for r in rules if r.enabled and r.bus == bus and matches(r.pattern, event)]
        if not matched:
            yield Ignored(bus)
        for rule in matched:
            for target in rule.targets:
                yield from self._hop(event, rule, target, stack)

    def _hop(self, event: Json, rule: Rule, target: str, stack: Stack | None) -> Iterator[Hop]:
        if target in self._own:
            region = stack.region if stack else ""
            yield Forwarded(rule, region, self._own[target])
            yield from self._hops(event, self._hub, self._own[target])
        else:
            yield Delivered(rule, target)
