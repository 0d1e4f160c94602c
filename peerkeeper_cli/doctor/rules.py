"""The event rules: enabled, and leading where they should? In: answers of EventBridge. Out: checks.

    rule                                 bus          leads to
    peerkeeper-forward, in each place    default      the hub's bus
    peerkeeper-connect, -clean,
    -configure, in the hub               peerkeeper   the queue of that name
    peerkeeper-keep, in the hub, with
    Endpoints=keep                       peerkeeper   the queue of that name

The first row that fits:

    what is so                           result
    the rule is not there                fail: deploy the hub, or a spoke there
    State DISABLED                       fail: enable-rule
    no target is what it should be       fail: of another hub, or changed by hand
    else                                 pass

Source: EventBridge API reference, DescribeRule, ListTargetsByRule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed
from peerkeeper_cli.doctor.queues import read_by
from peerkeeper_cli.doctor.site import BUS, FORWARD, Site

FORWARDING, HEARING = "forwarding rule", "rule of the hub"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One rule that must be there."""

    check: str
    place: Location
    name: str
    bus: str
    target: str
    remedy: str


def wanted(site: Site) -> Iterator[Wanted]:
    """Yield each rule that the installation needs."""
    for place in (site.hub, *site.others):
        remedy = site.deploy_hub if place == site.hub else site.deploy_spoke(place)
        yield Wanted(FORWARDING, place, FORWARD, "default", site.bus_arn, remedy)
    hub = site.hub
    for name in read_by(site.settings):
        queue = f"arn:{site.partition}:sqs:{hub.region}:{hub.account_id}:{name}"
        yield Wanted(HEARING, hub, name, BUS, queue, site.deploy_hub)


def calls(site: Site, _: Answers) -> Iterator[Call]:
    """Yield what is asked of each rule."""
    for one in wanted(site) if site.deployed else ():
        yield from _asked(one)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check a rule."""
    for one in wanted(site) if site.deployed else ():
        yield _judged(one, answers)


def _judged(one: Wanted, answers: Answers) -> Check:
    described, targets = _asked(one)
    said = answers[described]
    if said.absent:
        words = f"the rule {one.name} does not exist: EventBridge forwards nothing"
        return failed(one.check, one.place, words, one.remedy)
    if said.value is None:
        return unread(one.check, one.place, described, said)
    if said.get("State") == "DISABLED":
        bus = "" if one.bus == "default" else f" --event-bus-name {one.bus}"
        mend = f"aws events enable-rule --region {one.place.region} --name {one.name}{bus}"
        return failed(one.check, one.place, f"the rule {one.name} is disabled", mend)
    found = answers[targets]
    if found.value is None:
        return unread(one.check, one.place, targets, found)
    arns = [str(target.get("Arn")) for target in found.get("Targets") or ()]
    if one.target not in arns:
        words = f"the rule {one.name} leads to {', '.join(arns) or 'nothing'}, not to {one.target}"
        return failed(one.check, one.place, words, one.remedy)
    return passed(one.check, one.place, f"{one.name} is enabled")


def _asked(one: Wanted) -> tuple[Call, Call]:
    return (
        call("events", one.place, "DescribeRule", Name=one.name, EventBusName=one.bus),
        call("events", one.place, "ListTargetsByRule", Rule=one.name, EventBusName=one.bus),
    )
