"""Which alarm rings when: the longer table of its page, lived row by row on the local cloud."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from peerkeeper_local.alarms import Metrics, State, changes
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import FunctionReturned
from peerkeeper_local.story.stage import ROOT, SEOUL, TOKYO
from tests.integration.alarmed.days import EVERY_DAY, lived
from tests.integration.alarmed.deeds import (
    a_tool_takes_routes,
    a_tool_turns_addresses_on,
    comings_and_goings,
    nothing,
)
from tests.integration.alarmed.estate import TOPICS, Estate

IN_MAKE_TEST = {
    "an ordinary day",
    "no trail, in `observe`",
    "a route table is full",
}
ACCOUNT = "111122223333"


def told() -> dict[str, set[str]]:
    """The page's table: the alarms that ring, by what happens."""
    page = (ROOT / "docs/operate/alarm-days.md").read_text()
    section = page.split("\n**In some hours.**", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", section, re.MULTILINE)[1:]
    return {what: set(re.findall(r"`(peerkeeper-[\w-]+)`", rings)) for what, rings in rows}


def test_the_page_has_a_row_for_each_of_these_days_and_no_other() -> None:
    assert told().keys() == EVERY_DAY.keys()


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(one, marks=[] if one in IN_MAKE_TEST else pytest.mark.proof)
        for one in EVERY_DAY
    ],
)
def test_the_alarms_of_a_day_are_those_that_the_page_says(what: str) -> None:
    assert set(lived(EVERY_DAY[what])) == told()[what]


@pytest.mark.proof
def test_eight_hours_of_comings_and_goings_ring_nothing() -> None:
    """Whole weeks are lived in test_alarm_weeks.py and test_mixed_estate.py."""
    assert lived(replace(EVERY_DAY["an ordinary day"], hours=8)) == {}


@pytest.mark.parametrize("sweep", ["direct", "state-machine"])
def test_no_alarm_of_a_new_stack_rings_before_anything_was_measured(sweep: str) -> None:
    hub = Deployment(ROOT).hub(ACCOUNT, SEOUL, {**TOPICS, "FleetSweep": sweep})
    spoke = Deployment(ROOT).spoke(ACCOUNT, TOKYO, hub, {"AlarmTopicArn": TOPICS["AlarmTopicArn"]})
    for alarm in (*hub.alarms, *spoke.alarms):
        states = {change.state for change in changes(alarm, Metrics(), 0.0, 86_400.0)}
        assert states <= {State.OK}, alarm.name
    assert len(hub.alarms) == (14 if sweep == "direct" else 15)
    assert len(spoke.alarms) == 1


def flaps(estate: Estate) -> list[dict[str, object]]:
    """Listen for what the functions log of what is written again and again."""
    heard: list[dict[str, object]] = []

    def hear(step: object) -> None:
        if isinstance(step, FunctionReturned):
            lines = (line for line in step.logs if line["message"] == "written again and again")
            heard.extend(line["flap"] for line in lines)

    estate.pump.on_step(hear)
    return heard


def test_a_flapping_route_is_named_with_who_took_it_away() -> None:
    with Estate("full") as estate:
        heard = flaps(estate)
        a_tool_takes_routes(estate, 0)
        a_tool_takes_routes(estate, 0)
        named = heard[-1]
        assert named.pop("at")
        assert named == {
            "times": 9,
            "location": f"{ACCOUNT}/{SEOUL}",
            "resource": estate.tables_of["hub"],
            "what": "10.2.0.0/16",
            "call": "DeleteRoute",
            "actor": f"arn:aws:iam::{ACCOUNT}:user/operator",
            "agent": "Boto3",
        }
        template = (ROOT / "template.yaml").read_text()
        assert {*re.findall(r"\bflap\.(\w+)", template)} <= named.keys()  # the dashboard's table
        assert [one["times"] for one in heard] == [4, 5, 6, 7, 8, 9]


def test_a_flapping_subnet_is_named_with_who_turned_it() -> None:
    with Estate("full", EnforceIn="all", SubnetPublicIp="never") as estate:
        heard = flaps(estate)
        a_tool_turns_addresses_on(estate, 0)
        (named,) = heard
        assert (named["resource"], named["what"]) == (
            estate.id("hub-subnet"),
            "public IP on launch",
        )
        assert (named["call"], named["times"]) == ("ModifySubnetAttribute", 4)


@pytest.mark.proof
def test_an_alarm_that_goes_off_is_not_raised_on_days_that_are_over() -> None:
    """The oracle for other tests: from a moment on, nothing rings."""
    with Estate("full") as estate:
        a_tool_takes_routes(estate, 0)
        estate.live(4, nothing)
        assert set(estate.rung()) == {"peerkeeper-flaps"}
        calm = estate.cloud.clock.now()
        estate.live(1, comings_and_goings)
        assert estate.rung(calm) == {}
