"""The doctor on a served cloud: a trail that is off is named, and its command mends it."""

import json
import shlex

import pytest

from tests.served import SEOUL, TOKYO, run, serving

OTHER = "444455556666"
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def served():
    fleet = ("--set", f"Accounts={OTHER}", "--set", "ExternalId=an-external-id-of-ours")
    with serving("--seed", "none", "--no-functions", *fleet) as served:
        yield served


def doctor(served, *words):
    return run("doctor", "--endpoint", served.url, *words)


def told(served):
    done = doctor(served, "--json")
    return done.returncode, json.loads(done.stdout)["checks"]


def test_what_the_local_cloud_deployed_is_well(served):
    code, checks = told(served)
    assert [one for one in checks if one["result"] in ("fail", "unknown")] == []
    assert code == 0
    passed = {(one["name"], one["where"]) for one in checks if one["result"] == "pass"}
    assert {("trail", f"{OTHER}/{TOKYO}"), ("roles", OTHER), ("bus", OTHER)} <= passed


def test_a_trail_that_is_off_in_one_region_is_named_and_its_command_mends_it(served):
    trails = served.client("cloudtrail", TOKYO, OTHER)
    trails.stop_logging(Name="management-events")
    code, checks = told(served)
    (wrong,) = [one for one in checks if one["result"] == "fail"]
    assert (code, wrong["name"], wrong["where"]) == (3, "trail", f"{OTHER}/{TOKYO}")
    assert f"{OTHER}/{TOKYO}" in doctor(served).stdout
    (command,) = wrong["mend"]
    words = shlex.split(command)
    assert words[:5] == ["aws", "cloudtrail", "start-logging", "--region", TOKYO]
    trails.start_logging(Name=words[-1])
    assert told(served)[0] == 0


def test_a_trail_that_logs_reads_alone_is_named_too(served):
    trails = served.client("cloudtrail", SEOUL)
    reads = [{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True}]
    trails.put_event_selectors(TrailName="management-events", EventSelectors=reads)
    (wrong,) = [one for one in told(served)[1] if one["result"] == "fail"]
    words = shlex.split(wrong["mend"][0])
    trails.put_event_selectors(TrailName=words[6], EventSelectors=json.loads(words[-1]))
    assert told(served)[0] == 0
