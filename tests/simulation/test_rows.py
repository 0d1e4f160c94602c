"""Rows of the fault matrix that ask for a figure of their own, each measured on the simulator."""

from __future__ import annotations

import pytest

from simulator import engine
from simulator.draw import ACTIONS
from simulator.faults import Knobs
from simulator.scenarios import BY_NAME, SHAPES, Scenario
from simulator.schedule import Schedule
from simulator.sweeps import summary

PLAIN = BY_NAME["two-regions/request"]


def played(scenario, seed=2, **knobs):
    with engine.quick():
        schedule = Schedule(scenario, Knobs(**knobs), seed)
        result = schedule.run()
    assert not result.broken, result.broken
    return schedule, result


def ours(schedule, action=""):
    """The writes of functions, all or of one action."""
    runs = schedule.functions.runs
    return [call for run in runs for call in run.writes if action in ("", call.action)]


def findings(schedule):
    reports = [run.report for run in schedule.functions.runs if run.report]
    return [finding for report in reports for finding in report.findings]


@pytest.mark.parametrize("copies", [{"duplicate_events": 1.0}, {"duplicate_messages": 1.0}])
def test_duplicates_cost_no_write(copies):
    once, plain = played(PLAIN)
    twice, result = played(PLAIN, **copies)
    assert len(ours(twice)) == len(ours(once)) > 0
    assert summary(result) == summary(plain)


def test_events_a_day_late_cause_no_wrong_write():
    scenario = BY_NAME["two-regions/delete-and-again"]
    for seed in range(20):
        schedule, result = played(scenario, seed, delay_events=24 * 3600.0)
        assert not result.late
        assert {call.action for call in ours(schedule)} >= {"AcceptVpcPeeringConnection"}


def test_without_any_event_one_sweep_does_it_all():
    for name in ("two-regions/request", "two-regions+stale/request", "three/two-peers"):
        schedule, _ = played(BY_NAME[name], drop_events=1.0, drop_messages=0.0)
        assert ours(schedule, "CreateRoute")


MANY = 30
FAN = Scenario(
    "one table for each of many subnets",
    (
        *SHAPES["two-regions"][0],
        *((0, "table", f"a{n}", "a", f"10.1.{n + 10}.0/24") for n in range(MANY)),
    ),
    PLAIN.script,
    age=60.0,
)


def test_a_throttling_storm_delays_and_loses_nothing(measured):
    calm, _ = played(FAN)
    storm, result = played(FAN, throttle=10.0)
    made = [call for call in ours(storm, "CreateRoute") if call.changed]
    assert len(made) == len([call for call in ours(calm, "CreateRoute") if call.changed]) > MANY
    assert not storm.functions.queues.dead
    measured(
        f"throttling storm: {len(made)} routes, {result.counted} calls instead of "
        f"{calm.faults.counted}, 0 routes lost, 0 messages dead"
    )


def test_a_full_table_holds_up_no_other_and_is_tried_once_a_run(measured):
    start = (
        *SHAPES["two-regions"][0],
        (0, "route", "a-main", "10.200.0.0/16", "TransitGatewayId", "tgw-0a"),
    )
    tables = (
        (0, "subnet", "s", "a", "10.1.99.0/24"),  # it uses the main table
        *((0, "table", f"a{n}", "a", f"10.1.{n + 10}.0/24") for n in range(4)),
    )
    scenario = Scenario("full", (*start, *tables), PLAIN.script, age=60.0)
    schedule, _ = played(scenario, full=1)
    full = [
        c for c in ours(schedule, "CreateRoute") if c.error and c.error[0] == "RouteLimitExceeded"
    ]
    others = {c.params["RouteTableId"] for c in ours(schedule, "CreateRoute") if c.changed}
    assert full
    assert len(others) == 6, "four tables, the other side's, and at last the full one"
    assert len({(call.run.number, call.params["RouteTableId"]) for call in full}) == len(full)
    assert any(finding.code == "quota-reached" for finding in findings(schedule))
    measured(
        f"a full table: {len(others) - 1} of {len(others) - 1} others routed, once a run tried"
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_that_is_denied_is_named_and_granted_later_all_is_well(action):
    shape = "internet" if action == "ModifySubnetAttribute" else "two-regions"
    script = "delete" if action == "DeleteRoute" else "public"
    script = script if action in ("DeleteRoute", "ModifySubnetAttribute") else "request"
    schedule, _ = played(BY_NAME[f"{shape}/{script}"], denied=action)
    words = [finding.message for finding in findings(schedule) if finding.code == "denied"]
    assert words
    assert all(f"ec2:{action}" in each for each in words)


def test_a_region_that_is_down_costs_the_other_no_more_than_its_own_time_out(measured):
    schedule, _ = played(PLAIN, down="ap-northeast-1")
    longest = max(run.ended - run.started for run in schedule.functions.runs)
    measured(f"one region down: the longest invocation took {longest:.0f} s")
    assert longest <= schedule.functions.runs[0].function.timeout


def test_an_opponent_is_answered_once_for_each_of_its_deletes(measured):
    schedule, _ = played(BY_NAME["two-regions+stale/request-and-accept"], 5, opponent=4)
    made = [call for call in ours(schedule, "CreateRoute") if call.changed]
    measured(f"an opponent that deletes 4 times: {len(made)} routes made")
    assert len(made) <= 2 + 4


def test_owners_who_change_subnets_meet_two_looks_and_no_switch_unasked(measured):
    switched = schedules = 0
    for name in ("internet/nothing", "subnets/nothing", "by-consent/nothing", "add-only/public"):
        for seed in range(10):
            schedule, _ = played(BY_NAME[name], seed, owners=6)
            switched += len(ours(schedule, "ModifySubnetAttribute"))
            schedules += 1
    measured(
        f"owners who change 6 things each: {switched} subnets switched in {schedules} schedules"
    )
    assert switched > schedules / 2


def test_second_looks_that_nobody_can_prove_end_after_eight_hand_offs():
    scenario = BY_NAME["two-regions+stale-purged/nothing"]
    schedule, _ = played(scenario, senders=False)
    assert max(run.depth for run in schedule.functions.runs) <= 8
    assert not ours(schedule, "DeleteRoute")
    assert any(finding.code == "left-to-sweep" for finding in findings(schedule))


def test_dns_support_comes_before_host_names():
    schedule, _ = played(BY_NAME["two-regions/dns-support-off"], drop_events=1.0)
    order = [
        next(key for key in call.params if key.startswith("EnableDns"))
        for call in ours(schedule, "ModifyVpcAttribute")
        if call.params["VpcId"] == schedule.hands.names["a"]
    ]
    assert order == ["EnableDnsSupport", "EnableDnsHostnames"]


AIMED = ("two-regions/delete-and-again", "one-region/delete-and-again")


@pytest.mark.proof
def test_a_delete_that_meets_another_route_through_a_read_that_lags_is_put_right(measured):
    """Decision 7: EC2 has no conditional delete, so this can be healed, not prevented."""
    late = schedules = 0
    for name in AIMED:
        for seed in range(25):
            _, result = played(
                BY_NAME[name],
                seed,
                stale=300.0 if seed % 2 else 30.0,
                reconcilers=4,
                duplicate_events=1.0,
                duplicate_messages=1.0,
                reorder=True,
                delay_events=30.0,
            )
            late, schedules = late + result.late, schedules + 1
    measured(f"aimed at late deletes: {late} of them in {schedules} schedules, all put right")
    assert late, "the simulator must be able to show it"
