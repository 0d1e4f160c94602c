"""However much there is to report, each log line holds, and together they say all of it."""

import io
import json

import pytest
from peerkeeper.messages.hand_off import HandOff
from peerkeeper.reporting.report import LISTS, Report, Sent
from peerkeeper.settings import Mode
from peerkeeper.telemetry import logger, publish
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.connectivity import Cause, Leg, SideVerdict, Way
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Function, Hint, Scope

from tests.builders import PCX, SEOUL, TOKYO, TOKYO_TABLE

LAMBDAS_LIMIT = 256 * 1024
HOSTILE = "\U0001f525\u202e\x1b[31m" * 40


def report(findings, others=3):
    changes = [
        CreateRoute(TOKYO, TOKYO_TABLE, network(f"10.{n // 256}.{n % 256}.0/24"), PCX, reason="r")
        for n in range(others)
    ]
    sent = Sent(HandOff(Function.CONNECT, Scope(frozenset({Hint(SEOUL, PCX)}))))
    return Report(
        Function.SWEEP,
        Mode.OBSERVE,
        tuple(Outcome(change, Result.APPLIED) for change in changes),
        tuple(changes),
        findings=tuple(findings),
        hand_offs=(sent,) * others,
        waves=2,
    )


def many(count):
    codes = list(Code)
    return [
        Finding(codes[n % len(codes)], TOKYO, f"pcx-{n:017x}", f"{n} {HOSTILE}")
        for n in range(count)
    ]


@pytest.fixture
def log():
    sink, handler = io.StringIO(), logger.registered_handler
    before = handler.setStream(sink)
    yield lambda: sink.getvalue().splitlines()
    handler.setStream(before)


def test_5000_findings_are_logged_in_lines_that_hold_and_none_is_lost(log):
    whole = report(many(5000), others=2000)
    publish(whole)
    lines = [line for line in log() if '"reconciled"' in line]
    assert len(lines) > 1
    assert max(len(line.encode()) for line in lines) < LAMBDAS_LIMIT
    parts = [json.loads(line)["report"] for line in lines]
    expected = whole.to_dict()
    for name in LISTS:
        assert [item for part in parts for item in part[name]] == expected[name]
    assert [(part["part"], part["parts"]) for part in parts] == [
        (number, len(parts)) for number in range(1, len(parts) + 1)
    ]
    for part in parts:
        assert part["totals"]["findings"] == 5000
        assert sum(part["totals"]["codes"].values()) == 5000
        assert part["totals"]["outcomes"] == part["totals"]["would"] == 2000
        assert (part["function"], part["mode"], part["waves"]) == ("sweep", "observe", 2)


def test_of_a_side_with_thousands_of_gaps_a_line_has_the_first_and_counts_the_rest(log):
    """As with RouteScope=subnets, before the first route is written."""
    legs = tuple(
        Leg(f"rtb-{table:017x}", network(f"10.{to}.0.0/16"), Way.BLOCKED, cause=Cause.MODE)
        for table in range(200)
        for to in range(60)
    )
    side = SideVerdict(PCX, TOKYO, "vpc-1", legs)
    publish(Report(Function.SWEEP, Mode.OBSERVE, verdicts=(side,)))
    lines = [line for line in log() if '"reconciled"' in line]
    assert max(len(line.encode()) for line in lines) < LAMBDAS_LIMIT
    (item,) = [one for line in lines for one in json.loads(line)["report"]["not_carrying"]]
    whole = side.to_dict()
    assert len(item["gaps"]) + item.pop("more_gaps") == len(whole["gaps"])
    assert item == {**whole, "gaps": whole["gaps"][: len(item["gaps"])]}


def test_a_report_that_fits_is_one_line_as_it_always_was(log):
    whole = report(many(3))
    publish(whole)
    (line,) = [line for line in log() if '"reconciled"' in line]
    assert json.loads(line)["report"] == json.loads(json.dumps(whole.to_dict()))


def test_nothing_to_report_is_one_line_too():
    assert Report(Function.CLEAN, Mode.FULL).in_parts() == [
        Report(Function.CLEAN, Mode.FULL).to_dict()
    ]
