"""The sweep: is it due, and when was the last one? And how old is what waits? In: answers. Out: checks.

    schedule                                       result
    not there                                      fail: deploy the hub
    State DISABLED                                 fail: update-schedule
    else                                           pass

    last sweep, by the metric of its invocations   result
    within two periods of the schedule, and five
    minutes for the metric to come                 pass
    none, and the stack is younger than that       -
    longer ago, or none in the last four hours     fail
    a run that raised, in the last four hours      fail, beside it

    oldest message of a queue                      result
    more than 15 minutes                           fail: its function does not keep up, or does not run
    else                                           pass

Source: EventBridge Scheduler API reference, GetSchedule; metrics of Lambda, Step Functions and SQS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from shlex import quote
from typing import Any

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed, skipped
from peerkeeper_cli.doctor.queues import read_by
from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.doctor.stack import age
from peerkeeper_cli.page.moment import minute

SCHEDULE, LAST, AGE = "schedule", "last sweep", "oldest message"
NAME, SUMMARY = "peerkeeper-sweep", "peerkeeper-summarize-sweep"
LOOKED = 4 * 3600
STEP = 300
OLD = 900
MINUTES = {"minute": 1, "hour": 60, "day": 1440}
KEPT = ("Name", "GroupName", "ScheduleExpression", "FlexibleTimeWindow", "Target")


def calls(site: Site, answers: Answers) -> Iterator[Call]:
    """Yield the schedule, then the metrics of its target."""
    if not site.deployed:
        return
    yield _scheduled(site)
    if not site.local and (_scheduled(site) in answers):
        yield _measured(site, answers)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield the schedule, the last sweep, and the age of what waits in each queue."""
    if not site.deployed:
        return
    yield _schedule(site, answers)
    if site.local:
        return
    asked = _measured(site, answers)
    said = answers[asked]
    if said.value is None:
        yield unread(LAST, site.hub, asked, said)
        return
    results = {one["Id"]: one for one in said.get("MetricDataResults") or ()}
    yield _last(site, answers, results)
    for number, queue in enumerate(read_by(site.settings)):
        yield _age(site, queue, results.get(f"age{number}", {}))


def state_machine(site: Site, answers: Answers) -> str:
    """Return the ARN of the state machine that the schedule starts; empty where it starts the function."""
    target = str((answers[_scheduled(site)].get("Target") or {}).get("Arn") or "")
    return target if ":states:" in target else ""


def _schedule(site: Site, answers: Answers) -> Check:
    asked = _scheduled(site)
    said = answers[asked]
    if said.absent:
        return failed(SCHEDULE, site.hub, f"the schedule {NAME} does not exist", site.deploy_hub)
    if said.value is None:
        return unread(SCHEDULE, site.hub, asked, said)
    if said.get("State") == "DISABLED":
        kept = " ".join(
            f"--{_option(name)} {_quoted(said.get(name))}" for name in KEPT if said.get(name)
        )
        mend = f"aws scheduler update-schedule --region {site.hub.region} {kept} --state ENABLED"
        return failed(SCHEDULE, site.hub, f"the schedule {NAME} is disabled: nothing sweeps", mend)
    return passed(SCHEDULE, site.hub, f"{NAME} is enabled, {said.get('ScheduleExpression')}")


def _last(site: Site, answers: Answers, results: Mapping[str, Any]) -> Check:
    times = _times(results.get("sweeps", {}))
    period = _minutes(str(answers[_scheduled(site)].get("ScheduleExpression") or "")) * 60
    log = "aws logs tail /aws/lambda/peerkeeper-sweep --since 4h"
    mend = f"{log} --region {site.hub.region}"
    if any(_sum(one) for name, one in results.items() if name.startswith("errors")):
        words = "a sweep of the last four hours raised, or ran out of time"
        return failed(LAST, site.hub, words, mend)
    if not times and age(site, answers) < 2 * period + STEP:
        return skipped(LAST, site.hub, "the stack is new: no sweep was due yet")
    if not times:
        return failed(LAST, site.hub, "no sweep in the last four hours", mend)
    ago = max(0.0, site.now - max(times) - STEP)
    words = f"{minute(max(times))} UTC"
    if ago > 2 * period + STEP:
        return failed(LAST, site.hub, f"{words}: the schedule should have started more", mend)
    return passed(LAST, site.hub, words)


def _age(site: Site, queue: str, result: Mapping[str, Any]) -> Check:
    values = [float(one) for one in result.get("Values") or ()]
    newest = (
        values[0] if values else 0.0
    )  # newest first: ScanBy is TimestampDescending unless asked
    if newest > OLD:
        words = (
            f"{queue}: {newest / 60:.0f} minutes; its function does not keep up, or does not run"
        )
        group = read_by(site.settings)[queue]
        mend = f"aws logs tail /aws/lambda/peerkeeper-{group} --since 1h --region {site.hub.region}"
        return failed(AGE, site.hub, words, mend)
    return passed(AGE, site.hub, f"{queue}: {newest / 60:.0f} minutes")


def _minutes(expression: str) -> int:
    found = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    return int(found[1]) * MINUTES[found[2]] if found else 60


def _times(result: Mapping[str, Any]) -> list[float]:
    """Return when there was at least one, in epoch seconds."""
    pairs = zip(result.get("Timestamps") or (), result.get("Values") or (), strict=False)
    return [at.timestamp() for at, value in pairs if value > 0]


def _sum(result: Mapping[str, Any]) -> float:
    return sum(float(one) for one in result.get("Values") or ())


def _option(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()


def _quoted(value: object) -> str:
    return quote(value if isinstance(value, str) else json.dumps(value))


def _scheduled(site: Site) -> Call:
    return call("scheduler", site.hub, "GetSchedule", Name=NAME)


def _measured(site: Site, answers: Answers) -> Call:
    machine = state_machine(site, answers)
    # A run that ends because another one runs also succeeds. Only one that swept is summed up.
    ends = ("FunctionName", SUMMARY if machine else NAME)
    fails = ("StateMachineArn", machine) if machine else ends
    space = "AWS/States" if machine else "AWS/Lambda"
    errors = ("ExecutionsFailed", "ExecutionsTimedOut") if machine else ("Errors",)
    queries = [
        _query("sweeps", "AWS/Lambda", "Invocations", "Sum", ends),
        *(_query(f"errors{number}", space, one, "Sum", fails) for number, one in enumerate(errors)),
        *(
            _query(
                f"age{number}",
                "AWS/SQS",
                "ApproximateAgeOfOldestMessage",
                "Maximum",
                ("QueueName", one),
            )
            for number, one in enumerate(read_by(site.settings))
        ),
    ]
    end = int(site.now)
    return call(
        "cloudwatch",
        site.hub,
        "GetMetricData",
        MetricDataQueries=queries,
        StartTime=end - LOOKED,
        EndTime=end,
    )


def _query(
    id_: str, space: str, metric: str, stat: str, dimension: tuple[str, str]
) -> dict[str, Any]:
    named = [{"Name": dimension[0], "Value": dimension[1]}]
    what = {"Namespace": space, "MetricName": metric, "Dimensions": named}
    return {"Id": id_, "MetricStat": {"Metric": what, "Period": STEP, "Stat": stat}}
