"""A request that nobody agrees to: people are told three times in eight days, by the real functions."""

import contextlib
import json
import re
import shlex
from unittest.mock import patch

import pytest
from moto.core.exceptions import JsonRESTError
from moto.events.models import EventsBackend

from peerkeeper_local.cloud import Delays
from peerkeeper_local.pump import Announced, EventMatched, FunctionReturned, Noticed, NoticeRefused
from peerkeeper_local.story.stage import ROOT, SEOUL, TOKYO
from tests.integration.pair import Pair
from tests.topics import open_topic, page_commands, page_policy

CHAT_PAGE = ROOT / "docs/operate/mail-and-chat.md"
TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:peering-notices"
HOUR, DAY = 3600, 86_400
QUICK = Delays(initiating=0.0, provisioning=12.0, deleting=0.0)
PEOPLES = (
    "PeeringHeld",
    "RequestExpiring",
    "RequestExpired",
    "PeeringNotCarrying",
    "RouteConflict",
)


class Days(Pair):
    """The pair, all that was announced, and what the topic's subscribers read."""

    def __init__(self, mode="full", policy=None, **parameters):
        super().__init__(mode, QUICK, NoticeTopicArn=TOPIC, **parameters)
        self.policy = policy or page_policy()
        self.refused = []
        self.told, self.mails, self.matched, self.metrics = [], [], [], []

    def set_up(self):
        super().set_up()
        self.pump.on_step(self._hear)
        open_topic(self.cloud, TOPIC, self.policy)

    def _hear(self, step):
        if isinstance(step, NoticeRefused):
            self.refused.append(step)
        if isinstance(step, Announced):
            self.told.append(step.event)
        if isinstance(step, Noticed):
            self.mails.append(step)
        if isinstance(step, EventMatched):
            self.matched.append(step)
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


@contextlib.contextmanager
def bus_down():
    def refuse(*_):
        raise JsonRESTError("InternalException", "the bus is down")

    with patch.object(EventsBackend, "put_events", refuse):
        yield


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
    assert held.startswith(f'"Peering request held: {pcx}')
    assert f"Accepter: {vpc}" in held
    assert f"--resources {pcx} --tags 'Key=peerkeeper:approved,Value=true' \"\n" in held
    assert "It expires on 2026-03-09T09:01:00Z unless somebody accepts it." in held
    assert held.endswith('"(Peerkeeper PeeringHeld, account 111122223333, region ap-northeast-1)"')
    assert expiring.startswith(f'"Peering request expires soon: {pcx}')
    assert expired.startswith(f'"Peering request expired: {pcx}')
    assert [call.action for call in days.writes()].count(
        "CreateTags"
    ) == 6  # three of them `telling`


def test_a_chat_is_sent_the_message_of_the_event_and_nothing_else():
    with Days(NoticeFormat="chat") as days:
        days.ask()
        days.live(0.25)
        (mail,) = days.mails
        (event,) = (one for one in days.told if one["detail-type"] == "PeeringHeld")
        said = json.loads(mail.text)
        assert said == event["detail"]["notice"]["chat"]
        assert (said["version"], said["source"]) == ("1.0", "custom")
        assert days.id("pcx") in said["content"]["title"]


def test_the_commands_of_the_page_make_a_topic_that_takes_the_example():
    """As the CLI reads them: options with one word each, and a file where `file://` says so."""
    blocks = re.findall(r"```sh\n(.*?)```", CHAT_PAGE.read_text(), re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    done = []
    with Days() as days:
        typed = (shlex.split(line) for line in lines if line.startswith("aws "))
        for _, service, operation, *words in typed:
            given = dict(zip(words[::2], words[1::2], strict=True))
            if endpoint := given.pop(
                "--notification-endpoint", ""
            ):  # the CLI has a name of its own
                given["--endpoint"] = endpoint
            sns = days.cloud.client(service, given.pop("--region"))
            parameters = {
                "".join(part.capitalize() for part in name[2:].split("-")): (
                    (ROOT / value[7:]).read_text() if value.startswith("file://") else value
                )
                for name, value in given.items()
            }
            getattr(sns, operation.replace("-", "_"))(**parameters)
            done.append(operation)
        named = sns.get_topic_attributes(TopicArn=TOPIC)["Attributes"]["DisplayName"]
    assert done == ["create-topic", "set-topic-attributes", "subscribe", "publish"]
    assert named == "Peerkeeper"


def test_names_and_owners_cost_no_read():
    counts = []
    for tags in ([], [{"Key": "Name", "Value": "orders"}, {"Key": "Owner", "Value": "payments"}]):
        with Days() as days:
            for tag in tags:
                days.ec2(SEOUL).create_tags(Resources=[days.id("seoul")], Tags=[tag])
            days.settle()
            days.ask()
            days.pump.advance(60)
            counts.append(sorted(call.action for run in days.runs for call in run.calls))
            assert ("'orders'" in days.mails[0].text) is bool(tags)
            assert ("owner 'payments'" in days.mails[0].text) is bool(tags)
    assert counts[0] == counts[1]


def first_real_tag_fails():
    """A process that dies after telling looks like this: the event is out, the tag is not set."""
    left = 3  # botocore asks three times

    def hook(_where, action, params):
        nonlocal left
        if action != "CreateTags" or "telling" in str(params) or not left:
            return None
        left -= 1
        return "InternalError", "a fault was ordered"

    return hook


def test_where_the_tag_is_denied_nobody_is_told_at_each_sweep(days):
    days.cloud.outages.fail("CreateTags", "UnauthorizedOperation", times=1000)
    days.ask()
    days.live(0.5)
    assert days.notices() == []
    codes = {each["code"] for report in days.reports for each in report["findings"]}
    assert {"denied", "cannot-remember"} <= codes
    assert any(sum(one.get("AnnouncementsFailed", ())) for one in days.metrics)


def test_our_own_tag_wakes_nobody_so_a_read_that_lags_tells_nobody_twice(days):
    days.ask()
    days.pump.run(max_seconds=0)
    days.cloud.stale(("111122223333", TOKYO), 60)
    days.pump.advance(90)
    assert days.notices() == ["PeeringHeld"]
    assert days.status() == "held"


def test_what_was_told_is_told_again_where_the_tag_could_not_be_set(days):
    days.cloud.outages.add(first_real_tag_fails())
    days.ask()
    days.pump.run(max_seconds=20)
    assert (days.notices(), days.status()) == (["PeeringHeld"], "telling")
    days.live(0.25)
    assert (days.notices(), days.status()) == (["PeeringHeld"] * 2, "held")
    first, second = (e["detail"]["key"] for e in days.told if e["detail-type"] == "PeeringHeld")
    assert first == second == f"PeeringHeld/111122223333/{TOKYO}/{days.id('pcx')}"


def test_a_bus_that_is_down_fails_no_reconcile_and_is_counted(days):
    days.agree("seoul", "tokyo")
    with bus_down():
        days.ask()
        days.pump.advance(60)
        assert days.to_peering() != set()
    assert days.told == []
    failed = sum(sum(one.get("AnnouncementsFailed", ())) for one in days.metrics)
    assert failed == 5  # accepted; of either side its routes, and that it carries


def test_a_notice_that_could_not_be_told_is_not_remembered(days):
    with bus_down():
        days.ask()
        days.pump.advance(60)
        assert (days.told, days.status()) == ([], "telling")
    assert sum(sum(one.get("AnnouncementsFailed", ())) for one in days.metrics) == 1
    days.live(0.25)
    assert (days.notices(), days.status()) == (["PeeringHeld"], "held")


def test_in_observe_nothing_is_told_and_nothing_remembered():
    with Days("observe") as days:
        days.ask()
        days.live(8)
        assert days.notices() == []
        assert [*days.writes()] == []
        assert {event["detail-type"] for event in days.told} == {"SweepFinished"}
        assert any(
            each["change"] == "TagStatus" and each["status"] == "held"
            for report in days.reports
            for each in report["would"]
        )


def test_a_held_request_that_somebody_agrees_to_is_ok_and_nobody_is_told_again(days):
    days.ask()
    days.live(0.25)
    days.agree("tokyo", "seoul")
    days.live(0.5)
    assert (days.notices(), days.status()) == (["PeeringHeld"], "ok")
    kinds = [event["detail-type"] for event in days.told]
    assert kinds.count("PeeringAccepted") == 1
    assert kinds.count("RoutesChanged") == 2  # one a side


BOTH_NAMES = ["PeeringNotCarrying", "RouteConflict"]


def test_a_conflict_is_told_when_it_comes_and_when_it_comes_back(days):
    table = {"RouteTableId": days.id("tokyo-main"), "DestinationCidrBlock": "10.39.0.0/16"}
    (found,) = days.ec2(TOKYO).describe_internet_gateways()["InternetGateways"]
    gateway = found["InternetGatewayId"]
    days.ec2(TOKYO).create_route(**table, GatewayId=gateway)
    days.agree()
    days.ask()
    days.live(0.5)
    assert (days.notices(), days.status()) == (BOTH_NAMES, "not-carrying")
    assert gateway in days.mails[0].text
    days.ec2(TOKYO).delete_route(**table)
    days.live(0.25)
    assert (days.notices(), days.status()) == (BOTH_NAMES, "ok")
    days.ec2(TOKYO).replace_route(**table, GatewayId=gateway)
    days.live(0.25)
    assert (days.notices(), days.status()) == (BOTH_NAMES * 2, "not-carrying")


def test_no_announcement_wakes_a_function(days):
    days.agree("tokyo", "seoul")
    days.ask()
    days.live(0.25)
    assert {"PeeringAccepted", "RoutesChanged", "SweepFinished"} <= {
        event["detail-type"] for event in days.told
    }
    ours = [step for step in days.matched if step.event["source"] == "peerkeeper"]
    assert ours == []
    before = len(days.told)
    days.pump.advance(60)
    assert len(days.told) == before


OLD_POLICY = {
    "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": ["events.amazonaws.com", "cloudwatch.amazonaws.com"]},
        "Action": "sns:Publish",
        "Resource": TOPIC,
        "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}},
    }
}
"""Of a page of before: EventBridge names no account, so that this never lets it in."""
ALARM = "arn:aws:cloudwatch:{region}:{account}:alarm:peerkeeper-sweep-stopped"


def test_a_condition_on_eventbridge_stops_every_mail_and_the_page_says_how_to_hear_them():
    with Days(policy=OLD_POLICY) as days:
        days.ask()
        days.live(0.25)
        assert (days.notices(), days.status(), days.mails) == (["PeeringHeld"], "held", [])
        (refused,) = days.refused
        assert refused.queue == "peerkeeper-notice-dead-letters"
        (dead,) = days.pump.waiting()[refused.queue]
        assert json.loads(dead["body"])["detail-type"] == "PeeringHeld"
        days.live(1)
        assert days.mails == [], "nobody is told again by itself"

        open_topic(days.cloud, TOPIC, page_policy())
        again = "aws ec2 delete-tags --region <region> --resources <peering> --tags Key=peerkeeper:status"
        assert again in page_commands("delete-tags")
        gone = [{"Key": "peerkeeper:status"}]
        days.ec2(TOKYO).delete_tags(Resources=[days.id("pcx")], Tags=gone)
        days.pump.advance(60)
        (mail,) = days.mails
        assert days.id("pcx") in mail.text
        assert days.status() == "held"


@pytest.mark.parametrize(
    ("policy", "event", "alarm"), [(page_policy(), True, True), (OLD_POLICY, False, True)]
)
def test_whom_a_topics_policy_lets_in(policy, event, alarm):
    with Days(policy=policy) as days:
        topics = days.pump.topics
        ours = ALARM.format(region=SEOUL, account="111122223333")
        theirs = ALARM.format(region=SEOUL, account="444455556666")
        assert topics.take_event(TOPIC) is event
        assert topics.take_alarm(TOPIC, ours) is alarm
        assert not topics.take_alarm(TOPIC, theirs)
        assert not topics.take_event(TOPIC + "-of-nobody")
