"""A request that nobody agrees to: its people are told three times in eight days, through the real functions."""

import json

import pytest
from botocore.exceptions import ClientError
from workbench.cloud import Delays
from workbench.pump import Announced, FunctionReturned, Noticed

from tests.integration.pair import AGREED, Pair

from workbench.story.stage import SEOUL, TOKYO

TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:peering-notices"
HOUR, DAY = 3600, 86_400
QUICK = Delays(initiating=0.0, provisioning=12.0, deleting=0.0)
PEOPLES = ("PeeringHeld", "RequestExpiring", "RequestExpired", "RouteConflict")


class Days(Pair):
    """The pair, all that was announced, and what the topic's subscribers read."""

    def __init__(self, mode="full"):
        super().__init__(mode, QUICK, parameters={"NoticeTopicArn": TOPIC})
        self.told, self.mails, self.metrics = [], [], []

    def __enter__(self):
        super().__enter__()
        self.pump.on_step(self._hear)
        return self

    def _hear(self, step):
        if isinstance(step, Announced):
            self.told.append(step.event)
        if isinstance(step, Noticed):
            self.mails.append(step)
        if isinstance(step, FunctionReturned):
            self.metrics += [json.loads(line) for line in step.printed if line.startswith("{")]

    def live(self, days, every=6 * HOUR):
        for _ in range(round(days * DAY / every)):
            self.pump.advance(every)
            self.pump.sweep()
        self.pump.run()

    def notices(self):
        return [event["detail-type"] for event in self.told if event["detail-type"] in PEOPLES]

    def status(self, region=TOKYO):
        tags = {tag["Key"]: tag["Value"] for tag in self.peering(region, "pcx")["Tags"]}
        return tags.get("peerkeeper:status")


@pytest.fixture
def days():
    with Days() as days:
        yield days


def test_a_request_held_for_eight_days_makes_exactly_one_notice_of_each_kind(days):
    days.ask()
    days.live(5.75)
    assert days.notices() == ["PeeringHeld"]
    assert days.status() == "held"
    days.live(0.75)
    assert days.notices() == ["PeeringHeld", "RequestExpiring"]
    assert days.status() == "expiring"
    days.live(1.5)
    assert days.notices() == ["PeeringHeld", "RequestExpiring", "RequestExpired"]
    assert days.status() == "expired"
    assert days.status(SEOUL) is None
    assert [mail.topic for mail in days.mails] == [TOPIC] * 3
    held, expiring, expired = (mail.text for mail in days.mails)
    pcx, vpc = days.id("pcx"), days.id("tokyo")
    assert held.startswith(
        f"The peering {pcx} of {days.id('seoul')} in 111122223333/ap-northeast-2 to {vpc}"
    )
    assert "peerkeeper:peers=self" in held
    assert "It expires on 2026-03-09T09:01:00Z unless somebody accepts it." in held
    assert held.endswith("\nPeerkeeper PeeringHeld, account 111122223333, region ap-northeast-1")
    assert "about to expire" in expiring
    assert "has expired" in expired
    assert [call.action for call in days.writes()] == ["CreateTags"] * 3
