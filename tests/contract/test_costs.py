"""What docs/operate/costs.md says of a month's bill is what templates, functions and the bench come to."""

from dataclasses import replace
from itertools import pairwise

import pytest

from benchmarks.cost_counts import ALARMS, HOME, NOTICES, columns, made
from benchmarks.cost_counts import HUB as ACCOUNT
from benchmarks.costs import ALARM_METRIC, Estate, Made, Swept, dollars, table
from peerkeeper_local.deployment import Deployment
from tests.contract.deploy.templates import HUB, ROOT, SPOKE, of_type

MADE = Made(metrics=10, alarm_metrics=5, dashboards=1, polled_queues=0, spoke_alarm_metrics=1)
SWEPT = Swept(calls=100, invocations=1, dollars=0.001, log_bytes=1000)


def test_the_table_on_the_page_is_the_one_that_is_derived() -> None:
    """`python -m benchmarks.cost_counts` prints it."""
    page = (ROOT / "docs/operate/costs.md").read_text()
    shown = page.split("| US dollars", 1)[1].split("\n\n", 1)[0]
    assert f"| US dollars{shown}".splitlines() == table(made(), columns())


def test_the_sums_in_the_readme_are_those_of_the_table() -> None:
    readme = (ROOT / "README.md").read_text().split("\n## What it costs\n", 1)[1]
    rows = [line.strip("| ").split(" | ") for line in readme.splitlines() if line[:3] in ("| 1",)]
    lines = {line.split("|")[1].strip(): line for line in table(made(), columns())}
    sums, hourly = (line for name, line in lines.items() if name.startswith("**sum**"))
    guard = next(line for name, line in lines.items() if "if GuardDuty is on" in name)
    trail = next(line for name, line in lines.items() if "further trail" in name)
    for number, row in enumerate(rows):
        assert row[1:] == [line.split("|")[number + 2].strip() for line in (sums, guard, trail)]
    assert len(rows) == 3
    assert f"100 accounts cost {hourly.split('|')[4].strip()}." in readme


def test_every_alarm_of_the_templates_is_counted_by_its_metrics() -> None:
    counted = [
        sum("MetricStat" in each for each in alarm.get("Metrics", [])) or 1
        for alarm in of_type(HUB, "AWS::CloudWatch::Alarm").values()
    ]
    given = {"AlarmTopicArn": ALARMS, "NoticeTopicArn": NOTICES, "FleetSweep": "state-machine"}
    everything = Deployment(ROOT).hub(ACCOUNT, HOME, {**given, "Endpoints": "keep"})
    assert sum(len(alarm.statistics) for alarm in everything.alarms) == sum(counted)
    without = Deployment(ROOT).hub(ACCOUNT, HOME, given)
    assert made().alarm_metrics == sum(len(alarm.statistics) for alarm in without.alarms)
    spokes = len(of_type(SPOKE, "AWS::CloudWatch::Alarm"))
    assert made().spoke_alarm_metrics + made().bare_spoke_alarm_metrics == spokes


def test_what_is_there_costs_by_itself_and_what_runs_by_accounts_and_sweeps() -> None:
    small, large = Estate(1, 17, 0), Estate(10, 17, 9)
    one, ten = dollars(MADE, SWEPT, small), dollars(MADE, SWEPT, large)
    hourly = dollars(MADE, SWEPT, replace(large, minutes=60))
    assert one["hub"] == ten["hub"] == pytest.approx(10 * 0.3 + 5 * 0.1 + 3)
    for name in ("sweeps", "logs"):
        assert ten[name] == pytest.approx(10 * one[name])
    for name in ("sweeps", "logs", "GuardDuty", "trail copy"):
        assert hourly[name] == pytest.approx(ten[name] / 4)
    assert one["spoke alarms"] == pytest.approx(16 * ALARM_METRIC)
    assert one["GuardDuty"] == pytest.approx(2880 * 100 * 4 / 1_000_000)
    assert ten["GuardDuty"] > 10 * one["GuardDuty"], "roles that are assumed are recorded as well"


def test_an_alarm_in_every_spoke_would_be_on_the_bill_of_everybody() -> None:
    estate = Estate(100, 17, 99)
    bare = replace(MADE, spoke_alarm_metrics=0, bare_spoke_alarm_metrics=1)
    more = dollars(bare, SWEPT, estate)["hub"] - dollars(MADE, SWEPT, estate)["hub"]
    assert more == pytest.approx(1699 * ALARM_METRIC)


def test_the_columns_grow_and_the_last_is_swept_by_the_state_machine() -> None:
    estates = [estate for _, _, estate in columns()]
    assert [estate.accounts for estate in estates] == [1, 10, 100]
    assert all(a.spokes < b.spokes for a, b in pairwise(estates))
    assert columns()[-1][1].invocations == estates[-1].regions == 17
