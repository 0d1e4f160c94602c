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
from peerkeeper.values.scope import Function
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.tags import Status, told

from tests.contract.released.read_whole import places, read, said
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
    return Settings(frozenset(Location(*place) for place in places(body)))


@pytest.mark.parametrize("body", MESSAGES)
def test_a_message_is_read_whole(body):
    assert read(scope_from_body(body, settings_for(body))) == said(body)
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
