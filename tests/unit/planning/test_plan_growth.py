"""Twice as much to plan is twice the work, not four times: work is counted in calls, never timed."""

import json

import pytest
from peerkeeper.planning.plan import plan

from benchmarks.worlds import SETTINGS, hub_and_spokes
from tests.work import counted

LEEWAY = 1.15


def cost(tables, peerings, **how):
    seen = hub_and_spokes(tables, peerings, **how).parsed()
    return counted(lambda: plan(seen, SETTINGS))[1]


@pytest.mark.parametrize(
    "how",
    [{"routed": True}, {}, {"twice": True}],
    ids=["converged", "nothing routed", "contested"],
)
@pytest.mark.parametrize(("tables", "peerings"), [(40, 20), (20, 40)])
def test_twice_the_tables_or_the_peerings_are_twice_the_work(tables, peerings, how):
    assert cost(tables, peerings, **how) <= 2 * LEEWAY * cost(20, 20, **how)


def test_twice_the_routes_of_others_add_no_more_than_a_look_at_each():
    one, two = cost(20, 20, others=200), cost(20, 20, others=400)
    assert two - one <= 20 * 200 * 12


def test_a_hundred_tables_get_each_of_eighty_routes():
    seen = hub_and_spokes(100, 80, others=250).parsed()
    made = plan(seen, SETTINGS)
    assert len(made.changes) == 100 * 80
    assert json.dumps(made.to_dict())
