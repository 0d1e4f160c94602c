"""A local cloud with the toy deployment in it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import Delivery, Pump, Step

TOY = Path(__file__).parent / "toy"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"


class Toys:
    """The pump, and all that was seen of it."""

    def __init__(self, cloud: LocalCloud, delivery: Delivery | None, **parameters: str) -> None:
        self.cloud = cloud
        self.pump = Pump(cloud, Deployment(TOY), parameters, delivery)
        self.steps: list[Step] = []
        self.pump.on_step(self.steps.append)
        self.urls = {queue.logical_id: queue.url for queue in self.pump.hub.queues}

    def tag(self, region: str = SEOUL, key: str = "Name", value: str = "x") -> None:
        ec2 = self.cloud.client("ec2", region)
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": key, "Value": value}])

    def order(self, *orders: str, delay: int = 0) -> None:
        """Put a message in the queue for each order, as an operator by hand."""
        sqs = self.cloud.client("sqs", SEOUL)
        for order in orders:
            body = json.dumps({"do": order})
            sqs.send_message(QueueUrl=self.urls["GreetQueue"], MessageBody=body, DelaySeconds=delay)

    def seen(self, kind: type[Any]) -> list[Any]:
        return [step for step in self.steps if isinstance(step, kind)]

    def left(self, queue: str) -> int:
        """Return how many messages a queue holds, visible or not."""
        names = ["", "Delayed", "NotVisible"]
        attributes = [f"ApproximateNumberOfMessages{name}" for name in names]
        got = self.cloud.client("sqs", SEOUL).get_queue_attributes(
            QueueUrl=self.urls[queue], AttributeNames=attributes
        )["Attributes"]
        return sum(int(got[name]) for name in attributes)


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud() as cloud:
        yield cloud


@pytest.fixture
def deploy(cloud: LocalCloud) -> Callable[..., Toys]:
    """Deploy the toys, with knobs and parameters."""
    return lambda delivery=None, **parameters: Toys(cloud, delivery, **parameters)


@pytest.fixture
def toys(deploy: Callable[..., Toys]) -> Toys:
    return deploy()
