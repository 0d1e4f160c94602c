"""Messages of the version before settings went by consent wait in the queues when the new one comes.

`before_consent/hand_offs.json` holds what that version's own functions sent: one message of each kind. Each
goes to the new function, and what it asks for is done. Nothing goes to the dead letters.
"""

import json
from pathlib import Path

import pytest
from peerkeeper.messages.hand_off import HandOff, scope_from_body
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.snapshot import Sight

from peerkeeper_local.cloudtrail import role_id
from peerkeeper_local.pump import DeadLettered
from peerkeeper_local.story.stage import SEOUL
from tests.builders import settings
from tests.integration.before_consent.pinned import FIRST, SECOND, SUBNET, TABLES, VPCS, Pinned

OLD = json.loads((Path(__file__).parent / "before_consent" / "hand_offs.json").read_text())
ABSENT = "a peering was absent once"
BOTH, NONE, NEW = ({FIRST}, {FIRST}), (set(), set()), ({SECOND}, {SECOND})
ROUTES = {
    "a sweep found a request that is agreed": ("asked", BOTH),
    "a request that is not visible yet is looked at again": ("asked", BOTH),
    "a request whose turn came too late": ("asked", BOTH),
    "a whole region could not be read": ("asked", BOTH),
    "an acceptance is not visible yet": ("live", BOTH),
    "a peering is provisioning": ("live", BOTH),
    "a route that the deadline cut off": ("live", BOTH),
    "dead routes are out of the way": ("live", BOTH),
    "a deletion is not visible yet": ("dead", NONE),
    "a sweep found routes of a peering that ended": ("dead", NONE),
    ABSENT: ("gone", ({FIRST}, set())),  # it is about Tokyo alone
    "dead routes are in the way": ("in_the_way", NEW),
    "routes of a peering that was absent once are in the way": ("long_in_the_way", NEW),
}
"""Each message about a peering: what it finds when it comes, and where Seoul and Tokyo route in the end."""
SETTINGS = {
    "a sweep found a VPC and a subnet to set up": (True, False),
    "a subnet is not visible yet": (False, False),
}
"""Each message about settings: whether Seoul has DNS hostnames in the end, and its subnet public IP."""


def deliver(stage, name, sender="", seconds=900):
    """Put the message in its queue, sent by the old function, and let happen what follows."""
    message, pump = OLD[name], stage.pump
    mapping = next(m for m in pump.hub.mappings if m.function == message["to"])
    queue = next(q for q in pump.hub.queues if q.arn == mapping.queue_arn)
    stage.cloud.client("sqs", SEOUL).send_message(
        QueueUrl=queue.url,
        MessageBody=json.dumps(message["body"]),
        DelaySeconds=message["delay"],
    )
    function = pump.hub.function(message["from"])
    for _, sent in pump._queues.arrivals():
        sent.sender_id = sender or f"{role_id(function.role_name)}:{function.name}"
    pump.advance(message["delay"] + seconds)


@pytest.fixture
def stage(request):
    with Pinned() as opened:
        getattr(opened, request.param)()
        opened.pump.run()
        opened.pump.join()
        opened.steps.clear()
        yield opened


def routed(stage):
    """The peerings that the main table of Seoul, and of Tokyo, routes to."""
    found = {table: set() for table in TABLES.values()}
    for table, _, target in stage.routes():
        if table in found and target.startswith("pcx-"):
            found[table].add(target)
    return tuple(found.values())


def dead_letters(stage):
    return [step for step in stage.steps if isinstance(step, DeadLettered)]


def test_there_is_a_case_for_each_recorded_message():
    assert set(OLD) == {*ROUTES, *SETTINGS}


@pytest.mark.parametrize(
    ("stage", "name", "after"),
    [(scene, name, after) for name, (scene, after) in ROUTES.items()],
    indirect=["stage"],
    ids=[*ROUTES],
)
def test_what_a_message_about_a_peering_asks_is_done(stage, name, after):
    assert routed(stage) != after
    deliver(stage, name)
    assert routed(stage) == after
    assert dead_letters(stage) == []


@pytest.mark.parametrize("stage", ["built"], indirect=True)
@pytest.mark.parametrize("name", SETTINGS)
def test_what_a_message_about_settings_asks_is_done(stage, name):
    assert stage.settings() == (False, True)
    deliver(stage, name)
    assert stage.settings() == SETTINGS[name]
    assert dead_letters(stage) == []


@pytest.mark.parametrize("stage", ["gone"], indirect=True)
def test_what_an_old_message_says_of_absence_counts_for_nothing_from_anybody_else(stage):
    deliver(stage, ABSENT, sender="AIDAMALLORY", seconds=60)
    assert routed(stage) == BOTH


@pytest.mark.parametrize("name", OLD)
def test_a_message_without_sights_is_word_for_word_what_the_old_version_wrote(name):
    body = OLD[name]["body"]
    scope = scope_from_body(body, settings())
    assert HandOff(Function(body["function"]), scope).to_dict() == body


def test_sights_are_one_word_more_and_change_no_other():
    """The old version skips a word that it does not know: it looks at the subnet, as at any event."""
    (seoul,) = {place for place in settings().locations if place.region == SEOUL}
    hints = frozenset({Hint(seoul, SUBNET, VPCS[SEOUL])})
    sights = frozenset({Sight(seoul, SUBNET, TABLES[SEOUL], False)})
    plain = HandOff(Function.CONFIGURE, Scope(hints)).to_dict()
    with_sights = HandOff(Function.CONFIGURE, Scope(hints, sights=sights)).to_dict()
    assert with_sights.pop("sights")
    assert with_sights == plain
    assert plain.keys() == OLD[ABSENT]["body"].keys()
