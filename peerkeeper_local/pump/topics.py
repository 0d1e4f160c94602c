"""Whether a topic takes what a service publishes: its own policy's answer.

In: a topic's ARN, the service. Out: yes or no. moto keeps the topic and its policy; a topic takes nothing
until it exists. What the subscriber reads is not this file's business.
"""

import json
from typing import Any

from botocore.exceptions import ClientError

from peerkeeper_local.iam import Request, allowed_on_resource
from peerkeeper_local.pump.needs import Cloud

EVENTBRIDGE = "events.amazonaws.com"
CLOUDWATCH = "cloudwatch.amazonaws.com"


class Topics:
    """The topics of a cloud, as services reach them."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def take_event(self, topic: str) -> bool:
        """Tell whether a rule may publish there.

        EventBridge does not name the account or the rule, so a condition on them is never met. Source:
        EventBridge User Guide, resource-based policies, Amazon SNS permissions: no condition blocks.
        """
        return self._take(topic, Request(EVENTBRIDGE, "sns:Publish", topic, {}))

    def take_alarm(self, topic: str, alarm: str) -> bool:
        """Tell whether this alarm, named by its ARN, may publish there.

        Source: CloudWatch User Guide, notify users on alarm changes: aws:SourceArn and aws:SourceAccount.
        """
        said = {"aws:SourceArn": alarm, "aws:SourceAccount": alarm.split(":")[4]}
        return self._take(topic, Request(CLOUDWATCH, "sns:Publish", topic, said))

    def _take(self, topic: str, request: Request) -> bool:
        policy = self._policy(topic)
        return policy is not None and allowed_on_resource(policy, request)

    def _policy(self, topic: str) -> dict[str, Any] | None:
        sns = self._cloud.client("sns", topic.split(":")[3])
        try:
            found = sns.get_topic_attributes(TopicArn=topic)
        except ClientError:
            return None
        policy: dict[str, Any] = json.loads(found["Attributes"]["Policy"])
        return policy
