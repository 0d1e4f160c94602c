"""What plan() promises, over worlds nobody thought of."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.loop.job import Job
from peerkeeper.loop.reconcile import reconcile
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.clean import CleanReads
from peerkeeper.reading.configure import ConfigureReads
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.safety.guard import refusal
from peerkeeper.safety.rights import RIGHTS, owner_of
from peerkeeper.values.changes import AcceptPeering, CreateRoute, DeleteRoute
from peerkeeper.values.ec2 import TERMINAL
from peerkeeper.values.scope import Function, Hint, Scope

from tests.builders import SEOUL, TOKYO, settings
from tests.properties.worlds import shuffled, snapshots
from tests.truth import Forever, Truth, in_order

SETTINGS = settings()
EVERYWHERE = Scope(frozenset({Hint(SEOUL), Hint(TOKYO)}))
JOBS = (
    Job(Function.CLEAN, CleanReads(), RULES_OF[Function.SWEEP]),
    Job(Function.CONFIGURE, ConfigureReads(), RULES_OF[Function.SWEEP]),
    Job(Function.CONNECT, ConnectReads(), RULES_OF[Function.SWEEP]),
)


def converge(truth):
    """Run the three writing functions in rounds, as their queues would; return the rounds it took."""
    for number in range(1, 6):
        made = len(truth.made)
        for job in JOBS:
            reconcile([EVERYWHERE], SETTINGS, truth, job, clock=Forever(), gather=in_order)
        if len(truth.made) == made:
            return number
    raise AssertionError(f"still changing after 5 rounds: {truth.made[-5:]}")


@budget(max_examples=150)
@given(st.data())
def test_the_same_snapshot_in_any_order_gives_the_same_plan(data):
    seen = data.draw(snapshots())
    other = shuffled(seen, data.draw)
    assert json.dumps(plan(seen, SETTINGS).to_dict()) == json.dumps(plan(other, SETTINGS).to_dict())


@budget(max_examples=150)
@given(snapshots())
def test_plan_and_apply_reach_an_empty_plan_and_stay_there(seen):
    truth = Truth(seen)
    converge(truth)
    assert not plan(truth.now, SETTINGS)
    made = len(truth.made)
    converge(truth)
    assert len(truth.made) == made


@budget(max_examples=200)
@given(snapshots())
def test_no_live_and_no_foreign_route_is_ever_removed(seen):
    truth = Truth(seen)
    converge(truth)
    for key, before in seen.route_tables.items():
        after = truth.now.route_tables[key]
        for route in before.routes:
            if route not in after.routes:
                assert route.to_peering
                assert route.static
                assert seen.status_of(key[0], route.target) in TERMINAL
    for change in truth.made:
        if isinstance(change, CreateRoute):
            table = seen.route_tables[change.location, change.route_table_id]
            taken = [r for r in table.routes if r.destination == change.destination]
            assert all(seen.status_of(change.location, r.target) in TERMINAL for r in taken)


@budget(max_examples=200)
@given(snapshots())
def test_the_guard_lets_through_what_the_rules_plan_and_nothing_without_the_right(seen):
    for change in plan(seen, SETTINGS).changes:
        assert refusal(change, seen, SETTINGS, RIGHTS[owner_of(change)]) is None
        for function, rights in RIGHTS.items():
            if function is not owner_of(change):
                assert refusal(change, seen, SETTINGS, rights)


@budget(max_examples=100)
@given(snapshots())
def test_without_a_complete_read_nothing_rests_on_absence(seen):
    blind = replace(
        seen,
        done=frozenset(),
        peerings={},
        absent_before=frozenset(
            (where, route.target)
            for (where, _), table in seen.route_tables.items()
            for route in table.routes
        ),
    )
    planned = plan(blind, SETTINGS).changes
    assert not any(isinstance(change, (DeleteRoute, AcceptPeering)) for change in planned)
