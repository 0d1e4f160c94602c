"""What each released version left in queues and tags is read by this version, whole.

`make samples` records a folder before its release. It never changes afterwards.
"""

import json
from pathlib import Path

import pytest
from peerkeeper import __version__
from peerkeeper.messages.hand_off import scope_from_body
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.scope import Expected, Function
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.tags import Status, told

from tests.contract.released.record import HAND_OFFS, STATUS_TAGS, recorded, shape

FOLDERS = sorted(path for path in Path(__file__).parent.iterdir() if (path / HAND_OFFS).exists())
MESSAGES = [
    pytest.param(body, id=f"{folder.name}: {name}")
    for folder in FOLDERS
    for name, body in json.loads((folder / HAND_OFFS).read_text()).items()
]
TAGS = [
    pytest.param(value, id=f"{folder.name}: {value}")
    for folder in FOLDERS
    for value in json.loads((folder / STATUS_TAGS).read_text())
]
NEXT = "the messages changed: `make version NEW=…` if this version is released, then `make samples`"
TODAY = range(150)


def settings_for(body) -> Settings:
    """Settings that look after every location of the message."""
    listed = [
        one
        for name in ("hints", "expect", "absent", "sights", "acts")
        for one in body.get(name, [])
    ]
    return Settings(frozenset(Location(one["account"], one["region"]) for one in listed))


def places(listed) -> list[tuple[str, str, str]]:
    return sorted((one["account"], one["region"], one["id"] or "") for one in listed)


def read(parts, id_of) -> list[tuple[str, str, str]]:
    return sorted((one[0].account_id, one[0].region, id_of(one)) for one in parts)


@pytest.mark.parametrize("body", MESSAGES)
def test_a_message_is_read_whole(body):
    scope = scope_from_body(body, settings_for(body))
    assert read(((one.location, one) for one in scope.hints), lambda p: p[1].id) == places(
        body["hints"]
    )
    assert {one.vpc_id for one in scope.hints} == {one["vpc"] or "" for one in body["hints"]}
    expected = [(one.location, one) for one in scope.expect]
    assert read(expected, lambda p: p[1].id) == places(body["expect"])
    assert {one.state for one in scope.expect} == {Expected(one["state"]) for one in body["expect"]}
    assert read(scope.absent, lambda p: p[1]) == places(body["absent"])
    sights = (
        {(one.subnet_id, one.table_id, one.leads) for one in scope.sights}
        if scope.sights
        else set()
    )
    assert sights == {(one["id"], one["table"], one["leads"]) for one in body.get("sights", [])}
    acts = {(one.resource, one.keys, one.actor, one.at) for one in scope.acts}
    assert acts == {
        (one["id"], tuple(one["keys"]), one["actor"], one["at"]) for one in body.get("acts", [])
    }
    assert (scope.then, scope.hops, scope.looks) == (
        body["then"] or "",
        body["hops"],
        body["looks"],
    )
    assert Function(body["function"])


@pytest.mark.parametrize("value", TAGS)
def test_a_status_tag_is_known(value):
    assert told(((STATUS, value),)) is Status(value)


def test_this_version_has_samples_of_all_that_it_sends_and_writes():
    folder = Path(__file__).parent / __version__
    assert folder in FOLDERS, NEXT
    messages, values = recorded(TODAY)
    samples = json.loads((folder / HAND_OFFS).read_text())
    assert messages.keys() <= samples.keys(), NEXT
    assert {name: body.keys() for name, body in messages.items()} == {
        name: samples[name].keys() for name in messages
    }, NEXT
    assert values <= set(json.loads((folder / STATUS_TAGS).read_text())), NEXT


def test_the_samples_have_every_part_of_a_message_and_every_value_of_the_tag():
    bodies = json.loads((Path(__file__).parent / __version__ / HAND_OFFS).read_text()).values()
    for name in ("hints", "expect", "absent", "sights", "acts", "then", "looks", "hops"):
        assert any(body.get(name) for body in bodies), name
    assert {body["function"] for body in bodies} == {each.value for each in Function} - {"sweep"}
    values = json.loads((Path(__file__).parent / __version__ / STATUS_TAGS).read_text())
    assert {*values, Status.CONFLICT.value} == {each.value for each in Status}


def test_two_messages_of_one_shape_have_the_same_words_for_it():
    body = {"function": "clean_routes", "hints": [], "expect": [], "then": None, "looks": 0}
    assert shape(body) == "to clean_routes"
    assert shape({**body, "then": "connect_peerings", "looks": 2, "absent": [{}]}) == (
        "to clean_routes, then connect_peerings, again yes, absent"
    )
