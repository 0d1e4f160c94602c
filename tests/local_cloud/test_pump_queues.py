"""Queues on the virtual clock: windows, batches, failures, time-outs, redrive, hand-offs."""

import pytest

from peerkeeper_local.pump import (
    DeadLettered,
    FunctionInvoked,
    FunctionReturned,
    HandOffSent,
    PumpError,
)
from peerkeeper_local.pump.queues import Queues
from tests.local_cloud.conftest import Toys


def sizes(toys: Toys) -> list[int]:
    return [len(step.records) for step in toys.seen(FunctionInvoked)]


def times(toys: Toys, start: float) -> list[float]:
    return [round(step.at - start, 1) for step in toys.seen(FunctionInvoked)]


def test_messages_within_the_window_come_as_one_batch(toys: Toys) -> None:
    start = toys.cloud.clock.now()
    toys.order("ok")
    toys.cloud.clock.advance(1)
    toys.order("ok")
    toys.pump.run()
    assert sizes(toys) == [2]
    assert times(toys, start) == [2.0]
    assert toys.left("GreetQueue") == 0


def test_a_full_batch_does_not_wait_for_the_window(toys: Toys) -> None:
    start = toys.cloud.clock.now()
    toys.order(*["ok"] * 4)
    toys.pump.run()
    assert sizes(toys) == [3, 1]
    assert times(toys, start) == [0.0, 2.0]


def test_a_delayed_message_is_not_seen_before_its_time(toys: Toys) -> None:
    start = toys.cloud.clock.now()
    toys.order("ok", delay=300)
    toys.pump.run(max_seconds=299)
    assert sizes(toys) == []
    toys.pump.run(max_seconds=299 + 4)
    assert times(toys, start) == [302.0]


def test_only_the_failed_message_of_a_batch_comes_again_after_its_time_out(toys: Toys) -> None:
    start = toys.cloud.clock.now()
    toys.order("ok", "fail")
    toys.pump.run(max_seconds=30)
    assert toys.left("GreetQueue") == 1
    toys.pump.run(max_seconds=70)
    assert sizes(toys) == [2, 1]
    again = toys.seen(FunctionInvoked)[1].records[0]
    assert again["body"] == '{"do": "fail"}'
    assert again["attributes"]["ApproximateReceiveCount"] == "2"
    # 2 s window, 60 s time-out, 2 s window.
    assert times(toys, start) == [2.0, 64.0]


def test_a_message_received_too_often_goes_to_the_dead_letter_queue(toys: Toys) -> None:
    toys.order("fail")
    toys.pump.run(max_seconds=600)
    assert sizes(toys) == [1, 1]
    (dead,) = toys.seen(DeadLettered)
    assert (dead.function, dead.body, dead.received) == ("Greet", '{"do": "fail"}', 2)
    assert toys.left("GreetQueue") == 0
    assert toys.left("Graveyard") == 1


def test_each_dead_letter_is_told_of_once(toys: Toys) -> None:
    toys.order("fail")
    toys.pump.run(max_seconds=600)
    toys.order("fail")
    toys.pump.run(max_seconds=600)
    assert len(toys.seen(DeadLettered)) == toys.left("Graveyard") == 2


def test_a_full_batch_that_failed_comes_again_the_moment_its_time_out_ends(toys: Toys) -> None:
    start = toys.cloud.clock.now()
    toys.order(*["fail"] * 3)
    toys.pump.run(max_seconds=61)
    assert sizes(toys) == [3, 3]
    assert times(toys, start) == [0.0, 60.0]


def test_the_pump_stops_rather_than_turn_in_a_circle(
    toys: Toys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Queues, "receive", lambda *_: [])
    toys.order("ok")
    with pytest.raises(PumpError, match="nothing can take it"):
        toys.pump.run()


@pytest.mark.parametrize("order", ["raise", "lie"])
def test_a_function_that_raises_or_names_what_it_was_not_given_fails_its_whole_batch(
    order: str, toys: Toys
) -> None:
    toys.order("ok", order)
    toys.pump.run(max_seconds=30)
    (returned,) = toys.seen(FunctionReturned)
    assert ("as ordered" in (returned.error or "")) == (order == "raise")
    assert toys.left("GreetQueue") == 2


def test_a_hand_off_is_delayed_and_carries_the_senders_role(toys: Toys) -> None:
    start = toys.cloud.clock.now()
    toys.order("send")
    toys.pump.run()
    (hand_off,) = toys.seen(HandOffSent)
    assert (hand_off.sender, hand_off.function, hand_off.delay) == ("Greet", "Greet", 30)
    assert hand_off.body == {"do": "ok"}
    first, second = toys.seen(FunctionInvoked)
    assert times(toys, start) == [2.0, 34.0]
    senders = toys.pump.hub.function("Greet").environment["PEERKEEPER_SENDERS"].split(",")
    sender = second.records[0]["attributes"]["SenderId"]
    assert sender.partition(":")[0] == senders[0]
    assert sender.endswith(":toy-greet")
    by_hand = first.records[0]["attributes"]["SenderId"].partition(":")[0]
    assert by_hand not in senders


def test_a_message_sent_by_hand_while_messages_wait_is_nobodys_hand_off(toys: Toys) -> None:
    toys.order("send", "ok")
    toys.pump.run(until_idle=False)
    toys.order("ok")
    toys.pump.run()
    assert len(toys.seen(HandOffSent)) == 1
