"""What today's version leaves in queues and tags is read by the version before, while an upgrade rolls out.

The version before is the newest tag, or the stand-in of `simulator/versions/source.py`.
"""

import json
from pathlib import Path

import pytest
from peerkeeper import __version__

from simulator.versions.loaded import other
from simulator.versions.source import NoHistory
from tests.contract.released.read_whole import places, read, said
from tests.contract.released.record import HAND_OFFS, STATUS, STATUS_TAGS

HERE = Path(__file__).parent / __version__
MESSAGES = json.loads((HERE / HAND_OFFS).read_text())
UNKNOWN = {"acts": "who removed a tag: the notice does not name the person, and all else is done"}
"""What the stand-in does not read of a message, and what follows."""
NEW_FUNCTIONS = {"keep_endpoints"}
"""What the stand-in does not have: nobody but the new function reads what is sent to it."""


@pytest.fixture(scope="module")
def before():
    try:
        return other()
    except NoHistory as reason:
        pytest.skip(str(reason))


def scope_of(before, body):
    location, settings = before.module("values.ec2").Location, before.module("settings").Settings
    covered = settings(frozenset(location(*place) for place in places(body)))
    return before.module("messages.hand_off").scope_from_body(body, covered)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_version_before_reads_a_message_of_today(before, name):
    body = MESSAGES[name]
    if body["function"] not in before.functions:
        assert before.source.is_stand_in
        assert body["function"] in NEW_FUNCTIONS
        return
    unknown = set(UNKNOWN) & set(body) if before.source.is_stand_in else set()
    assert read(scope_of(before, body)) == {**said(body), **{part: [] for part in unknown}}
    known = {key: value for key, value in body.items() if key not in unknown}
    assert scope_of(before, body) == scope_of(before, known)


def test_a_new_function_is_named_nowhere_in_a_message_to_another():
    to_others = [body for body in MESSAGES.values() if body["function"] not in NEW_FUNCTIONS]
    assert {body["then"] for body in to_others}.isdisjoint(NEW_FUNCTIONS)


@pytest.mark.parametrize("value", json.loads((HERE / STATUS_TAGS).read_text()))
def test_the_version_before_knows_a_status_that_today_writes(before, value):
    tags = before.module("values.tags")
    assert tags.told(((STATUS, value),)) is tags.Status(value)
