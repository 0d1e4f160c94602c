"""Do the topics let in who must publish? In: answers of SNS, of the rule and the alarms. Out: checks.

EventBridge publishes notices, CloudWatch publishes alarms. The first row that fits, for a topic and service:

    what is so                                                        result
    the topic is not there                                            fail
    it is encrypted with the key alias/aws/sns                        fail: no service may use that key
    no statement allows sns:Publish to the service                    fail
    every one that does asks for aws:SourceAccount or aws:SourceArn,
    and the service is EventBridge                                    fail: it gives neither
    else                                                              pass

Source: EventBridge User Guide, resource-based policies; SNS Developer Guide, encryption and AWS services.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from shlex import quote

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.doctor.alarms import alarms
from peerkeeper_cli.doctor.call import Answer, Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed, skipped
from peerkeeper_cli.doctor.policies import Statement, allowing, condition, principals
from peerkeeper_cli.doctor.site import BUS, Site

NAME = "topic"
EVENTS, CLOUDWATCH = "events.amazonaws.com", "cloudwatch.amazonaws.com"
OF_AWS = "alias/aws/sns"


def calls(site: Site, answers: Answers) -> Iterator[Call]:
    """Ask which topics get the notices, then how each topic is."""
    if site.deployed:
        yield _notices(site)
        for arn in _topics(site, answers):
            yield _asked(site, arn)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check for each topic and each service that must publish there."""
    if not site.deployed:
        return
    rule = answers[_notices(site)]
    if rule.trouble:
        yield unread(NAME, site.hub, _notices(site), rule)
    topics = _topics(site, answers)
    if not topics and not rule.trouble:
        yield skipped(NAME, site.hub, "no topic: NoticeTopicArn and AlarmTopicArn are empty")
    for arn, services in topics.items():
        answer = answers[_asked(site, arn)]
        for service in services:
            yield _judged(site, arn, service, answer)


def _judged(site: Site, arn: str, service: str, answer: Answer) -> Check:
    place = _place(arn)
    if answer.absent:
        return failed(NAME, place, f"the topic {arn} does not exist", _create(arn))
    if answer.value is None:
        return unread(NAME, place, _asked(site, arn), answer)
    said = answer.get("Attributes") or {}
    if str(said.get("KmsMasterKeyId", "")).endswith(OF_AWS):
        words = f"{arn} is encrypted with {OF_AWS}, which {service} may not use: name your own key"
        mend = (
            f"aws sns set-topic-attributes --region {place.region} --topic-arn {arn} "
            "--attribute-name KmsMasterKeyId --attribute-value KEY"
        )
        return failed(NAME, place, words, mend)
    found = allowing(json.loads(said.get("Policy") or "{}"), "sns:Publish")
    found = [one for one in found if _lets_in(one, service)]
    if not found:
        return failed(
            NAME, place, f"{arn} does not let {service} publish", _permit(arn, said, service)
        )
    if service == EVENTS and all(map(_narrow, found)):
        words = (
            f"{arn} has a condition on the account or rule of {service}, which EventBridge does not send to "
            "a topic: allow it without a condition"
        )
        return failed(NAME, place, words, _permit(arn, said, service))
    return passed(NAME, place, f"{arn} lets {service} publish")


def _lets_in(statement: Statement, service: str) -> bool:
    named = principals(statement, "Service") | principals(statement, "AWS")
    owned = condition(
        statement, "aws:SourceOwner"
    )  # the default statement: the owner's own calls alone
    return service in named or ("*" in named and not owned)


def _narrow(statement: Statement) -> bool:
    return bool(condition(statement, "aws:SourceAccount") or condition(statement, "aws:SourceArn"))


def _permit(arn: str, said: dict[str, str], service: str) -> str:
    """Return the command that adds one statement to the topic's policy and keeps the others."""
    policy = json.loads(said.get("Policy") or '{"Version": "2012-10-17", "Statement": []}')
    own = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sns:Publish",
        "Resource": arn,
    }
    if service == CLOUDWATCH:
        own["Condition"] = {"StringEquals": {"aws:SourceAccount": _place(arn).account_id}}
    policy["Statement"] = [*policy["Statement"], own]
    return (
        f"aws sns set-topic-attributes --region {_place(arn).region} --topic-arn {arn} "
        f"--attribute-name Policy --attribute-value {quote(json.dumps(policy))}"
    )


def _create(arn: str) -> str:
    place, name = _place(arn), arn.rpartition(":")[2]
    return f"aws sns create-topic --region {place.region} --name {name}"


def _topics(site: Site, answers: Answers) -> dict[str, list[str]]:
    """Return by topic which services must publish there."""
    found: dict[str, list[str]] = {}
    targets = answers[_notices(site)].get("Targets") or ()
    told = [(str(one.get("Arn")), EVENTS) for one in targets]
    rung = (arn for one in alarms(site, answers) for arn in one.get("AlarmActions") or ())
    told += [(arn, CLOUDWATCH) for arn in dict.fromkeys(rung)]
    for arn, service in told:
        if arn.split(":")[2:3] == ["sns"]:
            found.setdefault(arn, []).append(service)
    return found


def _place(arn: str) -> Location:
    _, _, _, region, account, *_ = arn.split(":")
    return Location(account, region)


def _notices(site: Site) -> Call:
    return call(
        "events", site.hub, "ListTargetsByRule", Rule="peerkeeper-notices", EventBusName=BUS
    )


def _asked(site: Site, arn: str) -> Call:
    """Ask with the hub's credentials: the topic may be in an account that the hub does not manage."""
    place = Location(site.hub.account_id, _place(arn).region)
    return call("sns", place, "GetTopicAttributes", TopicArn=arn)
