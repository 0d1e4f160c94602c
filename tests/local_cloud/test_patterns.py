"""Event patterns against records, arrays of objects among them."""

from typing import Any

import pytest
from moto.events.models import EventPattern

from peerkeeper_local.cloudtrail import envelope, record
from peerkeeper_local.pump.patterns import matches
from tests.local_cloud.calls import call

TAGGED = {
    "detail": {
        "errorCode": [{"exists": False}],
        "$or": [
            {"requestParameters": {"tagSet": {"items": {"key": [{"prefix": "peerkeeper:"}]}}}},
            {
                "eventName": ["DeleteTags"],
                "requestParameters": {"tagSet": {"items": {"key": [{"exists": False}]}}},
            },
        ],
    }
}


def event(action: str, keys: list[str] | None, **more: Any) -> dict[str, Any]:
    params: dict[str, Any] = {"Resources": ["vpc-1", "subnet-2", "pcx-3"]}
    if keys is not None:
        params["Tags"] = [{"Key": key, "Value": "v"} for key in keys]
    return envelope(record(call(action, params, **more), 1))


@pytest.mark.parametrize(
    ("keys", "matched"),
    [
        (["peerkeeper:peers"], True),
        (["Name", "peerkeeper:peers", "team"], True),
        (["Name", "team"], False),
        (["Name:peerkeeper:"], False),
    ],
)
def test_one_tag_among_several_is_enough(keys: list[str], matched: bool) -> None:
    assert matches(TAGGED, event("CreateTags", keys)) is matched
    assert matches(TAGGED, event("DeleteTags", keys)) is matched


def test_deleting_all_tags_matches_creating_none_does_not() -> None:
    assert matches(TAGGED, event("DeleteTags", None))
    assert matches(TAGGED, event("DeleteTags", []))
    assert not matches(TAGGED, event("CreateTags", []))


@pytest.mark.parametrize("code", ["UnauthorizedOperation", "DryRunOperation"])
def test_calls_that_failed_or_were_dry_runs_do_not_match(code: str) -> None:
    failed = event("CreateTags", ["peerkeeper:peers"], error=(code, "no"))
    assert not matches(TAGGED, failed)


def test_one_element_must_satisfy_all_that_looks_into_its_array() -> None:
    pattern = {"items": {"key": ["a"], "value": ["1"]}}
    assert matches(pattern, {"items": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]})
    assert not matches(pattern, {"items": [{"key": "a", "value": "2"}, {"key": "b", "value": "1"}]})


def test_an_array_of_texts_matches_if_one_does() -> None:
    assert matches({"names": ["b"]}, {"names": ["a", "b"]})
    assert not matches({"names": ["c"]}, {"names": ["a", "b"]})


def test_arrays_inside_arrays_are_looked_into() -> None:
    pattern = {"groups": {"members": {"name": ["x"]}}}
    assert matches(pattern, {"groups": [{"members": []}, {"members": [{"name": "x"}]}]})
    assert not matches(pattern, {"groups": [{"members": [{"name": "y"}]}]})


def test_a_call_on_a_thousand_resources_costs_no_more_than_its_tags(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = []
    look = EventPattern.matches_event
    monkeypatch.setattr(
        EventPattern, "matches_event", lambda *given: looks.append(1) or look(*given)
    )
    tags = [{"key": f"k{number}", "value": "v"} for number in range(50)]
    resources = [{"resourceId": f"vpc-{number}"} for number in range(1000)]
    assert not matches({"tags": {"key": ["none"]}}, {"tags": tags, "resources": resources})
    assert len(looks) == 50
