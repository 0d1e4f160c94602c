"""From an EC2 call to a function: buses, rules, delivery, the schedule."""

import json
from collections.abc import Callable

import pytest

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import (
    Delivery,
    EventEmitted,
    EventForwarded,
    EventIgnored,
    EventLost,
    EventMatched,
    FunctionInvoked,
    FunctionReturned,
    Logs,
    Pump,
    PumpError,
)
from peerkeeper_local.story.stage import ROOT
from tests.local_cloud.conftest import SEOUL, TOKYO, Toys


def test_a_call_travels_from_its_region_over_the_hub_bus_to_the_function(toys: Toys) -> None:
    toys.tag(TOKYO)
    toys.pump.run()
    kinds = [type(step) for step in toys.steps]
    assert kinds == [
        *(EventEmitted, EventForwarded, EventMatched),
        *(FunctionInvoked, FunctionReturned),
    ]
    _, forwarded, matched, invoked, _ = toys.steps
    assert (forwarded.rule, forwarded.region) == ("Forward", TOKYO)
    assert (matched.rule, matched.function) == ("Tagged", "Greet")
    (record,) = invoked.records
    body = json.loads(record["body"])
    assert (body["region"], body["account"]) == (TOKYO, "111122223333")
    assert body == matched.event
    assert record["attributes"]["SenderId"] == "AIDAEVENTBRIDGERULES0"


def test_the_record_has_the_shape_that_lambda_gets_from_sqs(toys: Toys) -> None:
    toys.tag()
    toys.pump.run()
    (record,) = toys.seen(FunctionInvoked)[0].records
    sample = {
        *("messageId", "receiptHandle", "body", "attributes", "messageAttributes"),
        *("md5OfBody", "eventSource", "eventSourceARN", "awsRegion"),
    }
    assert set(record) == sample
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    sent = int(record["attributes"]["SentTimestamp"])
    first = int(record["attributes"]["ApproximateFirstReceiveTimestamp"])
    assert 2000 <= first - sent <= 2010
    assert record["awsRegion"] == SEOUL


def test_a_call_no_rule_forwards_is_ignored_on_the_default_bus(toys: Toys) -> None:
    toys.cloud.client("ec2", TOKYO).create_vpc(CidrBlock="10.1.0.0/16")
    toys.pump.run()
    (ignored,) = toys.seen(EventIgnored)
    assert ignored.bus == "default"


def test_a_forwarded_call_no_function_wants_is_ignored_on_the_hub_bus(toys: Toys) -> None:
    toys.cloud.client("ec2", SEOUL).create_vpc(CidrBlock="10.1.0.0/16")
    toys.pump.run()
    (ignored,) = toys.seen(EventIgnored)
    assert ignored.bus == "toys"
    assert not toys.seen(FunctionInvoked)


def test_a_call_in_a_region_without_a_stack_goes_nowhere(toys: Toys) -> None:
    toys.tag("eu-west-1")
    toys.pump.run()
    assert [type(step) for step in toys.steps] == [EventEmitted, EventIgnored]


def test_a_call_in_another_account_stays_on_that_accounts_bus(toys: Toys) -> None:
    toys.cloud.client("ec2", SEOUL, account="444455556666").create_vpc(CidrBlock="10.1.0.0/16")
    toys.pump.run()
    emitted, ignored = toys.steps
    assert emitted.event["account"] == "444455556666"
    assert (type(ignored), ignored.bus) == (EventIgnored, "default")


def test_reads_emit_nothing(toys: Toys) -> None:
    toys.cloud.client("ec2", SEOUL).describe_vpcs()
    toys.pump.run()
    assert toys.steps == []


def test_events_of_calls_made_while_delivery_is_cut_are_lost_for_good(toys: Toys) -> None:
    toys.pump.cut()
    toys.tag()
    toys.pump.join()
    toys.tag(TOKYO)
    toys.pump.run()
    (lost,), (emitted,) = toys.seen(EventLost), toys.seen(EventEmitted)
    assert (lost.event["region"], emitted.event["region"]) == (SEOUL, TOKYO)
    assert len(toys.seen(EventMatched)) == 1


@pytest.mark.parametrize("logs", [Logs.NOTHING, Logs.READS])
def test_of_a_region_whose_trail_logs_no_writes_nobody_hears(toys: Toys, logs: Logs) -> None:
    toys.pump.log(logs, TOKYO)
    toys.tag(TOKYO)
    toys.tag(SEOUL)
    toys.pump.log(Logs.ALL)
    toys.tag(TOKYO)
    toys.pump.run()
    assert [step.event["region"] for step in toys.seen(EventLost)] == [TOKYO]
    assert {step.event["region"] for step in toys.seen(EventEmitted)} == {SEOUL, TOKYO}


def test_a_delayed_event_arrives_when_its_time_has_come(deploy: Callable[..., Toys]) -> None:
    toys = deploy(Delivery(delay=20))
    toys.tag()
    start = toys.cloud.clock.now()
    toys.pump.run(max_seconds=19)
    assert [type(step) for step in toys.steps] == [EventEmitted]
    assert toys.cloud.clock.now() == start
    toys.pump.run()
    (invoked,) = toys.seen(FunctionInvoked)
    assert invoked.at - start == pytest.approx(22, abs=0.01)


def order_of_arrival(toys: Toys) -> list[str]:
    for number in range(8):
        toys.tag(value=str(number))
    toys.pump.run()
    sets = [m.event["detail"]["requestParameters"]["tagSet"] for m in toys.seen(EventMatched)]
    return [one["items"][0]["value"] for one in sets]


def test_jitter_reorders_events_and_loses_none(deploy: Callable[..., Toys]) -> None:
    arrived = order_of_arrival(deploy(Delivery(jitter=30, seed=3)))
    assert arrived != sorted(arrived)
    assert sorted(arrived) == [str(number) for number in range(8)]


def test_events_come_in_order_by_default(toys: Toys) -> None:
    arrived = order_of_arrival(toys)
    assert arrived == sorted(arrived)


def test_duplicates_reach_the_function_twice(deploy: Callable[..., Toys]) -> None:
    toys = deploy(Delivery(duplicates=1.0))
    toys.tag()
    toys.pump.run()
    assert len(toys.seen(EventMatched)) == 1
    (invoked,) = toys.seen(FunctionInvoked)
    first, second = invoked.records
    assert first["body"] == second["body"]
    assert first["messageId"] != second["messageId"]


def test_what_is_not_due_stays_and_the_clock_with_it(toys: Toys) -> None:
    toys.tag()
    start = toys.cloud.clock.now()
    toys.pump.run(until_idle=False)
    assert toys.cloud.clock.now() == start
    assert toys.seen(EventMatched)
    assert not toys.seen(FunctionInvoked)


def test_advance_ends_exactly_where_it_was_asked_to(toys: Toys) -> None:
    toys.tag()
    start = toys.cloud.clock.now()
    toys.pump.advance(100)
    assert toys.cloud.clock.now() - start == pytest.approx(100, abs=0.001)
    assert toys.seen(FunctionReturned)


def test_a_functions_own_calls_make_events_too(toys: Toys) -> None:
    toys.order("tag")
    toys.pump.run()
    (echo,) = toys.seen(EventMatched)
    identity = echo.event["detail"]["userIdentity"]
    assert identity["arn"] == "arn:aws:sts::111122223333:assumed-role/toy-greet/toy-greet"
    assert echo.event["region"] == TOKYO
    assert len(toys.seen(FunctionInvoked)) == 2


def test_the_schedule_invokes_its_target_with_schedulers_envelope(toys: Toys) -> None:
    toys.pump.sweep()
    (returned,) = toys.seen(FunctionReturned)
    event = returned.reply["event"]
    assert event["source"] == "aws.scheduler"
    assert event["detail-type"] == "Scheduled Event"
    assert event["detail"] == "{}"
    assert toys.seen(FunctionInvoked)[0].records == ()


def test_a_schedule_that_starts_a_state_machine_is_refused_rather_than_left_out(
    cloud: LocalCloud,
) -> None:
    pump = Pump(cloud, Deployment(ROOT), {"FleetSweep": "state-machine"})
    with pytest.raises(PumpError, match="stateMachine:peerkeeper-fleet-sweep is no function"):
        pump.sweep()
