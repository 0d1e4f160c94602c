"""Huge and hostile input: bounded time, messages SQS takes, and a log line that stays one JSON line."""

import copy
import io
import json
from pathlib import Path

import pytest
from peerkeeper.errors import MessageError
from peerkeeper.messages.hand_off import HandOff, scope_from_body
from peerkeeper.messages.inbox import messages_from
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.telemetry import logger
from peerkeeper.values.scope import Expectation, Expected, Function, Hint, Scope

from tests.builders import PCX, SEOUL, SEOUL_VPC, TOKYO, settings
from tests.quiet_ec2 import CONTEXT, QuietClients, quiet_runner
from tests.work import counted

EVENTS = Path(__file__).parents[2] / "events"
SETTINGS = settings()
SQS_LIMIT = 256 * 1024
MANY = 10_000
IDS = tuple(f"pcx-{number:017x}" for number in range(MANY))
HOSTILE = (
    'line\nbreak\r\n{"level":"ERROR"}',
    "\x1b[2J\x1b[31mred",
    "x" * 256,
    "\u202eabc\u2066",
    "\u2028\u2029\x85",
    "\ud800",
    "=cmd|' /C calc'!A0",
    '"}],"report":{}',
)


def event(name):
    return json.loads((EVENTS / f"{name}.json").read_text())


MOST_CALLS = 1_600_000
"""The largest takes 800,000; work that grows with the square of the size would take many times that."""


@pytest.fixture
def runner():
    return quiet_runner(Function.CONNECT, ConnectReads())


@pytest.fixture
def log():
    sink = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    before = logger.registered_handler.setStream(sink)
    yield lambda: _text(sink)
    logger.registered_handler.setStream(before)


def _text(sink):
    sink.flush()
    return sink.buffer.getvalue().decode()


def run(runner, body):
    """The reply to a batch of one, and how many function calls it took."""
    text = body if isinstance(body, str) else json.dumps(body)
    batch = {"Records": [{"messageId": "m-1", "body": text}]}
    reply, calls = counted(lambda: runner(batch, CONTEXT))
    return reply["batchItemFailures"], calls


def tagged(ids):
    body = event("create-tags")
    body["detail"]["requestParameters"]["resourcesSet"]["items"] = [
        {"resourceId": one} for one in ids
    ]
    return body


def hand_off(**changed):
    return {"peerkeeper": 1, "function": "connect_peerings", "hints": [], "why": "", **changed}


def place(where, id_, **more):
    return {"account": where.account_id, "region": where.region, "id": id_, **more}


def bloated(name):
    """A sample event with a megabyte where it says nothing to us."""
    body = event(name)
    body["detail"]["requestParameters"]["tagSet"] = {
        "items": [{"key": f"key-{number}", "value": "v" * 90} for number in range(MANY)]
    }
    return body


@pytest.mark.parametrize(
    ("body", "failed"),
    [
        pytest.param("x" * 2**20, True, id="a megabyte of no JSON"),
        pytest.param("[" * 2**20, True, id="a megabyte of brackets"),
        pytest.param('{"a":' * 200_000, True, id="nested and cut off"),
        pytest.param("9" * 2**20, True, id="a number of a million digits"),
        pytest.param(json.dumps({"detail-type": "x" * 2**20}), False, id="not ours"),
        pytest.param(hand_off(hints=[place(SEOUL, "*" * 90)] * MANY), True, id="bad ids"),
        pytest.param(hand_off(why="w" * 2**20), False, id="a long reason"),
        pytest.param(tagged(["*"] * MANY), False, id="tags on what is no id"),
        pytest.param(tagged(IDS), False, id="tags on 10,000 peerings"),
        pytest.param(bloated("create-vpc-peering-connection"), False, id="10,000 tags"),
        pytest.param(
            hand_off(
                hints=[place(SEOUL, one) for one in IDS[:4500]],
                expect=[place(SEOUL, one, state="visible") for one in IDS[:4500]],
            ),
            False,
            id="a megabyte of ids that are not there",
        ),
    ],
)
def test_a_huge_message_takes_work_in_step_with_its_size(runner, log, body, failed):
    failures, calls = run(runner, body)
    assert bool(failures) is failed
    assert calls < MOST_CALLS
    if failed:
        assert not runner.clients.calls
        assert all(len(line) < SQS_LIMIT for line in log().splitlines())
    assert all(len(sent.encode()) <= SQS_LIMIT for sent in runner.clients.sent)


def sent_scopes(runner):
    return [scope_from_body(json.loads(sent), SETTINGS) for sent in runner.clients.sent]


@pytest.mark.parametrize("hinted", [True, False], ids=["each with its hint", "the location's"])
def test_nothing_is_dropped_when_a_hand_off_is_split(runner, log, hinted):
    hints = [place(SEOUL, one) for one in IDS[:3000]] if hinted else [place(SEOUL, None)]
    expect = [place(SEOUL, one, state="visible") for one in IDS[:3000]]
    run(runner, hand_off(hints=hints, expect=expect))
    scopes = sent_scopes(runner)
    assert len(scopes) == 6
    assert {hint.id for scope in scopes for hint in scope.hints} == set(IDS[:3000])
    assert {item.id for scope in scopes for item in scope.expect} == set(IDS[:3000])
    assert sum(len(scope.expect) for scope in scopes) == 3000, "no claim is sent twice"
    assert max(len(sent.encode()) for sent in runner.clients.sent) <= SQS_LIMIT


def test_a_full_hand_off_of_the_longest_ids_fits_a_message():
    from peerkeeper.messages.hand_off import MOST_HINTS, MOST_WHY

    longest = SEOUL.__class__(SEOUL.account_id, "ap-northeast-99")
    hints = [
        Hint(longest, f"subnet-{number:017x}", f"vpc-{number:017x}") for number in range(MOST_HINTS)
    ]
    scope = Scope(
        frozenset(hints),
        frozenset(Expectation(longest, hint.id, Expected.ACCEPTED) for hint in hints),
        frozenset((longest, f"pcx-{number:017x}") for number in range(MOST_HINTS)),
        why="\U0001f600" * MOST_WHY * 10,
    )
    assert len(HandOff(Function.CONNECT, scope).to_body().encode()) <= SQS_LIMIT


def test_filters_of_more_than_200_values_are_split(runner, log):
    run(runner, tagged(IDS[:201]))
    assert runner.clients.calls[TOKYO, "describe_vpc_peering_connections"] >= 2


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_a_hostile_tag_value_stays_inside_one_line_of_json(runner, log, value):
    runner.clients = QuietClients((("peerkeeper:peers", value), ("peerkeeper:exempt", value)))
    failures, _ = run(runner, event("create-tags"))
    assert failures == []
    lines = log().splitlines()
    (line,) = [json.loads(line) for line in lines]
    assert "tag-fault" in {finding["code"] for finding in line["report"]["findings"]}
    assert log().isascii()
    assert "\x1b" not in log()


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_a_hostile_id_is_one_fault_on_one_line_and_no_call(runner, log, value):
    body = event("delete-vpc-peering-connection")
    body["detail"]["requestParameters"]["vpcPeeringConnectionId"] = value
    failures, _ = run(runner, body)
    assert failures == [{"itemIdentifier": "m-1"}]
    assert not runner.clients.calls
    for line in log().splitlines():
        assert json.loads(line)


def test_a_wildcard_never_reaches_a_filter(runner, log):
    body = event("create-route-table")
    body["detail"]["responseElements"]["routeTable"]["vpcId"] = "*"
    assert run(runner, body)[0] == [{"itemIdentifier": "m-1"}]
    assert not runner.clients.calls


def test_every_fault_of_a_bare_event_is_named_at_once():
    body = {**event("delete-vpc-peering-connection"), "account": None, "region": "../x"}
    body["detail"]["requestParameters"]["vpcPeeringConnectionId"] = "pcx-*"
    with pytest.raises(MessageError) as raised:
        messages_from(body, SETTINGS)
    assert len(raised.value.faults) == 3


def test_a_bare_event_nested_too_deep_is_one_clear_error():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for body in (
        {"peerkeeper": deep},
        {**event("create-vpc"), "account": deep},
        hand_off(hints=[{"account": deep}]),
    ):
        with pytest.raises(MessageError):
            messages_from(body, SETTINGS)


def test_an_account_id_that_the_xml_encoding_made_a_number_is_still_that_account():
    body = copy.deepcopy(event("create-vpc-peering-connection"))
    response = body["detail"]["responseElements"]["vpcPeeringConnection"]
    response["accepterVpcInfo"]["ownerId"] = 444455556666
    (message,) = messages_from(body, SETTINGS)
    assert message.scope.hints >= {Hint(SEOUL, PCX, SEOUL_VPC)}
    assert message.scope.locations == {SEOUL}, "a foreign account's side is not ours to read"
