"""The two templates, and the stacks they make.

In: the folder that holds template.yaml and, if other regions are to be forwarded, spoke.yaml. Out: a
Stack for the hub or for a spoke. Chosen only by resource type, never by logical id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from peerkeeper_local.deployment.alarms import Alarm, read_alarm
from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.parameters import parameter_faults
from peerkeeper_local.deployment.readers import (
    read_bus,
    read_bus_policy,
    read_function,
    read_mappings,
    read_queue,
    read_role,
    read_rule,
    read_schedule,
)
from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.resources import (
    DeploymentError,
    EventSourceMapping,
    Function,
    Queue,
    Rule,
    Schedule,
)
from peerkeeper_local.deployment.template import shared_template
from peerkeeper_local.iam import Role


@dataclass(frozen=True, slots=True)
class Stack:
    """What one template makes in one account and region."""

    account: str
    region: str
    buses: dict[str, str] = field(default_factory=dict)
    functions: tuple[Function, ...] = ()
    queues: tuple[Queue, ...] = ()
    rules: tuple[Rule, ...] = ()
    mappings: tuple[EventSourceMapping, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    roles: tuple[Role, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    bus_policy: tuple[dict[str, Any], ...] = ()
    """The statements that let other accounts put events on its buses."""

    def function(self, logical_id: str) -> Function:
        """Return the function. Raises DeploymentError if no function has that id."""
        for function in self.functions:
            if function.logical_id == logical_id:
                return function
        raise DeploymentError(f"no function {logical_id}")


class Deployment:
    """The templates of one checkout."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def hub(
        self,
        account: str,
        region: str,
        parameters: Mapping[str, str] | None = None,
        *,
        stack: str = "peerkeeper",
    ) -> Stack:
        """Return the hub's stack, called `stack`. Raises DeploymentError on what cannot be resolved."""
        place = Place(account, region, stack)
        return _stack(self._hub, place, parameters, self._root)

    def faults(self, account: str, region: str, parameters: Mapping[str, str]) -> list[str]:
        """Return all that CloudFormation would refuse about the hub's parameters, each with its remedy.

        The template's rules are asked only if every value passes by itself.
        """
        declared = self._hub["Parameters"]
        found = list(parameter_faults(declared, parameters))
        known = {name: value for name, value in parameters.items() if name in declared}
        if list(parameter_faults(declared, known)):
            return found
        resolver = Resolver(self._hub, Place(account, region, "peerkeeper"), known)
        return [*found, *resolver.broken_rules(self._hub.get("Rules", {}))]

    def spoke(
        self,
        account: str,
        region: str,
        hub: Stack,
        parameters: Mapping[str, str] | None = None,
        *,
        stack: str = "peerkeeper-spoke",
    ) -> Stack:
        """Return the stack that forwards another region, or account, to the hub's own bus.

        Of `parameters`, which may be the hub's, it takes those that it has.
        """
        (bus_arn,) = hub.buses.values()
        place = Place(account, region, f"{stack}-{region}")
        asked = self._spoke["Parameters"].keys()
        given = {name: value for name, value in (parameters or {}).items() if name in asked}
        return _stack(self._spoke, place, {**given, "HubBusArn": bus_arn}, self._root)

    @cached_property
    def _hub(self) -> dict[str, Any]:
        return shared_template(self._root / "template.yaml")

    @cached_property
    def _spoke(self) -> dict[str, Any]:
        return shared_template(self._root / "spoke.yaml")


def _stack(
    template: dict[str, Any], place: Place, parameters: Mapping[str, str] | None, root: Path
) -> Stack:
    resolver = Resolver(template, place, parameters or {})
    if broken := list(resolver.broken_rules(template.get("Rules", {}))):
        raise DeploymentError("; ".join(broken))
    made = {k: r for k, r in template["Resources"].items() if resolver.deployed(r)}

    def of(kind: str) -> list[tuple[str, dict[str, Any]]]:
        return [(k, r.get("Properties", {})) for k, r in made.items() if r["Type"] == kind]

    shared = template.get("Globals", {}).get("Function", {})
    layers = {k: root / r["ContentUri"] for k, r in of("AWS::Serverless::LayerVersion")}
    functions = of("AWS::Serverless::Function")
    return Stack(
        account=place.account,
        region=place.region,
        buses=dict(read_bus(k, resolver) for k, _ in of("AWS::Events::EventBus")),
        functions=tuple(
            read_function(k, p, resolver, shared=shared, layers=layers, root=root)
            for k, p in functions
        ),
        queues=tuple(read_queue(k, p, resolver) for k, p in of("AWS::SQS::Queue")),
        rules=tuple(read_rule(k, p, resolver) for k, p in of("AWS::Events::Rule")),
        mappings=tuple(m for k, p in functions for m in read_mappings(k, p, resolver)),
        schedules=tuple(read_schedule(k, p, resolver) for k, p in of("AWS::Scheduler::Schedule")),
        roles=tuple(read_role(k, p, resolver) for k, p in of("AWS::IAM::Role")),
        alarms=tuple(read_alarm(resolver.value(p)) for _, p in of("AWS::CloudWatch::Alarm")),
        bus_policy=tuple(
            read_bus_policy(p, resolver) for _, p in of("AWS::Events::EventBusPolicy")
        ),
    )
