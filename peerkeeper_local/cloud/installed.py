"""What the services answer about the stacks' resources: rules, the bus's policy, roles, the schedule.

In: stacks. Out: seams like EC2's, for reads only. moto answers for any other name. No seam here
shows what CloudFormation, Lambda and CloudWatch have of a stack.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, ClassVar

import moto.events.urls
import moto.iam.urls
import moto.scheduler.urls
from moto.core.responses import ActionResult
from moto.events.responses import EventsHandler
from moto.iam.responses import IamResponse
from moto.scheduler.responses import EventBridgeSchedulerResponse

from peerkeeper_local.cloud.service_seam import LocalService, laid_over
from peerkeeper_local.cloud.world import World
from peerkeeper_local.cloudtrail import role_id
from peerkeeper_local.deployment import Rule, Stack
from peerkeeper_local.iam import Role
from peerkeeper_local.partitions import partition_of


class Installed:
    """The stacks of the cloud, by account and region."""

    def __init__(self) -> None:
        self._stacks: dict[tuple[str, str], Stack] = {}

    def add(self, stack: Stack) -> None:
        """Take in a stack."""
        self._stacks[stack.account, stack.region] = stack

    def stack(self, account: str, region: str) -> Stack:
        """Return the stack there; an empty one where there is none."""
        return self._stacks.get((account, region), Stack(account, region))

    def role(self, account: str, name: str) -> Role | None:
        """Return a role of that account, from any of its stacks."""
        here = (stack for (owner, _), stack in self._stacks.items() if owner == account)
        return next((role for stack in here for role in stack.roles if role.name == name), None)


class _OfStacks(LocalService):
    installed: ClassVar[Installed]

    @property
    def stack(self) -> Stack:
        return self.installed.stack(self.location.account, self.location.region)


class LocalEvents(_OfStacks, EventsHandler):  # type: ignore[misc]  # moto is not typed
    """moto's EventBridge, with the rules of the stacks and the policy of the hub's bus."""

    def describe_rule(self) -> Any:  # noqa: ANN401 - moto's
        """Describe a rule. Source: EventBridge API reference, DescribeRule."""
        rule = self._rule("Name")
        if rule is None:
            return super().describe_rule()
        return ActionResult(
            {
                "Name": rule.name,
                "Arn": self._arn(f"rule/{rule.name}"),
                "EventBusName": rule.bus,
                "EventPattern": json.dumps(rule.pattern),
                "State": "ENABLED" if rule.enabled else "DISABLED",
            }
        )

    def list_targets_by_rule(self) -> Any:  # noqa: ANN401 - moto's
        """List the targets of a rule."""
        rule = self._rule("Rule")
        if rule is None:
            return super().list_targets_by_rule()
        targets = [
            {"Id": f"target-{number}", "Arn": arn, **({"RoleArn": role} if role else {})}
            for number, (arn, role) in enumerate(zip(rule.targets, rule.role_arns, strict=True))
        ]
        return ActionResult({"Targets": targets})

    def describe_event_bus(self) -> Any:  # noqa: ANN401 - moto's
        """Describe a bus, with the policy that its stack gives it."""
        name = str(self._get_param("Name") or "default").rpartition("/")[2]
        if name not in self.stack.buses:
            return super().describe_event_bus()
        shown = {"Name": name, "Arn": self._arn(f"event-bus/{name}")}
        if statements := self.stack.bus_policy:
            policy = {"Version": "2012-10-17", "Statement": [*statements]}
            shown["Policy"] = json.dumps(policy)
        return ActionResult(shown)

    def _rule(self, parameter: str) -> Rule | None:
        name = self._get_param(parameter)
        bus = str(self._get_param("EventBusName") or "default").rpartition("/")[2]
        return next((one for one in self.stack.rules if (one.name, one.bus) == (name, bus)), None)

    def _arn(self, resource: str) -> str:
        account, region = self.location
        return f"arn:{partition_of(region)}:events:{region}:{account}:{resource}"


class LocalIam(_OfStacks, IamResponse):  # type: ignore[misc]  # moto is not typed
    """moto's IAM, with the roles of the stacks."""

    def get_role(self) -> Any:  # noqa: ANN401 - moto's
        """Describe a role. Source: IAM API reference, GetRole."""
        name = str(self._get_param("RoleName"))
        role = self.installed.role(self.location.account, name)
        if role is None:
            return super().get_role()
        shown = {
            "RoleName": role.name,
            "RoleId": role_id(role.name),
            "Arn": role.arn,
            "Path": "/",
            "CreateDate": self.world.clock.utc(),
            "AssumeRolePolicyDocument": json.dumps(role.trust),
        }
        return ActionResult({"Role": shown})


class LocalScheduler(_OfStacks, EventBridgeSchedulerResponse):  # type: ignore[misc]  # moto is not typed
    """moto's EventBridge Scheduler, with the schedule of the hub."""

    def get_schedule(self) -> Any:  # noqa: ANN401 - moto's
        """Describe a schedule. Source: EventBridge Scheduler API reference, GetSchedule."""
        name = self.uri.split("?")[0].split("/")[-1]
        found = next((one for one in self.stack.schedules if one.name == name), None)
        if found is None:
            return super().get_schedule()
        target = {"Arn": found.target_arn, "Input": found.input or "{}"}
        return json.dumps(
            {
                "Name": found.name,
                "GroupName": "default",
                "Arn": found.arn,
                "ScheduleExpression": found.expression,
                "State": "ENABLED",
                "FlexibleTimeWindow": {"Mode": "OFF"},
                "Target": target,
            }
        )


def services_of(
    world: World, lock: AbstractContextManager[object], installed: Installed
) -> Iterator[AbstractContextManager[object]]:
    """Yield what lays each of these services over moto's, in process and served alike."""
    for paths, service in (
        (moto.events.urls.url_paths, LocalEvents),
        (moto.iam.urls.url_paths, LocalIam),
        (moto.scheduler.urls.url_paths, LocalScheduler),
    ):
        yield laid_over(paths, service, world, lock, installed=installed)
