"""The log is read week by week; what cannot be read is said, and a query that is broken off is stopped."""

import json
from datetime import UTC, datetime

import botocore.session
import pytest
from botocore.stub import ANY, Stubber

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.history import log_pages
from peerkeeper_cli.history.log_pages import GROUPS, LogPages
from peerkeeper_cli.reader.allowed_actions import ACTIONS, hold
from peerkeeper_cli.reader.progress import Silent

PCX = "pcx-0a1b2c3d4e5f60718"
DAY = 86400
NOW = 1_800_000_000.0
KEPT = [
    {"logGroupName": name, "retentionInDays": 30, "creationTime": int((NOW - 100 * DAY) * 1000)}
    for name in GROUPS
]


@pytest.fixture
def logs():
    session = botocore.session.Session()
    hold(session, "history")
    session.set_credentials("a", "b")
    client = session.create_client("logs", region_name="ap-northeast-2")
    with Stubber(client) as stub:
        yield stub


def pages(stub, pause=lambda _: None):
    return LogPages(stub.client, "111122223333/ap-northeast-2", Silent(), pause)


def row(at, said='{"message": "reconciled"}'):
    text = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    found = {"@timestamp": text, "@message": said, "@ptr": f"p{at}"}
    return [{"field": name, "value": value} for name, value in found.items()]


def query(stub, rows=(), status="Complete", **asked):
    sent = dict.fromkeys(("logGroupNames", "startTime", "endTime", "queryString", "limit"), ANY)
    stub.add_response("start_query", {"queryId": "q"}, {**sent, **asked})
    stub.add_response("get_query_results", {"status": status, "results": [*rows]}, {"queryId": "q"})


def test_a_month_is_read_week_by_week(logs):
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    begin = NOW - 28 * DAY
    for week in range(4):
        start = int(begin + week * 7 * DAY)
        query(logs, [row(start + 1)], startTime=start, endTime=start + 7 * DAY)
    past = pages(logs).read(PCX, begin, NOW)
    assert [line.at - begin for line in past.lines] == [1 + week * 7 * DAY for week in range(4)]
    assert (past.unread, past.begins) == ((), begin)
    logs.assert_no_pending_responses()


def test_the_log_is_not_asked_for_what_it_does_not_hold(logs):
    logs.add_response(
        "describe_log_groups", {"logGroups": [{**one, "retentionInDays": 3} for one in KEPT]}
    )
    query(logs, startTime=int(NOW - 3 * DAY))
    past = pages(logs).read(PCX, NOW - 30 * DAY, NOW)
    assert past.begins == NOW - 3 * DAY


def test_a_page_that_is_full_goes_on_from_its_last_line(logs, monkeypatch):
    monkeypatch.setattr(log_pages, "MOST", 2)
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    query(logs, [row(NOW - 50), row(NOW - 40)])
    query(logs, [row(NOW - 40), row(NOW - 30)], startTime=int(NOW - 40))
    query(logs, [row(NOW - 30)], startTime=int(NOW - 30))
    past = pages(logs).read(PCX, NOW - DAY, NOW)
    assert {NOW - line.at for line in past.lines} == {50, 40, 30}


def test_a_line_at_the_seam_of_two_queries_counts_once(logs, monkeypatch):
    monkeypatch.setattr(log_pages, "MOST", 2)
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    query(logs, [row(NOW - 50), row(NOW - 40)])
    query(logs, [row(NOW - 40)])
    past = pages(logs).read(PCX, NOW - DAY, NOW)
    assert [NOW - line.at for line in past.lines] == [50, 40]


def test_a_page_that_fails_is_said_and_the_next_is_read(logs):
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    query(logs, status="Timeout")
    query(logs, [row(NOW - 5)])
    past = pages(logs).read(PCX, NOW - 14 * DAY, NOW)
    assert len(past.lines) == 1
    assert "Timeout" in past.unread[0]


def test_a_query_is_waited_for(logs):
    waited = []
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    logs.add_response("start_query", {"queryId": "q"})
    for status in ("Scheduled", "Running", "Complete"):
        logs.add_response("get_query_results", {"status": status, "results": []})
    pages(logs, waited.append).read(PCX, NOW - DAY, NOW)
    assert len(waited) == 2


def test_what_the_person_breaks_off_is_stopped(logs):
    def broken_off(_):
        raise KeyboardInterrupt

    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    query(logs, status="Running")
    logs.add_response("stop_query", {"success": True}, {"queryId": "q"})
    with pytest.raises(KeyboardInterrupt):
        pages(logs, broken_off).read(PCX, NOW - DAY, NOW)
    logs.assert_no_pending_responses()


@pytest.mark.parametrize("groups", [[], [{"logGroupName": "/aws/lambda/peerkeeper-other"}]])
def test_no_log_is_an_error_with_its_remedy(logs, groups):
    logs.add_response("describe_log_groups", {"logGroups": groups})
    with pytest.raises(ReadError, match="--hub"):
        pages(logs).read(PCX, NOW - DAY, NOW)


def test_a_log_that_is_closed_says_what_to_grant(logs):
    logs.add_client_error("describe_log_groups", "AccessDeniedException", "no")
    with pytest.raises(ReadError, match="logs:DescribeLogGroups"):
        pages(logs).read(PCX, NOW - DAY, NOW)


def test_where_no_page_can_be_read_nothing_is_said(logs):
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    logs.add_client_error("start_query", "AccessDeniedException", "no")
    with pytest.raises(ReadError, match="StartQuery says AccessDeniedException"):
        pages(logs).read(PCX, NOW - DAY, NOW)


def test_lines_that_are_cut_are_counted(logs):
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    query(logs, [row(NOW - 5, json.dumps({"a": PCX})[:-1])])
    past = pages(logs).read(PCX, NOW - DAY, NOW)
    assert (past.lines, past.unreadable) == ((), 1)


def test_its_actions_read_or_end_a_read():
    verbs = {one.partition(":")[2] for one in ACTIONS["history"]}
    assert verbs == {
        *("DescribeRegions", "GetFunctionConfiguration", "DescribeLogGroups"),
        *("StartQuery", "GetQueryResults", "StopQuery"),
    }


def test_more_lines_within_a_second_than_a_query_shows(logs, monkeypatch):
    monkeypatch.setattr(log_pages, "MOST", 1)
    logs.add_response("describe_log_groups", {"logGroups": KEPT})
    query(logs, [row(NOW - 50)])
    query(logs, [row(NOW - 50)])
    past = pages(logs).read(PCX, NOW - DAY, NOW)
    assert "within a second" in past.unread[0]


def test_a_log_that_is_missing_is_said_and_the_others_are_read(logs):
    logs.add_response("describe_log_groups", {"logGroups": KEPT[:3]})
    query(logs, logGroupNames=[*GROUPS[:3]])
    past = pages(logs).read(PCX, NOW - DAY, NOW)
    assert past.unread == ("the log /aws/lambda/peerkeeper-sweep: it is not there",)
