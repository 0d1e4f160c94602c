"""From a report to what others are told: who, how often, and nothing of what did not happen."""

import json
from dataclasses import replace

import pytest
from peerkeeper.reporting.announcements import announcements
from peerkeeper.reporting.bus_events import DetailType
from peerkeeper.reporting.notices import notices
from peerkeeper.reporting.plain_text import plain
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Function
from peerkeeper.values.tags import Status

from tests.builders import PCX, SEOUL, TOKYO
from tests.unit.reporting.announced import ACCEPT, ROUTE, STALE, WITHHELD, done, unreachable


def kinds(report):
    return [one.kind for one in announcements(report)]


@pytest.mark.parametrize("result", [r for r in Result if r is not Result.APPLIED])
def test_of_what_was_not_done_nothing_is_told(result):
    report = replace(
        done(Function.CONNECT),
        outcomes=tuple(Outcome(change, result) for change in (ACCEPT, ROUTE, STALE)),
    )
    assert kinds(report) == []


def test_routes_are_told_once_for_each_peering_and_location():
    there = replace(ROUTE, location=TOKYO)
    other = replace(ROUTE, route_table_id="rtb-0a39a39a39a39a302")
    told = announcements(done(Function.CONNECT, ROUTE, other, there, STALE))
    assert [one.kind for one in told] == [DetailType.ROUTES, DetailType.ROUTES, DetailType.STALE]
    assert [json.loads(one.detail)["count"] for one in told] == [1, 2, 1]
    assert [json.loads(one.detail)["region"] for one in told[:2]] == [TOKYO.region, SEOUL.region]


def test_an_account_out_of_reach_is_told_once_for_all_its_regions():
    report = done(Function.CLEAN, findings=(unreachable(SEOUL), unreachable(TOKYO), WITHHELD))
    assert kinds(report) == [DetailType.WITHHELD, DetailType.UNREACHABLE]


@pytest.mark.parametrize(
    ("function", "part", "organization", "told"),
    [
        (Function.SWEEP, False, False, True),
        (Function.SWEEP, True, False, False),  # its state machine tells of all of them, once
        (Function.CONNECT, False, False, True),
        (Function.CONNECT, False, True, False),  # whoever is met may be of another organization
        (Function.CLEAN, False, True, False),
        (Function.CONFIGURE, False, True, True),
        (Function.KEEP, False, False, False),  # only an account with Endpoints=keep has that role
    ],
)
def test_who_tells_of_an_account_out_of_reach(function, part, organization, told):
    report = done(function, findings=(unreachable(SEOUL),))
    found = announcements(report, part=part, organization=organization)
    assert (DetailType.UNREACHABLE in [one.kind for one in found]) is told


def test_what_nothing_repeats_comes_before_what_may_be_cut():
    withdrawn = Finding(Code.WITHDRAWN, SEOUL, "vpc-1", "somebody removed it")
    report = done(Function.CONNECT, ROUTE, findings=(withdrawn,))
    assert kinds(report) == [DetailType.WITHDRAWN, DetailType.ROUTES]


@pytest.mark.parametrize("code", [Code.UNREAD, Code.DENIED, Code.UNREACHABLE])
def test_a_sweep_that_could_not_read_everything_says_so(code):
    found = Finding(code, SEOUL, str(SEOUL), "why")
    (told,) = (
        one
        for one in announcements(done(Function.SWEEP, findings=(found,)))
        if one.kind is DetailType.SWEPT
    )
    assert json.loads(told.detail)["unread"] is True


def test_drift_is_told_for_each_location_and_the_end_of_the_sweep_first():
    report = done(Function.SWEEP, handed_on=(ROUTE, replace(ROUTE, location=TOKYO)))
    assert kinds(report) == [DetailType.SWEPT, DetailType.DRIFT, DetailType.DRIFT]
    assert kinds(replace(report, function=Function.CONNECT)) == []


def test_a_notice_handed_on_is_no_drift():
    held = TagStatus(TOKYO, PCX, Status.HELD, reason="")
    assert kinds(done(Function.SWEEP, handed_on=(held,))) == [DetailType.SWEPT]


def test_that_all_is_well_again_is_remembered_and_told_nobody():
    assert notices(TagStatus(TOKYO, PCX, Status.CLEAR, reason="")) == ()


@pytest.mark.parametrize(
    ("text", "calm"),
    [
        ("as it is: a-b_c/d, (e) = 'f' ${g} %s", "as it is: a-b_c/d, (e) = 'f' ${g} %s"),
        ('"quoted" \\ <b>`x`', "'quoted' / (b)'x'"),
        ("a\nb\tc\r\u2028d", "a b c  d"),
        ("\x1b[1m\u202e\ud800\u00e9\x7f", "?[1m????"),
        ("x" * 10, "x" * 10),
        ("x" * 11, "xxxxxxx..."),
    ],
)
def test_text_for_people_is_one_bounded_line_of_printable_ascii(text, calm):
    assert plain(text, 10 if text.startswith("x") else 400) == calm
