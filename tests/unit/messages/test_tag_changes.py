"""Who changed which tag of ours: read of the event, in either encoding, and bounded."""

import json

import pytest
from peerkeeper.loop.job import Job
from peerkeeper.messages.cloudtrail import record_from
from peerkeeper.messages.hand_off import scope_from_body
from peerkeeper.messages.inbox import messages_from
from peerkeeper.messages.tag_changes import tag_acts
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.tag_acts import TagAct

from tests.builders import (
    PCX,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.contract.events.samples import load
from tests.truth import Truth
from tests.unit.jobs import run


def acts(event):
    (message,) = messages_from(event, settings())
    return message.scope.acts


def sample(name, **detail):
    event = json.loads(json.dumps(load(name)))
    event["detail"].update(detail)
    return event


def test_the_event_of_a_tag_that_is_taken_says_who_took_which_when():
    (act,) = acts(load("delete-tags"))
    assert isinstance(act, TagAct)
    assert (act.location, act.keys, act.taken) == (TOKYO, ("peerkeeper:peers",), True)
    assert act.actor.startswith("arn:aws:")
    assert act.at == load("delete-tags")["detail"]["eventTime"]


def test_taking_all_tags_names_no_key():
    (act,) = acts(load("delete-tags-all"))
    assert (act.keys, act.taken) == ((), True)


def test_each_resource_of_a_call_is_an_act_and_other_keys_are_left_out():
    found = acts(load("create-tags"))
    assert {act.keys for act in found} == {("peerkeeper:peers",)}
    assert {act.resource.partition("-")[0] for act in found} == {"vpc", "subnet"}


@pytest.mark.parametrize(
    ("identity", "actor"),
    [
        (
            {"type": "Root", "arn": "arn:aws:iam::111122223333:root"},
            "arn:aws:iam::111122223333:root",
        ),
        ({"type": "AWSService", "invokedBy": "config.amazonaws.com"}, "config.amazonaws.com"),
        ({}, "somebody"),
        (None, "somebody"),
        ({"arn": "a" * 5000}, "a" * 200),
    ],
)
def test_whoever_it_was_is_named_in_bounded_words(identity, actor):
    (act,) = acts(sample("delete-tags", userIdentity=identity))
    assert act.actor == actor


def test_an_event_of_anything_else_has_no_acts():
    assert acts(load("create-subnet")) == frozenset()
    assert acts(load("create-tags-unrelated")) == frozenset()


def test_without_hints_there_is_nothing_to_tell():
    assert [*tag_acts(record_from(load("delete-tags")["detail"]), ())] == []


TAKEN = TagAct(
    TOKYO, TOKYO_VPC, ("peerkeeper:peers",), True, "arn:aws:iam::111122223333:user/eve", "now"
)


def looked(vpc_tags):
    """The hand-offs of a run that the event woke, as they come back from the queue."""
    routed = table(TOKYO, route(str(SEOUL_CIDR), PCX))
    world = Truth(snapshot(peering(), vpc(tags=vpc_tags), routed))
    woken = Scope(frozenset({Hint(TOKYO, TOKYO_VPC)}), acts=frozenset({TAKEN}))
    job = Job(Function.CONNECT, ConnectReads(), RULES_OF[Function.CONNECT])
    report = run(world, job, woken)
    codes = {finding.code.value for finding in report.findings}
    bodies = [json.loads(sent.hand_off.to_body()) for sent in report.hand_offs]
    return codes, [scope_from_body(body, settings()) for body in bodies]


def test_a_look_again_while_the_read_lags_still_knows_who_took_the_tag():
    codes, scopes = looked((("peerkeeper:peers", "self"),))
    assert "consent-withdrawn" not in codes
    assert [scope.acts for scope in scopes if scope.acts] == [frozenset({TAKEN})]


def test_what_was_told_is_not_carried_on():
    codes, scopes = looked(())
    assert "consent-withdrawn" in codes
    assert not [scope for scope in scopes if scope.acts]


def test_what_a_message_says_of_an_act_is_bounded_and_of_our_keys_alone():
    wild = {
        "account": TOKYO.account_id,
        "region": TOKYO.region,
        "id": TOKYO_VPC,
        "actor": "a" * 999,
    }
    wild |= {"keys": ["peerkeeper:peers", "team", 7], "at": 7}
    body = {
        "peerkeeper": 1,
        "function": "connect_peerings",
        "hints": [],
        "acts": [wild, {**wild, "keys": 1}],
    }
    found = scope_from_body(body, settings()).acts
    assert {(len(act.actor), act.at, act.keys) for act in found} == {
        (200, "", ("peerkeeper:peers",)),
        (200, "", ()),
    }
