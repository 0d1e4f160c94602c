"""The sweep of the fleet by its state machine, with IAM enforced on every call of every function."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.deployed.conftest import Compared
from tests.deployed.deploy import EVERYTHING_ON, Deployed
from tests.deployed.places import HUB, OTHER, TOKYO
from tests.served import until

REFUSED = ("AccessDenied", "UnauthorizedOperation", "not authorized", "AuthFailure")
NO_RESULTS = "Peerkeeper.SweepFailed"
SPOKE_ROLE = "peerkeeper-spoke-sweep"
Line = dict[str, Any]


def sweep(hub: Deployed) -> tuple[list[Line], list[Line]]:
    """Start the state machine as its schedule does; return what was listed, and what the functions logged."""
    states, began = hub.client("stepfunctions"), int(time.time() * 1000)
    (schedule,) = hub.ours.schedules
    target = hub.client("scheduler").get_schedule(Name=schedule.name)["Target"]
    run = states.start_execution(stateMachineArn=target["Arn"], input=target["Input"])

    def ended() -> bool:
        return states.describe_execution(**arn)["status"] != "RUNNING"

    arn = {"executionArn": run["executionArn"]}
    assert until(ended)
    found = states.describe_execution(**arn)
    # The engine's Map writes no result files: as on AWS where they are lacking, that is no success.
    assert (found["status"], found.get("error")) == ("FAILED", NO_RESULTS), found
    (_, bucket) = hub.resources["SweepsBucket"]
    name = run["executionArn"].rpartition(":")[2]
    listed = hub.client("s3").get_object(Bucket=bucket, Key=f"sweeps/{name}/locations.json")
    locations = json.loads(listed["Body"].read())
    lines: list[Line] = []

    def all_logged() -> (
        bool
    ):  # a line may come after the execution's end: the engine writes it by itself
        lines[:] = logged(hub, began)
        return len(reports(lines)) >= len(locations)

    until(all_logged)  # what is lacking then is for the test to say
    return locations, lines


def logged(hub: Deployed, since: int) -> Iterator[Line]:
    """Yield every line of JSON that the functions have logged since then, in milliseconds."""
    logs = hub.client("logs")
    for function in hub.ours.functions:
        group = f"/aws/lambda/{function.name}"
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=group, startTime=since
        )
        for message in (one["message"] for page in pages for one in page["events"]):
            if message.startswith("{"):
                yield json.loads(message)


def reports(lines: list[Line], function: str = "sweep") -> list[Line]:
    found = [one["report"] for one in lines if one.get("message") == "reconciled"]
    return [one for one in found if one["function"] == function]


@pytest.fixture(scope="module")
def hub(everything_on: Compared, spokes: tuple[Compared, ...]) -> Deployed:
    del spokes
    return everything_on.stack


def test_a_sweep_reads_every_location_and_what_it_finds_is_mended(
    hub: Deployed, figure: Callable[[str], None]
) -> None:
    """A VPC of the other account, without DNS hostnames: its tag asks for them.

    The engine's Map writes no result files, so that the summary counts none: the functions' logs
    are looked at.
    """
    began = int(time.time() * 1000)
    ec2 = hub.engine.client("ec2", TOKYO, OTHER)
    tags = [{"Key": "peerkeeper:peers", "Value": "self"}]
    wanted = [{"ResourceType": "vpc", "Tags": tags}]
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16", TagSpecifications=wanted)["Vpc"]["VpcId"]

    def mended() -> bool:
        found = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
        return bool(found["EnableDnsHostnames"]["Value"])

    assert not mended()
    locations, lines = sweep(hub)
    assert {(one["account"], one["region"]) for one in locations} == {
        (account, region)
        for account in (HUB, OTHER)
        for region in EVERYTHING_ON["Regions"].split(",")
    }
    swept = reports(lines)
    assert len(swept) == len(locations)
    assert [
        hint["id"] for one in swept for hand_off in one["hand_offs"] for hint in hand_off["hints"]
    ] == [vpc]
    assert until(mended)
    assert until(lambda: bool(reports(list(logged(hub, began)), "configure_vpcs")))
    said = json.dumps(list(logged(hub, began)))
    assert not [words for words in REFUSED if words in said], said
    figure(f"{len(locations):>6} locations swept, and a VPC mended in another account, under IAM")


def test_a_right_that_a_role_lacks_is_refused_and_said(hub: Deployed) -> None:
    iam = hub.engine.client("iam", account=OTHER)
    (name,) = iam.list_role_policies(RoleName=SPOKE_ROLE)["PolicyNames"]
    policy = iam.get_role_policy(RoleName=SPOKE_ROLE, PolicyName=name)["PolicyDocument"]
    iam.delete_role_policy(RoleName=SPOKE_ROLE, PolicyName=name)
    try:
        locations, lines = sweep(hub)
    finally:
        iam.put_role_policy(RoleName=SPOKE_ROLE, PolicyName=name, PolicyDocument=json.dumps(policy))
    there = {f"{one['account']}/{one['region']}" for one in locations if one["account"] == OTHER}
    found = [finding for one in reports(lines) for finding in one["findings"]]
    # The engine has no Service Quotas, in any account.
    assert {one["code"] for one in found} == {"denied", "quota-unknown"}
    denied = [one for one in found if one["code"] == "denied"]
    assert {one["location"] for one in denied} == there
    assert all(
        "grant ec2:" in (said := one["message"]) or "grant route53:" in said for one in denied
    )
