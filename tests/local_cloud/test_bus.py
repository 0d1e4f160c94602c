"""PutEvents in the local cloud: who hears of it, what is refused, and what a topic's subscriber reads."""

import json
from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.deployment.resources import Transformer
from peerkeeper_local.pump.transform import part, transformed

ARN = "arn:aws:events:ap-northeast-2:111122223333:event-bus/peerkeeper"
THEM = "444455556666"
EVENT = {"detail-type": "Held", "detail": {"message": "it's so", "n": 3, "deep": {"a-b": "c"}}}


def entry(source="peerkeeper", bus="peerkeeper", **more):
    detail = json.dumps({"a": 1})
    return {"Source": source, "DetailType": "Held", "Detail": detail, "EventBusName": bus, **more}


@pytest.fixture
def heard():
    with LocalCloud() as cloud:
        found = []
        cloud.on_event(lambda *what: found.append(what))
        client = cloud.client("events", "ap-northeast-2")
        client.create_event_bus(Name="peerkeeper")
        yield client, found


def test_an_event_that_is_taken_is_heard_as_a_rule_sees_it(heard):
    client, found = heard
    arn = ARN
    client.put_events(Entries=[entry(), entry(bus=arn, Resources=["x"])])
    (bus, event), (other, second) = found
    assert bus == other == arn
    assert event.pop("id") != second["id"]
    assert second["resources"] == ["x"]
    assert event == {
        "version": "0",
        "detail-type": "Held",
        "source": "peerkeeper",
        "account": "111122223333",
        "time": "2026-03-02T09:00:00Z",
        "region": "ap-northeast-2",
        "resources": [],
        "detail": {"a": 1},
    }


def test_nobody_but_aws_speaks_for_aws(heard):
    client, found = heard
    reply = client.put_events(Entries=[entry("aws.ec2"), entry()])
    assert [one.get("ErrorCode") for one in reply["Entries"]] == [
        "NotAuthorizedForSourceException",
        None,
    ]
    assert reply["FailedEntryCount"] == 1
    assert len(found) == 1


def test_an_entry_that_moto_refuses_is_not_heard(heard):
    client, found = heard
    client.put_events(Entries=[entry(Detail="no json")])
    assert found == []


def test_a_call_has_ten_entries_at_most(heard):
    client, found = heard
    with pytest.raises(ClientError, match="less than or equal to 10"):
        client.put_events(Entries=[entry()] * 11)
    assert found == []


@contextmanager
def their_client(*statements):
    """A client of another account, what our bus was put, and our bus with this policy."""
    with LocalCloud() as cloud:
        found = []
        cloud.on_event(lambda *what: found.append(what))
        cloud.client("events", "ap-northeast-2").create_event_bus(Name="peerkeeper")
        cloud.authority.bus_policies[ARN] = {"Statement": list(statements)}
        cloud.authority.organizations[THEM] = "o-theirs0000"
        yield cloud.client("events", "eu-west-1", THEM), found


def lets_in(**condition):
    principal = {"AWS": THEM}
    return {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "events:PutEvents",
        "Resource": ARN,
        "Condition": condition,
    }


@pytest.mark.parametrize(
    ("statements", "taken"),
    [
        ((), False),
        ((lets_in(),), True),
        ((lets_in(StringEquals={"aws:PrincipalOrgID": "o-theirs0000"}),), True),
        ((lets_in(StringEquals={"aws:PrincipalOrgID": "o-other00000"}),), False),
        ((lets_in(StringEquals={"events:eventBusInvocation": "false"}),), True),
        ((lets_in(StringEquals={"events:eventBusInvocation": "true"}),), False),
        ((lets_in(**{"ForAllValues:StringEquals": {"events:source": "peerkeeper"}}),), True),
        ((lets_in(**{"ForAllValues:StringEquals": {"events:source": "shop"}}),), False),
    ],
)
def test_the_bus_of_another_account_takes_what_its_policy_lets_in(statements, taken):
    with their_client(*statements) as (client, found):
        if taken:
            assert "EventId" in client.put_events(Entries=[entry(bus=ARN)])["Entries"][0]
            ((bus, event),) = found
            assert (bus, event["account"], event["region"]) == (ARN, THEM, "eu-west-1")
            return
        with pytest.raises(ClientError, match=r"AccessDenied.*no resource-based policy allows"):
            client.put_events(Entries=[entry(bus=ARN)])
        assert found == []


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('"<m>"', '"it\'s so"'),
        ('"<m>: <n>"\n"and <deep><none>"\n', '"it\'s so: 3"\n"and c"'),
    ],
)
def test_a_text_template_is_filled_line_by_line_and_keeps_its_quotes(template, text):
    paths = {"m": "$.detail.message", "n": "$.detail.n", "deep": "$.detail.deep.a-b"}
    assert transformed(Transformer({**paths, "none": "$.no.where"}, template), EVENT) == text


@pytest.mark.parametrize(
    ("path", "found"),
    [("$", EVENT), ("$.detail.n", 3), ("$.detail.deep", {"a-b": "c"}), ("$.no.where", None)],
)
def test_a_target_may_get_a_part_of_the_event(path, found):
    assert part(EVENT, path) == found


def test_a_quote_in_a_value_ends_the_template_as_on_aws():
    spoilt = {"detail": {"message": 'say "no"'}}
    with pytest.raises(ValueError):
        transformed(Transformer({"m": "$.detail.message"}, '"<m>"'), spoilt)
