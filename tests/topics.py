"""The SNS topic of notices in a local cloud, with the policy that docs/operate/notices.md prints."""

import json
import re

from peerkeeper_local.story.stage import ROOT

PAGE = ROOT / "docs/operate/notices.md"
REDRIVE = ROOT / "docs/operate/alarms.md"


def page_policy():
    """The topic's policy, as the page has it."""
    (text,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return json.loads(text)


def page_commands(operation):
    """The commands of this operation, as both pages have them."""
    pages = (PAGE.read_text() + REDRIVE.read_text()).replace("\\\n ", "")
    return re.findall(rf"^aws \w+ {operation} .*$", pages, re.MULTILINE)


def open_topic(cloud, arn, policy):
    """Make the topic, if it is not there, and give it this policy."""
    sns = cloud.client("sns", arn.split(":")[3])
    assert sns.create_topic(Name=arn.rpartition(":")[2])["TopicArn"] == arn
    sns.set_topic_attributes(
        TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(policy)
    )
