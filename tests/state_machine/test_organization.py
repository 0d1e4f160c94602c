"""An organization, end to end: its units listed, each account swept with its own role, one without ours."""

import json
from collections import Counter

import fastjsonschema
import pytest

from tests.state_machine.organization import REGIONS, calls_of_ours, stage_of
from tests.state_machine.stage import ROOT, SEOUL


@pytest.fixture(scope="module")
def swept():
    with stage_of(reachable=3) as stage:
        stage.ended = stage.run()
        stage.summary = stage.document("latest.json")
        stage.told = stage.events()
        yield stage


def test_one_account_without_our_role_fails_alone_and_says_what_to_grant(swept):
    assert swept.ended["status"] == "SUCCEEDED", swept.ended
    assert swept.summary["locations"] == {"done": 8, "failed": 2, "pending": 0, "skipped": 0}
    (shut,) = swept.shut
    failed = {each["location"]: each["why"] for each in swept.summary["failed"]}
    assert set(failed) == {f"{shut}/{region}" for region in REGIONS}
    role = f"arn:aws:iam::{shut}:role/peerkeeper-spoke-sweep"
    assert all(role in why for why in failed.values()), failed
    assert swept.summary["findings"]["account-unreachable"] == 2
    assert "denied" not in swept.summary["findings"]


def test_each_account_is_read_with_its_own_role_and_none_outside_the_units_is(swept):
    readers = {(call.account, call.principal.split("/")[1]) for call in calls_of_ours(swept)}
    assert readers == {
        (swept.cloud.account, "peerkeeper-sweep"),
        *((account, "peerkeeper-spoke-sweep") for account in swept.spokes),
    }
    assert {call.region for call in calls_of_ours(swept)} == set(REGIONS)
    assert all(
        call.action.startswith("Describe") and not call.error for call in calls_of_ours(swept)
    )
    asked = {arn.split(":")[4]: may for _, arn, may in swept.cloud.authority.assumptions}
    assert asked == {**dict.fromkeys(swept.spokes, True), **dict.fromkeys(swept.shut, False)}


def test_what_is_due_in_each_account_is_handed_on(swept):
    configure = swept.hub.function("ConfigureVpcs").environment["PEERKEEPER_QUEUE_CONFIGURE_VPCS"]
    hints = [hint for body in swept.messages(configure) for hint in body["hints"]]
    due = {(hint["account"], hint["region"]) for hint in hints}
    assert due == {(account, SEOUL) for account in (swept.cloud.account, *swept.spokes)}


def test_the_end_is_told_once_and_each_event_is_as_documented(swept):
    kinds = Counter(event["detail-type"] for event in swept.told)
    assert kinds == {"DriftFound": 4, "FleetSweepFinished": 1}
    for event in swept.told:
        schema = json.loads((ROOT / f"docs/schemas/{event['detail-type']}.json").read_text())
        fastjsonschema.compile(schema)(event["detail"])
    assert {e["detail"]["account"] for e in swept.told if e["detail-type"] == "DriftFound"} == {
        *(swept.cloud.account, *swept.spokes)
    }
