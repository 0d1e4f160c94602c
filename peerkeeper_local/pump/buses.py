"""From a default bus to the functions' queues.

In: an event and the stacks with their rules. Out: the hops it takes, in order. Every choice is made by a
pattern of a template. The event keeps the account and region of its origin, as on AWS.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from peerkeeper_local.cloudtrail import Json
from peerkeeper_local.deployment import Rule, Stack
from peerkeeper_local.iam import allowed_for_principal, allowed_on_resource, put_events
from peerkeeper_local.pump.patterns import matches

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


@dataclass(frozen=True, slots=True)
class Refused:
    """The bus of that name takes no events from there: its policy, or the rule's role, does not allow it."""

    rule: Rule
    region: str
    bus: str


Hop: TypeAlias = Forwarded | Delivered | Ignored | Refused


class Buses:
    """The event buses of a hub and its spokes."""

    def __init__(
        self,
        hub: Stack,
        spokes: tuple[Stack, ...],
        organizations: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`organizations`: the organization of each account that is in one."""
        self._hub = hub
        self._organizations = organizations
        self._roles = {role.arn: role for stack in (hub, *spokes) for role in stack.roles}
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
            for target, role in zip(rule.targets, rule.role_arns, strict=True):
                yield from self._hop(event, rule, (target, role), stack)

    def _hop(
        self, event: Json, rule: Rule, to: tuple[str, str], stack: Stack | None
    ) -> Iterator[Hop]:
        target, role = to
        if target not in self._own:
            yield Delivered(rule, target)
        elif self._takes(event, (target, role), stack):
            yield Forwarded(rule, stack.region if stack else "", self._own[target])
            yield from self._hops(event, self._hub, self._own[target])
        else:
            yield Refused(rule, stack.region if stack else "", self._own[target])

    def _takes(self, event: Json, to: tuple[str, str], stack: Stack | None) -> bool:
        """Tell whether the rule's role may put the event on the bus; of another account the bus must let it.

        Source: EventBridge User Guide, sending and receiving events between accounts, condition keys.
        """
        bus, role = to
        if not role:
            return stack is not None and stack.account == self._hub.account
        account = role.split(":")[4]
        kind = (str(event["source"]), str(event["detail-type"]))
        organization = self._organizations.get(account, "")
        request = put_events(role, bus, kind, by_rule=True, organization=organization)
        if not allowed_for_principal(self._roles[role].policies, request):
            return False
        here = account == self._hub.account
        return here or allowed_on_resource({"Statement": list(self._hub.bus_policy)}, request)
