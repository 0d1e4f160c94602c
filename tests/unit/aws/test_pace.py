"""Calls wait for their turn, so that EC2's buckets never run dry; what cannot be begun in time is left."""

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.aws.pace import ROUTE53, Pace, TurnTooLate

from tests.builders import SEOUL, TOKYO


class Clock:
    def __init__(self):
        self.time = 100.0
        self.slept = []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pace(clock):
    return Pace(clock.now, clock.sleep)


@pytest.mark.parametrize(
    ("action", "burst", "rate"),
    [
        ("DescribeRouteTables", 90, 18),
        ("DescribeVpcAttribute", 90, 18),
        ("CreateRoute", 45, 4.5),
        ("DeleteRoute", 45, 4.5),
        ("AcceptVpcPeeringConnection", 45, 4.5),
        ("ModifyVpcAttribute", 45, 4.5),
        ("ModifySubnetAttribute", 45, 4.5),
        ("ModifyVpcPeeringConnectionOptions", 45, 4.5),
    ],
)
def test_a_burst_goes_at_once_and_the_rest_at_the_rate(pace, clock, action, burst, rate):
    for _ in range(burst):
        pace.turn(SEOUL, action)
    assert clock.slept == []
    for _ in range(3):
        pace.turn(SEOUL, action)
    assert clock.slept == pytest.approx([1 / rate] * 3)


def test_each_action_in_each_location_has_a_bucket_of_its_own(pace, clock):
    for where in (SEOUL, TOKYO):
        for action in ("CreateRoute", "DeleteRoute"):
            for _ in range(45):
                pace.turn(where, action)
    assert clock.slept == []


def test_a_bucket_fills_again_and_no_higher_than_its_burst(pace, clock):
    for _ in range(45):
        pace.turn(SEOUL, "CreateRoute")
    clock.time += 1000
    for _ in range(45):
        pace.turn(SEOUL, "CreateRoute")
    assert clock.slept == []
    pace.turn(SEOUL, "CreateRoute")
    assert clock.slept == pytest.approx([1 / 4.5])


def test_a_turn_that_would_come_too_late_is_refused_at_once_and_costs_no_token(pace, clock):
    for _ in range(45):
        pace.turn(SEOUL, "CreateRoute")
    pace.patience = lambda: 0.2
    for _ in range(3):
        with pytest.raises(TurnTooLate):
            pace.turn(SEOUL, "CreateRoute")
    assert clock.slept == []
    pace.patience = lambda: 0.25
    pace.turn(SEOUL, "CreateRoute")
    assert clock.slept == pytest.approx([1 / 4.5])


def test_without_patience_left_a_change_that_may_go_at_once_still_goes(pace, clock):
    pace.patience = lambda: -3.0
    pace.turn(SEOUL, "CreateRoute")
    assert clock.slept == []


@pytest.mark.parametrize(
    "action", ["DescribeNetworkInterfaces", "GetManagedPrefixListEntries", ROUTE53]
)
def test_a_page_of_a_read_asks_for_the_time_even_if_a_token_is_there(pace, clock, action):
    """Else a read of many pages runs past Lambda's time-out, which reports nothing."""
    pace.patience = lambda: 0.0
    pace.turn(SEOUL, action)
    pace.patience = lambda: -0.1
    with pytest.raises(TurnTooLate):
        pace.turn(SEOUL, action)
    assert pace.taken == 1


@budget(max_examples=200)
@given(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=200))
def test_whenever_calls_come_ec2s_bucket_holds_a_token_for_each(gaps):
    clock = Clock()
    pace = Pace(clock.now, clock.sleep)
    tokens, filled = 50.0, clock.time
    for gap in gaps:
        clock.time += gap if gap > 15 else gap / 150  # bursts, and pauses between them
        pace.turn(SEOUL, "CreateRoute")
        tokens, filled = min(50.0, tokens + (clock.time - filled) * 5.0), clock.time
        assert tokens >= 1.0
        tokens -= 1.0
