"""The counts behind the costs: off the templates, off the functions' own output, off the bench of a sweep.

In: the checkout. Out: `Made`, `Swept`, the columns of the page. `python -m benchmarks.cost_counts` prints the
table of docs/operate/costs.md.
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from functools import cache
from logging import StreamHandler
from pathlib import Path

from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.telemetry import logger, publish
from peerkeeper.values.scope import Function

from benchmarks.costs import Estate, Made, Swept, table
from benchmarks.fleet import fleet_of, lambda_dollars, step_functions_dollars
from benchmarks.fleet_memory import seventeen_regions
from benchmarks.fleet_model import FleetSweep, fleet_sweep, sweep
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.deployment.deployment import Stack
from peerkeeper_local.deployment.template import read_template

ROOT = Path(__file__).parents[1]
HUB, OTHER, HOME, SECOND = "111122223333", "444455556666", "ap-northeast-2", "ap-northeast-1"
ALARMS = f"arn:aws:sns:{HOME}:{HUB}:alarms"
NOTICES = f"arn:aws:sns:{HOME}:{HUB}:notices"
ALWAYS = tuple(function for function in Function if function is not Function.KEEP)
"""`keep_endpoints` is deployed only with Endpoints=keep."""


def _alarm_metrics(stack: Stack) -> int:
    return sum(len(alarm.statistics) for alarm in stack.alarms)


@cache
def made() -> Made:
    """Return what the templates make, with every topic named, and the state machine's alarm."""
    deployment = Deployment(ROOT)
    told = {"AlarmTopicArn": ALARMS, "NoticeTopicArn": NOTICES}
    hub = deployment.hub(HUB, HOME, {**told, "FleetSweep": "state-machine"})
    spoke, bare = (
        _alarm_metrics(deployment.spoke(OTHER, SECOND, hub, given))
        for given in ({"AlarmTopicArn": ALARMS}, {})
    )
    resources = read_template(ROOT / "template.yaml")["Resources"].values()
    kinds = [each["Type"] for each in resources]
    return Made(
        metrics=len({metric for each in ALWAYS for metric in _metrics(_output(each))}),
        alarm_metrics=_alarm_metrics(hub),
        dashboards=kinds.count("AWS::CloudWatch::Dashboard"),
        polled_queues=len(hub.mappings),
        spoke_alarm_metrics=spoke - bare,
        bare_spoke_alarm_metrics=bare,
    )


def _output(function: Function) -> str:
    """Return what an invocation that found nothing writes: its log line and its metrics."""
    written = io.StringIO()
    handlers = [one for one in logger.handlers if isinstance(one, StreamHandler)]
    before = [handler.setStream(written) for handler in handlers]
    try:
        with redirect_stdout(written):
            publish(Report(function, Mode.FULL))
    finally:
        for handler, stream in zip(handlers, before, strict=True):
            if stream is not None:
                handler.setStream(stream)
    return written.getvalue()


def _metrics(output: str) -> set[tuple[str, ...]]:
    """Return each metric with its dimensions: CloudWatch bills each such pair."""
    found = set()
    for line in map(json.loads, output.splitlines()):
        for about in line.get("_aws", {}).get("CloudWatchMetrics", ()):
            (names,) = about["Dimensions"]
            dimensions = sorted(f"{name}={line[name]}" for name in names)
            found |= {(each["Name"], *dimensions) for each in about["Metrics"]}
    return found


@cache
def _direct() -> Swept:
    """Return what an account takes of an invocation that sweeps all of them."""
    one = sweep(fleet_of(1))
    run = FleetSweep((one,), (one.seconds,))
    return Swept(one.calls, 1, lambda_dollars(run), len(_output(Function.SWEEP)))


@cache
def _by_location() -> Swept:
    """Return what an account takes of a run of the state machine over a hundred of them."""
    one = fleet_sweep(fleet_of(1), {})
    run = FleetSweep(one.sweeps * 100, one.ends * 100)
    spent = (lambda_dollars(run) + step_functions_dollars(run)) / 100
    return Swept(one.calls, len(one.sweeps), spent, len(_output(Function.SWEEP)))


def columns() -> list[tuple[str, Swept, Estate]]:
    """Return the estates of the page: few accounts swept directly, many by the state machine."""
    regions = len(seventeen_regions())
    return [
        ("1 account, `direct`", _direct(), Estate(1, regions, 0)),
        ("10 accounts, `direct`", _direct(), Estate(10, regions, 9)),
        ("100 accounts, `state-machine`", _by_location(), Estate(100, regions, 99 * regions)),
    ]


if __name__ == "__main__":
    print("\n".join(table(made(), columns())))
