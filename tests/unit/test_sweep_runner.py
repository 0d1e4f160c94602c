"""The sweep function asked for locations: one at a time, one account's clients at a time."""

from types import SimpleNamespace

import pytest
from peerkeeper.errors import MessageError
from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.sweep_runner import SweepRunner
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Function

from tests.builders import FOREIGN, SEOUL, TOKYO, US


class Recorded:
    """Stands in for the runner: notes what it is asked, and finds Tokyo unread."""

    def __init__(self):
        self.settings = SimpleNamespace(covers=lambda at: at in {SEOUL, TOKYO, FOREIGN})
        self.pace = SimpleNamespace(taken=0)
        self.done = []
        self.clients = SimpleNamespace(drop=self.done.append)

    def __call__(self, event, context):
        return {"bare": event}

    def publish(self, scopes, context, *, part):
        assert part  # the state machine tells of the end
        (scope,) = scopes
        (location,) = scope.locations
        assert {hint.id for hint in scope.hints} == {""}
        self.done.append(location)
        self.pace.taken += 7
        unread = (Finding(Code.UNREAD, TOKYO, str(TOKYO), "EC2 is down"),)
        return Report(Function.SWEEP, Mode.FULL, findings=unread if location == TOKYO else ())


def asked(*locations):
    places = [{"account": at.account_id, "region": at.region} for at in locations]
    return {"peerkeeper": "sweep", "locations": places}


def test_each_location_is_a_reconcile_of_its_own_with_its_own_calls():
    run = Recorded()
    reply = SweepRunner(run)(asked(SEOUL, TOKYO), None)
    assert run.done == [TOKYO, SEOUL]
    assert [(each["location"], each["calls"]) for each in reply["results"]] == [
        (str(TOKYO), 7),
        (str(SEOUL), 7),
    ]
    assert [each["unread"] for each in reply["results"]] == [True, False]
    assert reply["unread"] is True


def test_a_sweep_in_which_all_was_read_says_so():
    assert SweepRunner(Recorded())(asked(SEOUL), None)["unread"] is False


def test_an_accounts_clients_are_dropped_when_another_ones_turn_comes():
    run = Recorded()
    sweep = SweepRunner(run)
    sweep(asked(FOREIGN, SEOUL), None)
    assert run.done == [SEOUL, US, FOREIGN]
    sweep(asked(FOREIGN), None)  # a warm process, the same account: nothing is dropped
    sweep(asked(TOKYO), None)
    assert run.done[3:] == [FOREIGN, FOREIGN.account_id, TOKYO]


def test_a_scheduled_event_goes_the_usual_way():
    event = {"detail-type": "Scheduled Event"}
    assert SweepRunner(Recorded())(event, None) == {"bare": event}


def test_nothing_is_swept_where_one_location_is_not_looked_after():
    run = Recorded()
    elsewhere = Location(US, "eu-west-1")
    with pytest.raises(MessageError, match="eu-west-1 is not managed"):
        SweepRunner(run)(asked(SEOUL, elsewhere), None)
    assert run.done == []
