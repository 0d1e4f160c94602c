"""Who changed which tag of ours: read of the event, in either encoding, and bounded."""

import json

import pytest
from peerkeeper.messages.inbox import messages_from
from peerkeeper.messages.tag_changes import tag_acts
from peerkeeper.values.tag_acts import TagAct

from tests.builders import TOKYO, settings
from tests.contract.events.samples import load


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
    from peerkeeper.messages.cloudtrail import record_from

    assert [*tag_acts(record_from(load("delete-tags")["detail"]), ())] == []
