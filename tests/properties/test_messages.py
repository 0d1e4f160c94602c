"""Whatever arrives: no exception from a batch, no call where nothing is to look at, never an undue write."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.errors import MessageError
from peerkeeper.intake import messages_from
from peerkeeper.looks.clean import CleanLook
from peerkeeper.looks.configure import ConfigureLook
from peerkeeper.looks.connect import ConnectLook
from peerkeeper.looks.sweep import SweepLook
from peerkeeper.scope import Function
from peerkeeper.triggers import ID

from tests.builders import PCX, TOKYO_VPC, settings
from tests.quiet_ec2 import CONTEXT, QuietClients, quiet_runner
from workbench.cloudtrail.shapes import upper_first

EVENTS = Path(__file__).parents[2] / "events"
SETTINGS = settings(senders=frozenset({"AROASWEEP"}))
LOOKS = {
    Function.CONNECT: ConnectLook(),
    Function.CLEAN: CleanLook(),
    Function.CONFIGURE: ConfigureLook(),
    Function.SWEEP: SweepLook(),
}
RUNNERS = {function: quiet_runner(function, look) for function, look in LOOKS.items()}
FORGED = (
    "*", "vpc-*", "pcx-0", "../../etc", "$(id)", "", " ", "=cmd", "\n", "\x1b[31m", "\u202e", "\ud800",
    "a" * 256, PCX, TOKYO_VPC, "pcx-00000000000000bad", "111122223333", "999999999999", "eu-west-1",
)  # fmt: skip
SCALARS = st.one_of(
    st.sampled_from(FORGED),
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=8),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("items", "content", "tag", "id", "vpc")), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def _samples():
    for path in sorted(EVENTS.glob("*.json")):
        event = json.loads(path.read_text())
        if "Records" in event:
            yield from (json.loads(record["body"]) for record in event["Records"])
        else:
            yield event
            if event.get("source") == "aws.ec2":
                yield _in_xml(event)


def _in_xml(event):
    """The same event in CloudTrail's other encoding."""
    turned = copy.deepcopy(event)
    detail = turned["detail"]
    for part, wrapper in (("requestParameters", "Request"), ("responseElements", "Response")):
        if detail.get(part):
            detail[part] = {detail["eventName"] + wrapper: _upper(detail[part])}
    return turned


def _upper(value):
    if isinstance(value, dict):
        if set(value) == {"items"}:
            found = [_upper(one) for one in value["items"]]
            return found[0] if len(found) == 1 else found
        return {upper_first(key): _upper(one) for key, one in value.items()}
    return value


SAMPLES = tuple(_samples())


def places(value, path=()):
    """Every path in a tree of JSON values."""
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, key))
        else:
            yield (*path, key)


@st.composite
def mutants(draw):
    """A sample event with up to three of its parts lost or replaced."""
    body = copy.deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 3))):
        found = sorted(places(body), key=str)
        if not found:
            break
        *path, last = draw(st.sampled_from(found))
        holder = body
        for key in path:
            holder = holder[key]
        if draw(st.booleans()):
            holder[last] = draw(VALUES)
        else:
            del holder[last]
    return body


def record(body, **attributes):
    return {"messageId": "m-1", "body": body, "attributes": attributes}


@st.composite
def bodies(draw):
    """The text of a message: a mutant whole or cut off, or anything at all."""
    text = json.dumps(draw(mutants()))
    return draw(
        st.one_of(
            st.just(text),
            st.integers(0, len(text)).map(lambda end: text[:end]),
            st.text(max_size=40),
        )
    )


@pytest.fixture(scope="module", autouse=True)
def _quiet_log(tmp_path_factory):
    """Keep thousands of log lines out of the way; test_bad_input reads them."""
    from peerkeeper.telemetry import logger

    handler = logger.registered_handler
    with (tmp_path_factory.mktemp("log") / "lines").open("w") as sink:
        before = handler.setStream(sink)
        yield
        handler.setStream(before)


@budget(max_examples=1500, deadline=None)
@given(mutants())
def test_a_bare_event_is_a_scope_of_ours_or_one_clear_error(body):
    try:
        (message,) = messages_from(body, SETTINGS)
    except MessageError as error:
        assert error.faults
        assert all(len(fault) < 500 for fault in error.faults)
        return
    assert message.scope.locations <= SETTINGS.locations
    for hint in message.scope.hints:
        assert all(ID.fullmatch(id_) for id_ in (hint.id, hint.vpc_id) if id_)
    assert not message.scope.proven


@budget(max_examples=1500, deadline=None)
@given(bodies(), st.dictionaries(st.sampled_from(("SenderId", "SentTimestamp")), VALUES))
def test_a_record_is_a_scope_of_ours_or_a_fault_and_never_an_exception(body, attributes):
    (message,) = messages_from({"Records": [record(body, **attributes)]}, SETTINGS)
    assert message.scope.locations <= SETTINGS.locations
    assert not (message.fault and message.scope.hints)
    assert not message.scope.proven


@budget(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies(), st.sampled_from(Function))
def test_a_function_reads_only_where_it_may_and_writes_nothing_that_is_not_due(body, function):
    runner, clients = RUNNERS[function], QuietClients()
    runner.clients = clients
    (message,) = messages_from({"Records": [record(body)]}, runner.settings)
    reply = runner({"Records": [record(body)]}, CONTEXT)
    if message.fault:
        assert reply == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    else:
        assert reply == {"batchItemFailures": []}
    if message.fault or not message.scope.hints:
        assert not clients.calls
        assert not clients.sent
