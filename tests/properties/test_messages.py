"""Whatever arrives: no exception from a batch, no call where nothing is to look at, never an undue write."""

import json
import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.errors import MessageError
from peerkeeper.messages.ec2_events import ID
from peerkeeper.messages.inbox import messages_from
from peerkeeper.reading.clean import CleanReads
from peerkeeper.reading.configure import ConfigureReads
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.reading.keep import KeepReads
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.values.scope import Function

from tests.builders import settings
from tests.properties.messages import BODIES, SAMPLES, VALUES, forged, mutants, record
from tests.quiet_ec2 import CONTEXT, QuietClients, quiet_runner

# Tracing doubles its time, and it adds no branch.
pytestmark = [pytest.mark.no_cover, pytest.mark.fuzzed]
SETTINGS = settings(senders=frozenset({"AROASWEEP"}))
LOOKS = {
    Function.CONNECT: ConnectReads(),
    Function.CLEAN: CleanReads(),
    Function.CONFIGURE: ConfigureReads(),
    Function.SWEEP: SweepReads(),
    Function.KEEP: KeepReads(),
}
RUNNERS = {function: quiet_runner(function, look) for function, look in LOOKS.items()}
BATCH = 10
"""Messages in a batch, as template.yaml has it."""
FUZZED, FORGED = int(os.environ.get("FUZZED") or 500), 1_000
NOTHING_TO_READ = json.dumps(
    {
        "peerkeeper": 1,
        "function": "connect_peerings",
        "expect": [
            {
                "account": "111122223333",
                "region": "ap-northeast-1",
                "id": "pcx-0c0ffee0c0ffee001",
                "state": state,
            }
            for state in ("visible", "accepted", "gone")
        ],
    }
)
"""A hand-off that claims something and hints at nothing. It once was looked at again, with nothing read."""
quick = budget(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
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


def run(function, bodies, clients=None):
    """Run one batch in a world where no write is due: (messages as read, those that failed, clients)."""
    runner, clients = RUNNERS[function], clients or QuietClients()
    runner.clients = clients
    records = [record(number, body) for number, body in enumerate(bodies)]
    reply = runner({"Records": records}, CONTEXT)
    failed = {item["itemIdentifier"] for item in reply["batchItemFailures"]}
    return messages_from({"Records": records}, runner.settings), failed, clients


def test_the_samples_come_in_both_of_cloudtrails_encodings():
    named = [sample["detail"] for sample in SAMPLES if "eventName" in sample.get("detail", {})]
    both = Counter(
        detail["eventName"] + "Request" in (detail.get("requestParameters") or {})
        for detail in named
    )
    assert both[True] >= 20
    assert both[False] >= 20


def test_mutated_messages_raise_nothing_and_the_malformed_ones_make_no_call(capsys):
    """In batches of ten, over the four functions in turn: an exception would fail the whole batch."""
    seen = Counter()

    @budget(quick, max_examples=FUZZED // BATCH)
    @given(st.lists(BODIES, min_size=BATCH, max_size=BATCH), st.sampled_from(Function))
    @example([NOTHING_TO_READ] * BATCH, Function.CONNECT)
    @example([NOTHING_TO_READ], Function.CLEAN)
    @example([NOTHING_TO_READ], Function.CONFIGURE)
    def fuzz(bodies, function):
        messages, failed, clients = run(function, bodies)
        assert failed == {message.id for message in messages if message.fault}
        named = {hint for message in messages for hint in message.scope.hints}
        assert all(hint.location in SETTINGS.locations for hint in named)
        assert all(ID.fullmatch(id_) for hint in named for id_ in (hint.id, hint.vpc_id) if id_)
        if not named:
            assert not clients.calls
            assert not clients.sent
        bad = [body for body, message in zip(bodies, messages, strict=True) if message.fault]
        _, _, untouched = run(function, bad)
        assert not untouched.calls
        assert not untouched.sent
        seen.update(
            messages=len(messages),
            malformed=len(bad),
            looked=sum(bool(m.scope.hints) for m in messages),
        )

    fuzz()
    with capsys.disabled():
        print(f"\n{dict(seen)}")  # noqa: T201 - shown with -n 0
    assert seen["messages"] >= FUZZED
    assert seen["malformed"] >= FUZZED // 10
    assert seen["looked"] >= FUZZED // 10


@pytest.mark.parametrize(
    "world",
    [{}, {"tags": (), "status": "pending-acceptance"}, {"tags": (), "status": "deleting"}],
    ids=["converged", "a request nobody approved", "being deleted"],
)
def test_well_shaped_forgeries_cause_no_write_that_the_state_does_not_call_for(world):
    """The clients raise at any write."""
    seen = Counter()

    @budget(quick, max_examples=FORGED // BATCH)
    @given(st.lists(forged(), min_size=BATCH, max_size=BATCH), st.sampled_from(Function))
    def fuzz(bodies, function):
        messages, _, _ = run(function, bodies)
        seen.update(messages=len(messages), looked=sum(bool(m.scope.hints) for m in messages))

    fuzz()
    assert seen["messages"] >= FORGED
    assert seen["looked"] >= FORGED // 3


@budget(quick, max_examples=500)
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


@budget(quick, max_examples=500)
@given(BODIES, st.dictionaries(st.sampled_from(("SenderId", "SentTimestamp")), VALUES))
def test_a_record_is_a_scope_of_ours_or_a_fault_and_nothing_is_proven_by_halves(body, attributes):
    (message,) = messages_from({"Records": [record(1, body, **attributes)]}, SETTINGS)
    assert message.scope.locations <= SETTINGS.locations
    assert not (message.fault and message.scope.hints)
    assert not message.scope.proven
