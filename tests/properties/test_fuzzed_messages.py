"""Messages somebody broke or forged: nothing escapes the SQS form, nothing leaves the configured world."""

import copy
import json
from pathlib import Path

from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.errors import MessageError
from peerkeeper.intake import messages_from
from peerkeeper.triggers import ID

from tests.builders import SEOUL, TOKYO, settings

EVENTS = [
    json.loads(path.read_text())
    for path in sorted((Path(__file__).parents[2] / "events").glob("*.json"))
]
BARE = [event for event in EVENTS if "Records" not in event]
BARE += [json.loads(r["body"]) for event in EVENTS for r in event.get("Records", [])]
SETTINGS = settings(senders=frozenset({"AROASWEEP"}))

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["pcx-0c0ffee0c0ffee001", "vpc-*", "true", "444455556666", "eu-west-1", "\ud800"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["items", "content", "tag", "id", "key"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def paths(node, here=()):
    """Every place in a JSON value."""
    yield here
    inside = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in inside:
        yield from paths(value, (*here, key))


@st.composite
def broken(draw):
    """A message with one to three places replaced, removed or wrapped as the other encoding does."""
    event = copy.deepcopy(draw(st.sampled_from(BARE)))
    for _ in range(draw(st.integers(1, 3))):
        (*way, last) = draw(st.sampled_from([path for path in paths(event) if path]))
        parent = event
        for key in way:
            parent = parent[key]
        how = draw(st.sampled_from(["replace", "remove", "wrap"]))
        if how == "remove" and isinstance(parent, dict):
            del parent[last]
        elif how == "wrap":
            parent[last] = {"XRequest": parent[last]}
        else:
            parent[last] = draw(junk)
    return event


def sane(scope):
    assert scope.locations <= {SEOUL, TOKYO}
    assert all(ID.fullmatch(hint.id) for hint in scope.hints if hint.id)
    assert all(ID.fullmatch(item.id) for item in scope.expect)
    assert not scope.proven


@budget(max_examples=4000, deadline=None)
@given(broken())
def test_a_broken_message_fails_alone_or_says_where_to_look_in_the_configured_world(event):
    records = [{"messageId": "1", "body": json.dumps(event), "attributes": {}}]
    (message,) = messages_from({"Records": records}, SETTINGS)
    sane(message.scope)
    assert not (message.fault and message.scope.hints)
    try:
        (bare,) = messages_from(event, SETTINGS)
    except MessageError as error:
        assert error.faults
        assert message.fault == str(error)
    else:
        assert bare.scope == message.scope


@budget(max_examples=2000, deadline=None)
@given(junk | st.builds(dict, Records=st.lists(junk, max_size=3)))
def test_what_is_no_event_at_all_is_one_clear_error_or_fails_alone(event):
    try:
        messages = messages_from(event, SETTINGS)
    except MessageError as error:
        assert error.faults
    else:
        for message in messages:
            sane(message.scope)


def test_a_huge_message_is_read_in_bounded_time():
    event = copy.deepcopy(
        next(e for e in BARE if e.get("detail", {}).get("eventName") == "CreateTags")
    )
    resources = [{"resourceId": f"vpc-{number:017x}"} for number in range(10_000)]
    event["detail"]["requestParameters"]["resourcesSet"]["items"] = resources
    event["detail"]["filler"] = "x" * (1 << 20)
    records = [{"messageId": "1", "body": json.dumps(event), "attributes": {}}]
    (message,) = messages_from({"Records": records}, SETTINGS)
    assert len(message.scope.hints) == 10_000
