"""The alarms: are they there, can they act, and does one ring now? In: DescribeAlarms. Out: checks.

    what is so                             result
    none is there                          fail: deploy the hub
    StateValue ALARM                       fail, one check each: its description and reason
    peerkeeper-sweep-stopped without data  fail: no sweep for two hours; not where the stack is younger
    ActionsEnabled false                   fail: enable-alarm-actions
    no alarm tells anybody                 -: AlarmTopicArn is empty
    else                                   pass

Source: CloudWatch API reference, DescribeAlarms; docs/operate/alarms.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed, skipped
from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.doctor.stack import age

NAME, TELLS = "alarm", "alarms tell"
STOPPED = "peerkeeper-sweep-stopped"
WAITS = 3 * 3600
"""Seconds for which it says nothing of a stack that is new."""
Alarm = Mapping[str, Any]


def calls(site: Site, _: Answers) -> Iterator[Call]:
    """Yield the one question."""
    if site.deployed and not site.local:
        yield _asked(site)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield a check for each alarm that rings, or one for all; and whether they tell anybody."""
    if not site.deployed or site.local:
        return
    said = answers[_asked(site)]
    if said.value is None:
        yield unread(NAME, site.hub, _asked(site), said)
        return
    there = alarms(site, answers)
    if not there:
        yield failed(NAME, site.hub, "no alarm of Peerkeeper exists", site.deploy_hub)
        return
    new = age(site, answers) < WAITS
    ringing = [one for one in there if _rings(one) and not (new and one["AlarmName"] == STOPPED)]
    for one in ringing:
        yield _ringing(site, one)
    if not ringing:
        yield passed(NAME, site.hub, f"{len(there)} alarms, all quiet")
    yield _telling(site, there)


def alarms(site: Site, answers: Answers) -> list[Alarm]:
    """Return the alarms that were read."""
    found: list[Alarm] = answers[_asked(site)].get("MetricAlarms") or []
    return found


def _rings(alarm: Alarm) -> bool:
    silent = alarm["AlarmName"] == STOPPED and alarm.get("StateValue") == "INSUFFICIENT_DATA"
    return silent or alarm.get("StateValue") == "ALARM"


def _ringing(site: Site, alarm: Alarm) -> Check:
    since = str(alarm.get("StateUpdatedTimestamp", ""))[:16]
    what = str(alarm.get("AlarmDescription", "")).partition(" Runbook:")[0]
    words = f"{alarm['AlarmName']} rings{f' since {since} UTC' if since else ''}: {what}"
    history = (
        f"aws cloudwatch describe-alarm-history --region {site.hub.region} --alarm-name {alarm['AlarmName']} "
        "--history-item-type StateUpdate --max-records 5"
    )
    return failed(NAME, site.hub, words, history)


def _telling(site: Site, there: list[Alarm]) -> Check:
    mute = [str(one["AlarmName"]) for one in there if not one.get("ActionsEnabled", True)]
    if mute:
        words = f"actions are turned off: {', '.join(mute)}"
        names = " ".join(mute)
        mend = (
            f"aws cloudwatch enable-alarm-actions --region {site.hub.region} --alarm-names {names}"
        )
        return failed(TELLS, site.hub, words, mend)
    told = {arn for one in there for arn in one.get("AlarmActions") or ()}
    if not told:
        return skipped(TELLS, site.hub, "no topic: the parameter AlarmTopicArn is empty")
    return passed(TELLS, site.hub, ", ".join(sorted(told)))


def _asked(site: Site) -> Call:
    return call("cloudwatch", site.hub, "DescribeAlarms", AlarmNamePrefix="peerkeeper-")
