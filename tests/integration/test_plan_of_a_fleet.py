"""A plan of many accounts on virtual time: the calls of a sweep, nothing refused, threads that are busy."""

import pytest
from peerkeeper.aws.clients import THREADS

from benchmarks.fleet_model import fleet_sweep
from benchmarks.fleet_plan import places_of
from benchmarks.fleet_world import settings_of
from benchmarks.plan_of_a_fleet import A_CALL, Waves
from peerkeeper_cli.reader.read_estate import AT_ONCE, read_estate


def planned(accounts):
    places, ask = places_of(accounts), Waves()
    reading = read_estate(places, settings_of(places), ask, 1.0)
    assert not reading.seen.unread
    assert {key[0] for key in reading.seen.vpcs} == {*places}
    return ask


@pytest.mark.parametrize("accounts", [1, AT_ONCE + 1])
def test_a_plan_makes_the_calls_of_a_sweep_of_the_same_locations(accounts):
    ask = planned(accounts)
    assert ask.ec2.calls == fleet_sweep(places_of(accounts), {}).calls
    assert ask.ec2.refused == 0


def test_it_takes_little_longer_than_its_calls_on_all_threads():
    ask = planned(2 * AT_ONCE)
    least = ask.ec2.calls * A_CALL / THREADS
    assert least <= ask.time.now() <= 1.05 * least
