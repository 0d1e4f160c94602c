"""A fleet's sweep grows with its locations, and one that ails holds up no other: on virtual time."""

import pytest
from peerkeeper.values.findings import Code

from benchmarks.fleet import fleet_of
from benchmarks.fleet_model import AT_ONCE, TIMEOUT, fleet_sweep, sweep

WELL = fleet_sweep(fleet_of(10), {})


def test_ten_times_the_accounts_cost_ten_times_the_calls_and_no_more_time_than_that():
    one = fleet_sweep(fleet_of(1), {})
    assert WELL.calls == 10 * one.calls
    assert WELL.seconds <= 10 * one.seconds
    assert one.refused == WELL.refused == 0


def test_a_location_costs_four_describes_and_one_call_for_each_vpc():
    assert {each.calls for each in WELL.sweeps} == {4 + 5}


@pytest.mark.parametrize("ailment", ["denied", "slow"])
def test_an_ailing_location_delays_no_other_by_more_than_its_own_time(ailment):
    locations = fleet_of(10)
    ill = fleet_sweep(locations, {locations[0]: ailment})
    own = ill.sweeps[0]
    assert own.seconds < TIMEOUT
    late = [ends - before for ends, before in zip(ill.ends[1:], WELL.ends[1:], strict=True)]
    assert max(late) <= own.seconds
    # One of eight at once is taken: the others share what it would have done.
    assert max(ill.ends[1:]) <= WELL.seconds + own.seconds / (AT_ONCE - 1)


@pytest.mark.parametrize(("ailment", "code"), [("denied", Code.DENIED), ("slow", Code.UNREAD)])
def test_an_ailing_location_says_so_and_the_others_do_not(ailment, code):
    locations = fleet_of(2)
    ill = fleet_sweep(locations, {locations[0]: ailment})
    codes = [{finding.code for finding in each.report.findings} for each in ill.sweeps]
    assert code in codes[0]
    assert not any(code in each for each in codes[1:])


def test_the_largest_account_fits_in_one_invocation_without_a_state_machine():
    direct = sweep(fleet_of(1))
    assert direct.seconds < TIMEOUT
    assert direct.calls == 17 * 9
