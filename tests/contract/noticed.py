"""What the topic gets of a notice, in either form: the event as the code makes it, by the template's rule."""

import json
from functools import cache

from peerkeeper.reporting.bus_events import Announcement, DetailType

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.deployment.resources import Rule
from peerkeeper_local.pump.transform import part, transformed
from tests.contract.deploy.templates import ROOT

TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:peering-notices"
TOLD = [
    *(DetailType.HELD, DetailType.EXPIRING, DetailType.EXPIRED),
    *(DetailType.NOT_CARRYING, DetailType.DIGEST, DetailType.WITHDRAWN),
]
"""What the rule takes."""


@cache
def rule_of(notice_format: str) -> Rule:
    """Return the rule that tells the topic."""
    set_to = {"NoticeTopicArn": TOPIC, "NoticeFormat": notice_format}
    stack = Deployment(ROOT).hub("111122223333", "ap-northeast-2", set_to)
    (rule,) = (rule for rule in stack.rules if rule.targets == (TOPIC,))
    return rule


def sent(made: Announcement, notice_format: str) -> str:
    """Return the message that SNS is sent."""
    rule = rule_of(notice_format)
    event = {"detail-type": made.kind.value, "detail": json.loads(made.detail)}
    if rule.transformers:
        return transformed(rule.transformers[TOPIC], event)
    return json.dumps(part(event, rule.parts[TOPIC]))
