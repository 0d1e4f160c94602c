"""Deploys the templates on an engine as the README and docs/adopt/fleet.md do, and says what came about.

In: an engine, a template, an account, a region, parameters. Out: the stack's resources, and the
same template and parameters as our own resolver reads them.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peerkeeper_local.deployment import Deployment, Stack
from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.template import read_template
from tests.deployed.engine import Engine, last_words
from tests.deployed.places import HUB, ORGANIZATION, OTHER, ROOT, SEOUL, TOKYO
from tests.served import HANGS

BUILT = os.environ.get("SAM_BUILT", "")
TOPIC = f"arn:aws:sns:{SEOUL}:{HUB}"
BOUNDARY = "boundary-peerkeeper"
"""A policy of the pages that bounds roles, by the name of its file."""
EVERYTHING_ON = {
    "Mode": "full",
    "Regions": f"{SEOUL},{TOKYO}",
    "AllowedAccounts": f"{HUB},{OTHER}",
    "Accounts": OTHER,
    "OrganizationId": ORGANIZATION,
    "FleetSweep": "state-machine",
    "NoticeTopicArn": f"{TOPIC}:people",
    "AlarmTopicArn": f"{TOPIC}:operations",
    "PermissionsBoundary": f"arn:aws:iam::{HUB}:policy/{BOUNDARY}",
    "Endpoints": "keep",
    "PrivateZones": "report",
    "QuotaCheck": "report",
    "Reachability": "report",
    "StaleGroupRules": "report",
}
"""Parameters of the hub with which every resource of its template is there, but for what only the
defaults have.
"""
RIGHTS = {
    "RoleRegion": SEOUL,
    "OrganizationId": ORGANIZATION,
    "Mode": "full",
    "Regions": f"{SEOUL},{TOKYO}",
    "AllowedAccounts": f"{HUB},{OTHER}",
    "AlarmTopicArn": f"{TOPIC}:operations",
    "PermissionsBoundary": f"arn:aws:iam::{OTHER}:policy/{BOUNDARY}",
    "Endpoints": "keep",
    "PrivateZones": "report",
    "QuotaCheck": "report",
    "Reachability": "report",
    "StaleGroupRules": "report",
}
"""Parameters of a spoke in another account."""


@dataclass(frozen=True)
class Deployed:
    """A stack on the engine: what it consists of (type and physical id by logical id), and what we
    resolve.
    """

    engine: Engine
    template: Mapping[str, Any]
    place: Place
    ours: Stack
    resolver: Resolver
    resources: dict[str, tuple[str, str]] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        return self.engine.client(service, self.place.region, self.place.account)


def sam(engine: Engine, command: str, *words: str) -> str:
    """Run sam as a user does, in the hub's account and region; return what it printed, fail with it."""
    return said(
        [os.environ["SAM"], command, "--config-file", str(ROOT / "samconfig.toml"), *words],
        engine.variables() | {"SAM_CLI_POLL_DELAY": "0.5"},
    )


def said(command: list[str], variables: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        env=variables,
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=False,
    )
    words = f"{' '.join(command)}\n{last_words(done.stdout + done.stderr)}"
    assert done.returncode == 0, words
    return words


def deploy_hub(engine: Engine, parameters: Mapping[str, str]) -> Deployed:
    """`sam deploy` of the built template, creating the stack or updating it."""
    given = [f"{name}={value}" for name, value in parameters.items()]
    overrides = ["--parameter-overrides", *given] if given else []
    quietly = ("--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar")
    sam(engine, "deploy", "--template-file", BUILT, *quietly, *overrides)
    place = Place(HUB, SEOUL, "peerkeeper")
    ours = Deployment(ROOT).hub(HUB, SEOUL, parameters)
    return came_about(engine, "template.yaml", place, ours, parameters)


def deploy_by_address(engine: Engine, template: str, parameters: Mapping[str, str]) -> Deployed:
    """`aws cloudformation deploy`'s calls for a template that lies in a bucket, which it does not take:
    a change set of the stack, made from the template's address, and executed.
    """
    cloudformation = engine.client("cloudformation")
    given = [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()]
    made = cloudformation.create_change_set(
        StackName="peerkeeper",
        ChangeSetName="released",
        TemplateURL=template,
        Parameters=given,
        Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    waits = {"Delay": 1, "MaxAttempts": 600}
    cloudformation.get_waiter("change_set_create_complete").wait(
        ChangeSetName=made["Id"], WaiterConfig=waits
    )
    cloudformation.execute_change_set(ChangeSetName=made["Id"])
    cloudformation.get_waiter("stack_update_complete").wait(
        StackName="peerkeeper", WaiterConfig=waits
    )
    place = Place(HUB, SEOUL, "peerkeeper")
    ours = Deployment(ROOT).hub(HUB, SEOUL, parameters)
    return came_about(engine, "template.yaml", place, ours, parameters)


def deploy_spoke(
    engine: Engine, hub: Stack, account: str, region: str, parameters: Mapping[str, str]
) -> Deployed:
    """`aws cloudformation deploy` of spoke.yaml in an account and region."""
    (bus,) = hub.buses.values()
    given = {**parameters, "HubBusArn": bus}
    stack = "peerkeeper-spoke"
    said(
        [
            *(os.environ["AWS"], "cloudformation", "deploy"),
            *("--stack-name", stack, "--template-file", "spoke.yaml"),
            *("--capabilities", "CAPABILITY_NAMED_IAM"),
            *("--parameter-overrides", *(f"{name}={value}" for name, value in given.items())),
        ],
        engine.variables(region, account),
    )
    ours = Deployment(ROOT).spoke(account, region, hub, parameters)
    place = Place(account, region, f"{stack}-{region}")
    return came_about(engine, "spoke.yaml", place, ours, given, stack)


def came_about(
    engine: Engine,
    file: str,
    place: Place,
    ours: Stack,
    parameters: Mapping[str, str],
    stack: str = "peerkeeper",
) -> Deployed:
    template = read_template(ROOT / file)
    listed = engine.client("cloudformation", place.region, place.account).get_paginator(
        "list_stack_resources"
    )
    return Deployed(
        engine,
        template,
        place,
        ours,
        Resolver(template, place, parameters),
        {
            one["LogicalResourceId"]: (one["ResourceType"], one["PhysicalResourceId"])
            for page in listed.paginate(StackName=stack)
            for one in page["StackResourceSummaries"]
        },
    )


def outputs(engine: Engine, stack: str = "peerkeeper") -> dict[str, str]:
    (found,) = engine.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}


def definition(path: Path, substitutions: Mapping[str, str]) -> str:
    """Return the state machine's definition with its `${names}` replaced. Source: SAM,
    DefinitionSubstitutions.
    """
    text = path.read_text()
    for name, value in substitutions.items():
        text = text.replace(f"${{{name}}}", value)
    return text
