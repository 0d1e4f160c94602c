"""Our queries of the log show what the functions log, of a report of any size."""

import json
import re
from typing import Any

import pytest
from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.connectivity import Cause, Leg, SideVerdict, Way
from peerkeeper.values.ec2 import Location, network
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Function

from tests.contract.deploy.insights import MOST_FIELDS, rows
from tests.contract.deploy.templates import HUB, ROOT, of_type

PLACE = Location("111122223333", "ap-northeast-2")
TABLES, PEERINGS = ("rtb-1", "rtb-2"), ("pcx-1", "pcx-2")
FINDINGS = tuple(Finding(Code.DENIED, PLACE, f"vpc-{n}", "why") for n in range(MOST_FIELDS))
PAGE = (ROOT / "docs/operate/log.md").read_text()
QUERIES = re.findall(r"^```\n(fields .*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


def gap(table: str) -> Leg:
    return Leg(table, network("10.0.0.0/16"), Way.BLOCKED, Cause.ROUTE_CONFLICT, "why")


def log(**said: Any) -> list[dict[str, Any]]:
    """A line that is no report, and the line of a report with more fields than Logs Insights finds."""
    report = Report(Function.SWEEP, Mode.FULL, findings=FINDINGS, **said)
    return [{"message": "other"}, {"message": "reconciled", "report": report.to_dict()}]


def test_the_table_of_what_does_not_carry_has_a_row_for_each_gap() -> None:
    (board,) = of_type(HUB, "AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(board["DashboardBody"]["Fn::Sub"])["widgets"]
    query, _ = (w["properties"]["query"] for w in widgets if w["type"] == "log")
    sweep = of_type(HUB, "AWS::Serverless::Function")["Sweep"]["FunctionName"]
    assert f"'/aws/lambda/{sweep}'" in query
    sides = tuple(SideVerdict(pcx, PLACE, "vpc-1", tuple(map(gap, TABLES))) for pcx in PEERINGS)
    assert rows(query, log(verdicts=sides)) == [
        {
            "@timestamp": 1,
            "peering": pcx,
            "side": str(PLACE),
            "verdict": "nothing",
            "route_table": table,
            "destination": "10.0.0.0/16",
            "cause": Cause.ROUTE_CONFLICT.value,
        }
        for pcx in PEERINGS
        for table in TABLES
    ]


def test_the_page_of_the_log_has_the_runs_and_their_findings() -> None:
    route = CreateRoute(PLACE, "rtb-1", network("10.0.0.0/16"), "pcx-1", reason="why")
    lines = log(outcomes=(Outcome(route, Result.APPLIED),), would=(route,))
    runs, findings = (rows(" ".join(query.split()), lines) for query in QUERIES)
    report = lines[1]["report"]
    assert runs == [
        {
            "@timestamp": 1,
            "function": "sweep",
            **{name: json.dumps(report[name]) for name in ("outcomes", "would", "findings")},
        }
    ]
    assert findings == [{"@timestamp": 1, "function": "sweep", **one.to_dict()} for one in FINDINGS]


def test_a_list_has_no_field_of_its_own_and_a_long_line_has_fields_that_are_not_found() -> None:
    """What a query on fields alone misses: the lists, and what stands behind them."""
    (line,) = log()[1:]
    assert rows("fields report.function, report.findings, report.waves", [line]) == [
        {"report.function": "sweep"}
    ]
    with pytest.raises(AssertionError, match="not known here"):
        rows("fields @timestamp | stats count(*)", [line])
