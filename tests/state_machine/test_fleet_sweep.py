"""The fleet sweep as it is deployed: its definition executed, with the real functions behind it."""

import json

import pytest

from tests.state_machine.stage import HONG_KONG, SEOUL, TOKYO, FleetStage, deny

US = "111122223333"


@pytest.fixture(scope="module")
def tolerated():
    """Hong Kong is not enabled, Tokyo is denied, Seoul has a VPC without DNS hostnames."""
    with FleetStage() as stage:
        stage.cloud.client("ec2", SEOUL).create_vpc(CidrBlock="10.39.0.0/16")
        deny(stage, TOKYO)
        stage.ended = stage.run()
        stage.summary = stage.document("latest.json")
        yield stage


def test_a_share_of_failures_is_tolerated(tolerated):
    assert tolerated.ended["status"] == "SUCCEEDED", tolerated.ended
    assert tolerated.summary["tolerated"] is True


def test_the_summary_says_what_became_of_each_location(tolerated):
    summary = tolerated.summary
    assert summary["locations"] == {"done": 1, "failed": 1, "pending": 0, "skipped": 1}
    (failed,) = summary["failed"]
    assert failed["location"] == f"{US}/{TOKYO}"
    assert "UnauthorizedOperation" in failed["why"]
    (skipped,) = summary["skipped"]
    assert skipped == {
        "location": f"{US}/{HONG_KONG}",
        "why": "the region is not enabled in this account",
    }


def test_the_summary_says_what_was_found_by_kind(tolerated):
    assert tolerated.summary["findings"]["denied"] >= 4
    assert tolerated.summary["found"][0]["location"] == f"{US}/{TOKYO}"
    assert tolerated.summary["calls"] >= 8  # four describes in each of the two, DNS besides


def test_the_same_summary_is_in_the_log_on_the_bus_and_in_the_bucket(tolerated):
    (logged,) = [line["summary"] for line in tolerated.logs if line["message"] == "fleet swept"]
    (event,) = tolerated.events()
    assert (event["source"], event["detail-type"]) == ("peerkeeper", "FleetSweepFinished")
    assert event["detail"] == logged == json.loads(tolerated.ended["output"])
    assert event["detail"]["document"] == f"s3://{tolerated.bucket}/sweeps/run-1/summary.json"
    document = tolerated.document("sweeps/run-1/summary.json")
    assert document == tolerated.summary
    only_there = {name: event["detail"][name] for name in ("message", "document")}
    assert {**document, **only_there} == {**event["detail"], "found": document["found"]}


def test_a_location_that_is_not_enabled_is_not_called(tolerated):
    assert {call.location for call in tolerated.cloud.calls} == {(US, SEOUL), (US, TOKYO)}
