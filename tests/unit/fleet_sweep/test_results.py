"""What the state machine asks of the sweep, what comes back, and the one summary made of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from peerkeeper.errors import MessageError
from peerkeeper.fleet_sweep.locations import (
    MOST_LOCATIONS,
    is_asked,
    locations_from,
    reply_of,
    result_of,
)
from peerkeeper.fleet_sweep.summary import NO_RESULT, SHOWN, TOLERATED, summary_of
from peerkeeper.reporting.announcements import announcements
from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.connectivity import Reaches, SideVerdict
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Function

from tests.builders import ENVIRONMENT, PCX, SEOUL, SEOUL_VPC, TOKYO, US

SETTINGS = settings_from(ENVIRONMENT)
EVENTS = Path(__file__).parents[3] / "events"


def asked(*locations):
    return {"peerkeeper": "sweep", "locations": list(locations)}


def place(location):
    return {"account": location.account_id, "region": location.region}


def report(*findings):
    return Report(Function.SWEEP, Mode.FULL, findings=findings)


def finding(code, message="said"):
    return Finding(code, SEOUL, "subject", message)


def child(locations, **said):
    return {"Input": json.dumps(asked(*map(place, locations))), **said}


def done(location, findings=None, **more):
    result = {"location": str(location), "findings": findings or {}, "hand_offs": 1, "calls": 5}
    return {"results": [{**result, "unread": False, **more}]}


def test_only_a_message_that_says_sweep_asks_for_locations():
    assert is_asked(asked())
    for other in ({"peerkeeper": 1}, {"detail-type": "Scheduled Event"}, [], None):
        assert not is_asked(other)


def test_the_sample_event_is_one_location():
    event = json.loads((EVENTS / "fleet-sweep-location.json").read_text())
    assert is_asked(event)
    assert locations_from(event, SETTINGS) == (TOKYO,)


def test_exactly_the_locations_asked_for_are_swept_in_order_of_account():
    both = asked(place(SEOUL), place(TOKYO), place(SEOUL))
    assert locations_from(both, SETTINGS) == (TOKYO, SEOUL)


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ({"peerkeeper": "sweep"}, "locations is no list"),
        (asked(), "locations is no list"),
        (asked(*[place(SEOUL)] * (MOST_LOCATIONS + 1)), "locations is no list"),
        (asked("seoul"), "'seoul' is no object"),
        (asked({"account": "1", "region": "eu-west-1"}), "'1' is not a 12-digit account id"),
        (asked({"account": US, "region": "*"}), "'\\*' is not a region name"),
        (asked({"account": US, "region": "eu-west-1"}), "eu-west-1 is not managed"),
        (asked({"account": "444455556666", "region": SEOUL.region}), "is not managed"),
    ],
)
def test_what_cannot_be_swept_is_refused_with_its_reason(event, fault):
    with pytest.raises(MessageError, match=fault):
        locations_from(event, SETTINGS)


def test_a_result_counts_findings_by_code_and_carries_no_words():
    found = result_of(SEOUL, report(finding(Code.CONFLICT), finding(Code.DNS_OFF)), calls=7)
    assert found == {
        "location": str(SEOUL),
        "findings": {"dns-off": 1, "route-conflict": 1},
        "hand_offs": 0,
        "verdicts": {},
        "calls": 7,
        "unread": False,
    }


def test_whether_traffic_would_arrive_is_counted_where_that_was_looked_at():
    sides = [
        SideVerdict(PCX, SEOUL, SEOUL_VPC, reaches=one)
        for one in (Reaches.OPEN, Reaches.OPEN, Reaches.BLOCKED)
    ]
    looked = replace(report(), verdicts=tuple(sides))
    result = result_of(SEOUL, looked, calls=7)
    assert result["reaches"] == looked.to_dict()["reaches"] == {"blocked": 1, "open": 2}
    outputs = [
        {"Output": json.dumps({"results": [each]})}
        for each in (result, {**result, "location": str(TOKYO)})
    ]
    whole = summary_of("run", {"SUCCEEDED": outputs}).to_dict()
    assert whole["reaches"] == {"blocked": 2, "open": 4}
    assert "reaches" not in summary_of("run", {"SUCCEEDED": []}).to_dict()
    told = [json.loads(one.detail) for one in announcements(looked)]
    assert [one["reaches"] for one in told if "reaches" in one] == [{"blocked": 1, "open": 2}]


@pytest.mark.parametrize("code", [Code.UNREAD, Code.DENIED])
def test_a_location_of_which_something_could_not_be_read_says_so(code):
    found = result_of(SEOUL, report(finding(Code.DNS_OFF), finding(code, "x" * 900)), calls=1)
    assert found["unread"] is True
    assert found["why"] == "x" * 397 + "..."


@pytest.mark.parametrize(
    ("codes", "against"),
    [
        ([], False),
        ([Code.DNS_OFF], False),
        ([Code.UNREACHABLE], False),
        ([Code.UNREACHABLE, Code.DNS_OFF], False),
        ([Code.DENIED], True),
        ([Code.UNREAD], True),
        ([Code.UNREACHABLE, Code.DENIED], True),
    ],
)
def test_an_account_that_holds_no_role_of_ours_fails_and_does_not_count_against_the_run(
    codes, against
):
    result = result_of(SEOUL, report(*map(finding, codes)), calls=1)
    assert reply_of([result])["unread"] is against
    assert reply_of([result_of(TOKYO, report(), 1), result])["unread"] is against
    child_of = child([SEOUL], Output=json.dumps(reply_of([result])))
    summary = summary_of("run-1", {"SUCCEEDED": [child_of]}).to_dict()
    assert summary["locations"]["failed"] == bool({*codes} - {Code.DNS_OFF})


def test_the_longest_results_of_the_most_locations_fit_into_a_state():
    """The longest result: every code there is. Source: Step Functions quotas, 256 KiB of a state's output."""
    worst = result_of(SEOUL, report(*(finding(code, "x" * 900) for code in Code)), calls=9)
    assert len(json.dumps(reply_of([worst] * MOST_LOCATIONS))) < 256 * 1024


def test_a_summary_adds_up_what_the_children_say():
    summary = summary_of(
        "run-1",
        {
            "SUCCEEDED": [child([SEOUL], Output=json.dumps(done(SEOUL, {"dns-off": 2})))],
            "FAILED": [
                child(
                    [TOKYO],
                    Error="Peerkeeper.LocationUnread",
                    Cause=json.dumps(done(TOKYO, {"denied": 4}, unread=True, why="no right")),
                )
            ],
        },
        [{"location": "1/2", "why": "off"}],
    ).to_dict()
    assert summary["locations"] == {"done": 1, "failed": 1, "pending": 0, "skipped": 1}
    assert summary["findings"] == {"denied": 4, "dns-off": 2}
    assert (summary["hand_offs"], summary["calls"]) == (2, 10)
    assert summary["failed"] == [{"location": str(TOKYO), "why": "no right"}]
    assert [each["location"] for each in summary["found"]] == [str(TOKYO), str(SEOUL)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"Error": "Sandbox.Timedout", "Cause": "timed out"}, "Sandbox.Timedout timed out"),
        ({"Error": "States.Timeout"}, "States.Timeout"),
        ({"Error": "E", "Cause": "[1]"}, "E [1]"),
        ({"Error": "E", "Cause": json.dumps({"results": ["x"]})}, "E {'results': ['x']}"),
        ({"Error": "E", "Cause": "two\n<lines>"}, "E two (lines)"),
        ({"Cause": "z" * 9000}, "z" * 397 + "..."),
    ],
)
def test_a_child_that_crashed_counts_as_failed_with_the_errors_own_words(said, why):
    summary = summary_of("run-1", {"FAILED": [child([SEOUL], **said)]}).to_dict()
    assert summary["failed"] == [{"location": str(SEOUL), "why": why}]


def test_a_child_whose_turn_never_came_is_pending():
    summary = summary_of("run-1", {"PENDING": [child([SEOUL, TOKYO])]}, error="too many")
    assert summary.to_dict()["locations"]["pending"] == 2
    assert summary.to_dict()["tolerated"] is False


@pytest.mark.parametrize(
    ("done_", "failed", "silent", "tolerated"),
    [
        (2, 0, 0, True),
        (2, 0, 2, True),
        (2, 0, 3, False),
        (2, 1, 1, True),
        (2, 1, 2, False),
        (2, 3, 0, True),  # whether the Map's own failures are too many, the Map says
        (0, 0, 1, False),
    ],
)
def test_a_run_that_wrote_less_than_it_listed_is_held_to_what_was_listed(
    done_, failed, silent, tolerated
):
    names = [Location(US, f"eu-west-{n}") for n in range(1, done_ + failed + silent + 1)]
    good, bad = names[:done_], names[done_ : done_ + failed]
    children = {
        "SUCCEEDED": [child([one], Output=json.dumps(done(one))) for one in good],
        "FAILED": [child([one], Error="E") for one in bad],
    }
    summary = summary_of("run-1", children, listed=map(str, names)).to_dict()
    assert summary["locations"]["done"] == done_
    assert summary["locations"]["failed"] == failed + silent
    assert [each["why"] for each in summary["failed"]].count(NO_RESULT) == silent
    assert summary["tolerated"] is tolerated
    assert bool(summary["error"]) is not tolerated


def test_the_share_that_is_tolerated_is_the_maps_own():
    definition = json.loads((EVENTS.parent / "statemachines/fleet_sweep.asl.json").read_text())
    given = definition["States"]["SweepLocations"]["ToleratedFailurePercentage"]
    assert given == TOLERATED


def test_the_event_is_small_whatever_the_fleet():
    """PutEvents takes 256 KiB. Source: EventBridge user guide, quotas."""
    children = [child([SEOUL], Error="E", Cause="c" * 5000) for _ in range(10_000)]
    skipped = [{"location": str(SEOUL), "why": "the region is not enabled"}] * 10_000
    summary = summary_of("run-1", {"FAILED": children}, skipped)
    detail = summary.detail("s3://bucket/key")
    assert len(detail["failed"]) == len(detail["skipped"]) == SHOWN
    assert detail["locations"]["failed"] == detail["locations"]["skipped"] == 10_000
    assert len(json.dumps(detail)) < 20_000
    assert detail["document"] == "s3://bucket/key"
