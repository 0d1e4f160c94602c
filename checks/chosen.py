"""A template as one set of parameters deploys it: every condition decided, everything else as written.

In: a template, parameters. Out: the template without conditions; each role's policies, references replaced.
Checkers read a conditional resource as the default parameters leave it, or not at all. So this template has
no condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.template import read_template

ROOT = Path(__file__).parents[1]
PLACE = Place("111122223333", "ap-northeast-2", "peerkeeper")
NOTHING = {"Ref": "AWS::NoValue"}
TOPIC = "arn:aws:sns:ap-northeast-2:111122223333"
ORGANIZATION = {
    "Mode": "full",
    "FleetSweep": "state-machine",
    "Accounts": "organization",
    "OrganizationId": "o-a1b2c3d4e5",
}
EVERYWHERE = {
    "Mode": "full",
    "Regions": "ap-northeast-2,ap-northeast-1",
    "AllowedAccounts": "111122223333,444455556666",
    "ExternalId": "3f1c9a5e-0d6b-4c57-9d55-6d0f8b5f7a10",
    "AlarmTopicArn": f"{TOPIC}:alarms",
    "Endpoints": "keep",
}
DEPLOYED: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "template.yaml",
        {**EVERYWHERE, "Accounts": "444455556666", "NoticeTopicArn": f"{TOPIC}:notices"},
    ),
    ("template.yaml", ORGANIZATION),
    ("template.yaml", {**ORGANIZATION, "OrganizationalUnits": "ou-ab12-11111111"}),
    (
        "spoke.yaml",
        {
            **EVERYWHERE,
            "HubBusArn": "arn:aws:events:ap-northeast-2:111122223333:event-bus/peerkeeper",
            "RoleRegion": "ap-northeast-2",
        },
    ),
)
"""Every right there is, in one of them at least."""


class Chosen:
    """One template with one set of parameters."""

    def __init__(self, name: str, parameters: Mapping[str, str]) -> None:
        """Read the template. Raises DeploymentError for parameters that cannot be deployed."""
        template = read_template(ROOT / name)
        self.name = name
        self._resolver = Resolver(template, PLACE, parameters)
        self._template = template
        self._made = {
            logical_id: {key: value for key, value in resource.items() if key != "Condition"}
            for logical_id, resource in template["Resources"].items()
            if self._resolver.deployed(resource)
        }

    def template(self) -> dict[str, Any]:
        """Return the template, its conditions decided."""
        kept = ("AWSTemplateFormatVersion", "Transform", "Parameters", "Globals")
        around = {key: self._template[key] for key in kept if key in self._template}
        decided: dict[str, Any] = self._decided({**around, "Resources": self._made})
        return decided

    def policies(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each role's logical id with each of its inline policy documents."""
        for logical_id, resource in self._made.items():
            if resource["Type"] == "AWS::IAM::Role":
                for policy in self._resolver.value(resource["Properties"]["Policies"]):
                    yield logical_id, policy["PolicyDocument"]

    def _decided(self, value: Any) -> Any:  # noqa: ANN401 - of a template, at any depth
        if isinstance(value, list):
            return [each for each in map(self._decided, value) if each != NOTHING]
        if not isinstance(value, dict):
            return value
        if "Fn::If" in value:
            condition, then, otherwise = value["Fn::If"]
            holds = self._resolver.value({"Condition": condition})
            return self._decided(then if holds else otherwise)
        decided = {key: self._decided(each) for key, each in value.items()}
        return {key: each for key, each in decided.items() if each != NOTHING}
