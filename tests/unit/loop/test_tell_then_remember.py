"""Putting announcements on the bus: ten at a time, refused entries once more, and never an exception."""

from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from peerkeeper.aws.edge import Edge
from peerkeeper.aws.events import tell
from peerkeeper.aws.pace import TurnTooLate
from peerkeeper.loop.tell_then_remember import tell_then_remember
from peerkeeper.reporting.bus_events import MOST, Announcement, DetailType
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.outcomes import Result
from peerkeeper.values.tags import Status
from peerkeeper.values.trouble import Meaning

from tests.builders import PCX, TOKYO

THROTTLED = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}


class Bus:
    """Answers as told: one answer to all entries of a request, or an exception."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        self.events = self
        self.tagged = []
        self.first = None

    def put_events(self, *, Entries):
        self.asked.append(Entries)
        answer = self.answers.pop(0) if self.answers else {"EventId": "1"}
        if isinstance(answer, Exception):
            raise answer
        return {"Entries": [answer] * len(Entries)}

    def ec2(self, where):
        return SimpleNamespace(create_tags=self._tag)

    def _tag(self, **asked):
        self.tagged.append(asked)
        if self.first and asked["Tags"][0]["Value"] == "telling":
            raise self.first


def error_of(code):
    return ClientError({"Error": {"Code": code, "Message": "as told"}}, "CreateTags")


def some(count):
    return [Announcement(DetailType.SWEPT, f'{{"n": {n}}}') for n in range(count)]


def test_ten_go_in_a_request_with_source_bus_and_type():
    bus = Bus()
    assert tell(bus, "peerkeeper", some(23)) == ()
    assert [len(entries) for entries in bus.asked] == [10, 10, 3]
    assert bus.asked[0][0] == {
        "EventBusName": "peerkeeper",
        "Source": "peerkeeper",
        "DetailType": "SweepFinished",
        "Detail": '{"n": 0}',
    }


def test_refused_entries_are_put_once_more_and_then_counted():
    bus = Bus(THROTTLED, {"EventId": "1"}, THROTTLED, THROTTLED)
    trouble = tell(bus, "peerkeeper", some(12))
    assert [len(entries) for entries in bus.asked] == [10, 10, 2, 2]
    assert trouble == ("SweepFinished: ThrottlingException: slow down",) * 2


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="https://events.example"),
        ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "PutEvents"),
    ],
)
def test_a_bus_that_is_down_is_asked_once_and_raises_nothing(error):
    bus = Bus(error)
    trouble = tell(bus, "peerkeeper", some(25))
    assert len(bus.asked) == 1
    assert len(trouble) == 25
    assert all(type(error).__name__ in one for one in trouble)


def test_more_than_a_bus_should_take_from_one_run_is_counted_and_not_sent():
    bus = Bus()
    assert len(tell(bus, "peerkeeper", some(MOST + 3))) == 3
    assert sum(map(len, bus.asked)) == MOST


def test_without_a_bus_there_is_nobody_to_tell():
    bus = Bus()
    assert tell(bus, "", some(3)) == ()
    assert bus.asked == []


HELD = TagStatus(TOKYO, PCX, Status.HELD, reason="why")


def test_people_are_told_first_and_what_they_were_told_is_remembered_second():
    bus = Bus()
    assert tell_then_remember(HELD, Edge(bus, "peerkeeper")).result is Result.APPLIED
    assert len(bus.asked) == 1
    assert [said(asked) for asked in bus.tagged] == ["telling", "held"]


def said(asked):
    (tag,) = asked["Tags"]
    assert (asked["Resources"], tag["Key"]) == ([PCX], "peerkeeper:status")
    return tag["Value"]


def test_what_could_not_be_told_is_not_remembered_and_not_a_trouble_of_ec2s():
    bus = Bus(THROTTLED, THROTTLED)
    outcome = tell_then_remember(HELD, Edge(bus, "peerkeeper"))
    assert (outcome.result, outcome.trouble) == (Result.FAILED, None)
    assert "ThrottlingException" in outcome.detail
    assert [said(asked) for asked in bus.tagged] == ["telling"]


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (error_of("TagLimitExceeded"), "failed"),
        (error_of("UnauthorizedOperation"), "failed"),
        (error_of("RequestLimitExceeded"), "failed"),
        (EndpointConnectionError(endpoint_url="https://ec2.example"), "failed"),
        (TurnTooLate(), None),
    ],
)
def test_what_cannot_be_remembered_is_not_told(answer, result):
    bus = Bus()
    bus.first = answer
    outcome = tell_then_remember(HELD, Edge(bus, "peerkeeper"))
    assert bus.asked == []
    assert (outcome and outcome.result.value) == result
    assert outcome is None or outcome.change == HELD


def test_that_all_is_well_again_is_remembered_without_a_word():
    bus = Bus()
    change = TagStatus(TOKYO, PCX, Status.CLEAR, reason="")
    assert tell_then_remember(change, Edge(bus, "peerkeeper")).result is Result.APPLIED
    assert (bus.asked, len(bus.tagged)) == ([], 1)


@pytest.mark.parametrize(
    ("raised", "result"),
    [
        (ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRole"), "failed"),
        (EndpointConnectionError(endpoint_url="https://sts.example"), None),
    ],
)
def test_a_role_that_is_refused_before_a_tag_is_trouble_of_that_tag_alone(raised, result):
    class Shut(Bus):
        def ec2(self, where):
            raise raised

    change = TagStatus(TOKYO, PCX, Status.HELD, reason="no")
    outcome = tell_then_remember(change, Edge(Shut(), "peerkeeper"))
    assert outcome is not None
    assert outcome.result is Result.FAILED
    assert (outcome.trouble.meaning is Meaning.DENIED) is (result == "failed")
